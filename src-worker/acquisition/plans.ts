import type { Hole } from '#shared/acquisition/port.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import { plan, type Block } from '#shared/devices/plan.ts'
import type { FlatProfile, Point } from '#shared/devices/profile.ts'

/** Plans the reads of one device with what has been learnt of it. */
export class Plans {
  readonly #limits: Pick<FlatProfile['limits'], 'block' | 'gap'>
  readonly #holes: Hole[]
  readonly #cuts: Hole[] = []
  #last: { points: readonly Point[]; blocks: Block[] } | undefined

  constructor(limits: Pick<FlatProfile['limits'], 'block' | 'gap'>, unserved: readonly Hole[]) {
    this.#limits = limits
    this.#holes = [...unserved]
  }

  /** Fewest blocks for these points, none across a hole or a cut. The same points again give the same list, which nobody changes. */
  blocks(points: readonly Point[]): Block[] {
    const last = this.#last
    if (last && last.points.length === points.length && points.every((point, i) => point === last.points[i])) return last.blocks
    const blocks = this.#plan(points)
    this.#last = { points: [...points], blocks }
    return blocks
  }

  #plan(points: readonly Point[]): Block[] {
    if (this.#cuts.length === 0) return plan(points, this.#limits, this.#holes)
    const parts = new Map<number, Point[]>()
    for (const point of points) {
      const part = this.#cuts.filter((cut) => cut.area === point.area && cut.address <= point.address).length
      parts.set(part, [...(parts.get(part) ?? []), point])
    }
    return [...parts.values()].flatMap((part) => plan(part, this.#limits, this.#holes))
  }

  serves(point: Point): boolean {
    return plan([point], this.#limits, this.#holes).length > 0
  }

  /** The point was read after all. Returns the holes that were none. */
  forget(point: Point): Hole[] {
    const end = point.address + wordsOf[point.as]
    const back = this.#holes.filter(({ area, address }) => area === point.area && address >= point.address && address < end)
    this.#last = undefined
    for (const hole of back) this.#holes.splice(this.#holes.indexOf(hole), 1)
    return back
  }

  /** Remembers what a search found and returns the holes that are new. */
  learn(found: { holes: readonly Hole[]; cuts: readonly Hole[] }): Hole[] {
    const fresh = found.holes.filter((hole) => !this.#holes.some((known) => isSame(known, hole)))
    this.#last = undefined
    this.#holes.push(...fresh)
    this.#cuts.push(...found.cuts.filter((cut) => !this.#cuts.some((known) => isSame(known, cut))))
    return fresh
  }
}

const isSame = (a: Hole, b: Hole) => a.area === b.area && a.address === b.address
