import type { Hours } from './hours.ts'
import type { Limits } from './limits.ts'
import { hourMs } from './register.ts'
import { stretchesOf } from './stretches.ts'

/** One device whose values all stood still, UTC ms of the first and behind the last such hour. */
export type Freeze = { device: string; gateway: string; from: number; to: number; hours: number }
/** Devices that stood still together: not they are at fault but what reads them. */
export type GroupFreeze = { devices: string[]; from: number; to: number; hours: number }

/**
 * Hours in which every value of a device was the same and the same as before. Three values at least, since few may well stand still; hours
 * in which nothing was read are none.
 */
export function frozenHours(at: Float64Array, series: readonly Hours[], { freeze }: Limits): { from: number; to: number; hours: number }[] {
  const still = (row: number) => {
    let same = 0
    for (const { min, max, last } of series) {
      const value = max[row] as number
      if (!Number.isFinite(value)) continue
      if (min[row] !== value || last[row - 1] !== value) return false
      same++
    }
    return row > 0 && same >= 3
  }
  return stretchesOf(at, still)
    .map(({ from, to, rows }) => ({ from, to: to + hourMs, hours: rows }))
    .filter(({ hours }) => hours >= freeze.hours)
}

/**
 * Freezes that belong together: so many devices at the same time as the limits say, or so large a part of one gateway. `behind` gives how many
 * devices a gateway has. Those in no group are left over as `single`.
 */
export function groupFreezes(freezes: readonly Freeze[], behind: (gateway: string) => number, { freeze: limits }: Limits) {
  const groups: GroupFreeze[] = []
  const taken = new Set<Freeze>()
  for (const one of [...freezes].sort((a, b) => b.hours - a.hours)) {
    if (taken.has(one)) continue
    const together = freezes.filter((other) => !taken.has(other) && overlap(one, other) >= other.hours * hourMs * 0.5)
    const devices = new Set(together.map(({ device }) => device))
    const largest = Math.max(...countsOf(together).map(([gateway, count]) => (count < 2 ? 0 : count / behind(gateway))))
    if (devices.size < limits.devices && !(largest > limits.share)) continue
    for (const member of together) taken.add(member)
    const [from, to] = [Math.min(...together.map((member) => member.from)), Math.max(...together.map((member) => member.to))]
    groups.push({ devices: [...devices], from, to, hours: Math.round((to - from) / hourMs) })
  }
  return { groups, single: freezes.filter((one) => !taken.has(one)) }
}

function overlap(a: Freeze, b: Freeze): number {
  return Math.min(a.to, b.to) - Math.max(a.from, b.from)
}

function countsOf(freezes: readonly Freeze[]): [string, number][] {
  const devices = new Map<string, Set<string>>()
  for (const { gateway, device } of freezes) devices.set(gateway, (devices.get(gateway) ?? new Set()).add(device))
  return [...devices].map(([gateway, all]) => [gateway, all.size])
}
