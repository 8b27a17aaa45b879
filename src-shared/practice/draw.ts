import { faultRow, paramsOf, type FaultKind } from '../simulator/faults.ts'
import { plantName, showsIn } from './kinds.ts'
import type { Wish } from './exercise.ts'

const hourMs = 3_600_000

/** What may be struck: stations with the ids of their points, ids of zones and nodes, and the targets that are out of order already. */
export type Targets = {
  stations: readonly { name: string; zone: string | null; points: readonly string[] }[]
  zones: readonly string[]
  nodes: readonly string[]
  taken: ReadonlySet<string>
}

/** A fault of an exercise before it strikes; `after` and `lasts` in ms of the exercise. */
export type Drawn = { kind: FaultKind; target: string; params: Record<string, number>; after: number; lasts: number | null }

/** There is no place in the town where such a fault would show. */
export class NoTarget extends Error {
  readonly kind: FaultKind

  constructor(kind: FaultKind) {
    super(`no place for ${kind}`)
    this.name = 'NoTarget'
    this.kind = kind
  }
}

/**
 * Turns wishes into faults with a kind, a place and a time; the same seed gives the same in the same town. A place has one fault at
 * most, and places that are out of order already are left alone. Throws NoTarget, and RangeError for a wrong parameter.
 */
export function drawFaults(wishes: readonly Wish[], targets: Targets, seed: number): Drawn[] {
  const chance = chances(seed)
  const used = new Set(targets.taken)
  const drawn = wishes.flatMap((wish) => {
    const kinds = shuffled(wish.kinds, chance)
    return Array.from({ length: wish.count }, (_, i): Drawn => {
      const kind = kinds[i % kinds.length] as FaultKind
      const target = wish.target ?? drawTarget(kind, targets, used, chance)
      used.add(target)
      const after = Math.round((wish.after + chance() * wish.spread) * hourMs)
      const lasts = wish.lasts === undefined ? null : Math.round(wish.lasts * hourMs)
      return { kind, target, params: paramsOf(kind, wish.params), after, lasts }
    })
  })
  return drawn.toSorted((a, b) => a.after - b.after)
}

function drawTarget(kind: FaultKind, { stations, zones, nodes }: Targets, used: ReadonlySet<string>, chance: () => number): string {
  const { target } = faultRow(kind)
  // A station inside a zone that is struck as a whole could not be told from its neighbours.
  const free = {
    station: () =>
      stations
        .filter(({ name, zone, points }) => !used.has(name) && (zone === null || !used.has(zone)) && showsIn(kind, points))
        .map(({ name }) => name),
    zone: () => zones.filter((id) => !used.has(id) && stations.every(({ name, zone }) => zone !== id || !used.has(name))),
    node: () => nodes.filter((id) => !used.has(id)),
    plant: () => [plantName],
  }[target]()
  const picked = free[Math.floor(chance() * free.length)]
  if (picked === undefined) throw new NoTarget(kind)
  return picked
}

function shuffled<T>(items: readonly T[], chance: () => number): T[] {
  return items
    .map((item) => ({ item, place: chance() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item)
}

/** Numbers from 0 to below 1 that a seed repeats (mulberry32). */
export function chances(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
