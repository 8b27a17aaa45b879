import { randomUUID } from 'node:crypto'
import { figure, lasting, methodVersion, type Found } from '#shared/energy/finding.ts'
import { ruleOf, type StoredFinding } from './store.ts'

/** A finding with whom it is about. */
export type Placed = Found & { device: string | null; devices: string[]; meter: string | null }

export type Matching = {
  /** Findings that stand open, and those that were explained of late. */
  stored: readonly StoredFinding[]
  placed: readonly Placed[]
  /** Whether the check has looked at what a finding is about. */
  checked: (finding: StoredFinding) => boolean
  /** Whether something that was noted since makes a finding superfluous. */
  settled: (finding: StoredFinding) => boolean
  window: { from: number; to: number }
}

/** What a check found against what is stored: what is new or seen again, and what is gone. What was explained is not told anew. */
export function match({ stored, placed, checked, settled, window }: Matching) {
  const explained = new Set(stored.filter(({ closedAt }) => closedAt !== null).map(({ key }) => key))
  const standing = new Map(stored.filter(({ closedAt }) => closedAt === null).map((one) => [one.key, one]))
  const merged = new Map<string, Placed & { times: number }>()
  for (const one of placed) {
    const key = keyOf(one)
    if (explained.has(key)) continue
    const before = merged.get(key)
    if (!before) merged.set(key, { ...one, times: 1 })
    else {
      const newer = one.to > before.to ? one : before
      merged.set(key, {
        ...newer,
        from: Math.min(one.from, before.from),
        to: Math.max(one.to, before.to),
        severity: worse(one, before),
        times: before.times + 1,
      })
    }
  }
  const fresh = [...merged].map(([key, one]): StoredFinding => {
    const known = standing.get(key)
    standing.delete(key)
    const figures = one.times > 1 ? [figure('times', one.times), ...one.figures] : one.figures
    return {
      id: known?.id ?? randomUUID(),
      key,
      rule: one.rule,
      severity: one.severity,
      device: one.device,
      devices: JSON.stringify(one.devices),
      meter: one.meter,
      series: one.series,
      fromAt: Math.min(one.from, known?.fromAt ?? Infinity),
      toAt: one.to,
      figures: JSON.stringify(figures),
      method: methodVersion,
      openSince: known?.openSince ?? window.to,
      lastSeen: window.to,
      closedAt: null,
      acknowledgedAt: known?.acknowledgedAt ?? null,
      acknowledgedBy: known?.acknowledgedBy ?? null,
      note: known?.note ?? null,
    }
  })
  const gone = [...standing.values()].filter((one) => {
    const rule = ruleOf(one.rule)
    // What happened once before the days of this check is not gone because it is no longer looked at.
    return settled(one) || (checked(one) && !(rule && lasting.has(rule) && one.fromAt < window.from))
  })
  return { fresh, gone: gone.map(({ id }) => id) }
}

const worse = (a: Found, b: Found) => (a.severity === 'alarm' ? a.severity : b.severity)

function keyOf({ rule, meter, device, series, from }: Placed): string {
  const once = lasting.has(rule) || rule === 'gateway'
  return [rule, meter ?? device ?? '', series ?? '', once ? from : ''].join('|')
}
