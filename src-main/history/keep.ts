import type { FlatProfile, Point } from '#shared/devices/profile.ts'
import type { HistoryPort, Keeping } from '#shared/history/port.ts'
import { keepAll, pointClasses, retentionSchema, type PointClass, type Retention } from '#shared/history/storage-contract.ts'
import type { Remote } from '#shared/rpc.ts'
import type { Host } from '../capability.ts'

const key = 'history.retention'
const daysAMonth = 365.25 / 12
/** Many devices may come at once; the store is told when no more has come for this long. */
const settleMs = 1000

/** What a point is stored for. */
export function classOf({ role, is }: Point, calculated: boolean): PointClass {
  if (calculated) return 'calculated'
  if (role === 'setting') return 'setting'
  if (role !== 'measure') return 'state'
  return is === 'energy' || is === 'volume' ? 'register' : 'measurement'
}

/** How long samples are kept: the setting, and the store's knowledge of it. */
export class Retentions {
  readonly #host: Host
  #timer: NodeJS.Timeout | undefined

  constructor(host: Host) {
    this.#host = host
  }

  async read(): Promise<Retention> {
    const row = await this.#host.database.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst()
    return row ? retentionSchema.parse(JSON.parse(row.value)) : keepAll
  }

  async write(retention: Retention): Promise<void> {
    const value = JSON.stringify(retention)
    await this.#host.database
      .insertInto('setting')
      .values({ key, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute()
    await this.tell(this.#host.workers.history.call)
  }

  /** How many series each class has, also of devices that were removed. */
  async counts(): Promise<Record<PointClass, number>> {
    const counts = Object.fromEntries(pointClasses.map((name) => [name, 0])) as Record<PointClass, number>
    for (const [, name] of await this.#classes()) counts[name]++
    return counts
  }

  /** Tells the store how each series is kept. */
  async tell(call: Remote<HistoryPort>): Promise<void> {
    await call.keep(keepingOf(await this.#classes(), await this.read()))
  }

  /** The same soon, for when devices or profiles have changed. */
  tellSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.tell(this.#host.workers.history.call).catch((error: unknown) =>
        this.#host.log.for('history').error('how long samples are kept could not be told', { error: String(error) }),
      )
    }, settleMs).unref()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  async #classes(): Promise<[series: number, name: PointClass][]> {
    const { database, plant, profiles } = this.#host
    const known = new Map(profiles.map((profile) => [profile.id, profile]))
    const rows = await database
      .selectFrom('series')
      .innerJoin('device', 'device.id', 'series.device')
      .select(['series.id', 'series.point', 'device.profile', 'device.way'])
      .execute()
    return rows.flatMap(({ id, point, profile, way }) => {
      const found = plant.ownerOf(id)?.point ?? pointOf(known.get(profile), point)
      return found ? [[id, classOf(found, way === 'calculated')] as [number, PointClass]] : []
    })
  }
}

function keepingOf(classes: readonly (readonly [series: number, name: PointClass])[], retention: Retention): Keeping {
  const days = (name: PointClass) => Math.ceil((retention[name] ?? 0) * daysAMonth)
  return {
    series: Uint32Array.from(classes, ([series]) => series),
    register: Uint8Array.from(classes, ([, name]) => (name === 'register' ? 1 : 0)),
    keepDays: Uint32Array.from(classes, ([, name]) => days(name)),
  }
}

function pointOf(profile: FlatProfile | undefined, id: string): Point | undefined {
  return profile?.points.find((point) => point.id === id)
}
