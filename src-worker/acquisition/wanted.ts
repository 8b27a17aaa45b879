import type { Block } from '#shared/devices/plan.ts'
import type { Point } from '#shared/devices/profile.ts'
import type { WantedJob } from './pace.ts'
import type { Reads } from './reads.ts'

/** What of one device is read more often than each quarter hour: what somebody looks at, and what rules look at. */
export class Wanted {
  readonly points: Record<WantedJob, readonly Point[]> = { watched: [], guarded: [] }
  readonly blocks: Record<WantedJob, readonly Block[]> = { watched: [], guarded: [] }
  readonly #reads: Pick<Reads, 'watchedBlocks' | 'contactBlock'>

  constructor(reads: Pick<Reads, 'watchedBlocks' | 'contactBlock'>) {
    this.#reads = reads
  }

  /** Takes over a list. Returns what is new in it, null when it is the list of before. */
  want(job: WantedJob, points: readonly Point[]): Point[] | null {
    const before = new Set(this.points[job])
    const fresh = points.filter((point) => !before.has(point))
    if (fresh.length === 0 && points.length === before.size) return null
    this.points[job] = points
    return fresh
  }

  /** Plans anew. What is watched is read often enough for rules. */
  plan(): this {
    const { watched, guarded } = this.points
    const seen = new Set(watched)
    this.blocks.watched = this.#reads.watchedBlocks(watched)
    this.blocks.guarded = this.#reads.watchedBlocks(guarded.filter((point) => !seen.has(point)))
    return this
  }

  /** With the states that a read to keep contact would bring, since it takes the place of one. */
  withContact(blocks: readonly Block[]): readonly Block[] {
    const next = this.#reads.contactBlock()
    if (!next.points.some(({ role }) => role === 'state')) return blocks
    const here = new Set(blocks.flatMap(({ points }) => points))
    return next.points.every((point) => here.has(point)) ? blocks : [...blocks, next]
  }

  /** What had no turn this time is read first the next time. */
  passOver(job: WantedJob, blocks: readonly Block[], left: readonly Block[]): void {
    const late = left.filter((block) => blocks.includes(block))
    if (late.length === 0 || blocks !== this.blocks[job]) return
    this.blocks[job] = [...late, ...blocks.filter((block) => !late.includes(block))]
  }

  get all(): Point[] {
    return [...new Set([...this.points.watched, ...this.points.guarded])]
  }
}
