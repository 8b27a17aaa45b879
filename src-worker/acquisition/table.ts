import { createHash } from 'node:crypto'
import type { Point } from '#shared/devices/profile.ts'
import { Failure } from '#shared/failures.ts'

/** The points of a profile, held once for all devices that have it. */
export type PointTable = {
  readonly points: readonly Point[]
  readonly indexOf: ReadonlyMap<Point, number>
  readonly byId: ReadonlyMap<string, Point>
}

/** Points by the profile that was told, or by what they are: a thousand copies of the same would fill the memory. */
export class Tables {
  readonly #told = new Map<string, PointTable>()
  readonly #held = new Map<string, WeakRef<PointTable>>()

  /** Points that tasks may call by name from now on. */
  tell(profile: string, points: readonly Point[]): void {
    this.#told.set(profile, this.tableOf(points))
  }

  /** Throws notFound for a profile that was not told. */
  told(profile: string): PointTable {
    const table = this.#told.get(profile)
    if (!table) throw new Failure('notFound', { what: 'profile' })
    return table
  }

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
