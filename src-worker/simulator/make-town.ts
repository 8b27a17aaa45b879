import type { FlatProfile } from '#shared/devices/profile.ts'
import type { Station } from '#shared/simulator/port.ts'
import type { BuildingKind } from '#shared/simulator/scenario.ts'
import { chance } from './physics/noise.ts'

export type Share = { profile: FlatProfile; share: number }

const stationsPerZone = 50
/** Buildings by their share, the rest are dwellings. */
const kinds: readonly (readonly [BuildingKind, number])[] = [
  ['school', 0.04],
  ['office', 0.06],
  ['care', 0.02],
  ['hall', 0.02],
  ['hotel', 0.02],
]
const withTank = 0.2
const serialFrom = 500_000
/** What operators set, between these bounds and in steps, wherever the profile has such a point. */
const settings = [
  [/^circuit\d\.slope$/, 1.1, 1.4, 0.1],
  [/^circuit\d\.comfort$/, 20, 22, 0.5],
  [/^circuit\d\.setback$/, 17, 19, 0.5],
  [/^hotWater\.comfort$/, 53, 57, 1],
] as const

/** `count` stations S1, S2… in zones Z1, Z2… of 50, their controllers dealt by shares. The same seed makes the same town. */
export function makeTown(count: number, seed: number, mix: readonly Share[]): Station[] {
  const deal = dealerOf(mix)
  return Array.from({ length: count }, (_, i): Station => {
    const own = seed * 100_000 + i + 1
    const profile = deal()
    const tank = chance(own, 2) < withTank
    return {
      name: `S${i + 1}`,
      place: `Zone ${Math.floor(i / stationsPerZone) + 1}`,
      zone: `Z${Math.floor(i / stationsPerZone) + 1}`,
      seed: own,
      profile,
      orderCode: Math.max(0, ...Object.keys(profile.models ?? {}).map(Number)),
      serial: serialFrom + i + 1,
      building: { kind: kindOf(chance(own, 1)), ...(tank ? { tank } : {}) },
      settings: settingsOf(profile, own),
    }
  })
}

/** Deals profiles so that each has its share at every length of the row. Throws RangeError when nobody has a share. */
function dealerOf(mix: readonly Share[]): () => FlatProfile {
  const sum = mix.reduce((all, { share }) => all + share, 0)
  if (!(sum > 0) || mix.some(({ share }) => share < 0)) throw new RangeError('a mix needs shares above 0')
  const due = mix.map(() => 0)
  return () => {
    mix.forEach(({ share }, i) => (due[i] = (due[i] ?? 0) + share / sum))
    const next = due.indexOf(Math.max(...due))
    due[next] = (due[next] ?? 0) - 1
    const dealt = mix[next]
    if (!dealt) throw new RangeError('a mix needs shares above 0')
    return dealt.profile
  }
}

function kindOf(drawn: number): BuildingKind {
  let upTo = 0
  for (const [kind, share] of kinds) {
    upTo += share
    if (drawn < upTo) return kind
  }
  return 'dwelling'
}

function settingsOf(profile: FlatProfile, seed: number): Record<string, number> {
  const set: Record<string, number> = {}
  for (const { id, write } of profile.points) {
    const row = write && settings.findIndex(([pattern]) => pattern.test(id))
    const found = row === undefined ? undefined : settings[row]
    if (!write || !found) continue
    const [, low, high, step] = found
    const steps = Math.floor(chance(seed, 10 + (row ?? 0)) * (Math.round((high - low) / step) + 1))
    const value = Number((low + steps * step).toFixed(1))
    if (value >= write.min && value <= write.max) set[id] = value
  }
  return set
}
