import { createHash } from 'node:crypto'
import type { Point } from '#shared/devices/profile.ts'

/** The points of a profile, held once for all devices that have it. */
export type PointTable = {
  readonly points: readonly Point[]
  readonly indexOf: ReadonlyMap<Point, number>
  readonly byId: ReadonlyMap<string, Point>
}

/** Every task brings its own copy of the same points; a thousand of them would fill the memory. */
export class Tables {
  readonly #held = new Map<string, WeakRef<PointTable>>()

  tableOf(points: readonly Point[]): PointTable {
    const key = createHash('sha256').update(JSON.stringify(points)).digest('base64')
    const held = this.#held.get(key)?.deref()
    if (held) return held
    const table = {
      points,
      indexOf: new Map(points.map((point, i) => [point, i])),
      byId: new Map(points.map((point) => [point.id, point])),
    }
    this.#held.set(key, new WeakRef(table))
    return table
  }
}
