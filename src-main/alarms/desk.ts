import { FloodWatch } from '#shared/alarms/flood.ts'
import type { AlarmRow } from '#shared/alarms/row.ts'
import type { Rule } from '#shared/alarms/rule.ts'
import { createCalendar } from '#shared/calendar.ts'
import type { DeviceChange, Host } from '../capability.ts'
import type { Database } from '../database.ts'

import type { Condition } from './condition.ts'
import { Engine } from './engine.ts'
import { readFlood, readLeft, readMaintenance, type Maintenance } from './kept-store.ts'
import type { Notifier, NotifyChange } from './notifier.ts'
import { isOfDisk, Pen } from './pen.ts'
import { Planner } from './planner.ts'
import { presentRow } from './present.ts'
import { prime } from './priming.ts'
import type { Change } from './record.ts'
import { readRules } from './rule-store.ts'
import type { Source } from './source.ts'
import { writeChanges } from './writing.ts'
import { isPlain } from './record.ts'

const tickMs = 1000
const checksMs = 15_000
const sourcesMs = 15_000
/** How a condition of a source stood is kept so long after the start for the source to find it again. */
const leftMs = 30 * 60_000

/** The alarms of this installation: rules, what they look at, and how it stands. */
export class Desk {
  readonly engine: Engine
  readonly pen: Pen
  readonly rules = new Map<string, Rule>()
  readonly maintenance = new Map<string, Maintenance>()
  readonly flood = new FloodWatch()
  /** UTC ms when something was last to be heard. */
  annunciated = 0
  #planner: Planner | null = null
  readonly #host: Host
  readonly #notifier: Notifier
  readonly sources: readonly Source[]
  readonly #guard: (series: ReadonlySet<number>) => void
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()
  #checksAt = 0
  #sourcesAt = 0

  constructor(
    host: Host,
    parts: { notifier: Notifier; sources: (failing: () => boolean) => readonly Source[]; guard: (series: ReadonlySet<number>) => void },
  ) {
    this.#host = host
    this.#notifier = parts.notifier
    this.#guard = parts.guard
    const log = host.log.for('alarms')
    this.pen = new Pen(
      { database: host.database, log },
      async (transaction, changes) => {
        await writeChanges(transaction, changes)
        await this.#planNotices(transaction, changes)
      },
      (changes, saved) => this.#show(changes, saved),
    )
    this.engine = new Engine(
      (changes) => this.pen.put(changes),
      (device) => this.maintenance.has(device),
    )
    this.sources = parts.sources(() => this.pen.failing)
  }

  async start(): Promise<void> {
    const { database, clock, plant, timeZone } = this.#host
    for (const one of await readMaintenance(database)) this.maintenance.set(one.device, one)
    const left = await readLeft(database, this.#host.log.for('alarms'))
    for (const { at, id } of await readFlood(database, clock())) this.flood.take(at, id)
    const world = { devices: () => plant.all(), calendar: createCalendar(timeZone), clock }
    this.#planner = new Planner(this.engine, world, this.sources, left)
    for (const rule of await readRules(database, this.#host.log.for('alarms'))) this.rules.set(rule.id, rule)
    this.#welcome([...this.rules.values()].flatMap((rule) => this.#planner?.rule(rule) ?? []))
    this.#timer = setInterval(() => this.#tick(), tickMs).unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
    for (const source of this.sources) await source.stop?.()
    await this.pen.stop()
  }

  /** A rule is as it says now. */
  plan(rule: Rule): void {
    this.rules.set(rule.id, rule)
    this.#welcome(this.#planner?.rule(rule) ?? [])
    this.#guardAll()
    this.#host.events.announce({ event: 'alarms', ids: [] })
  }

  deviceChanged({ kind, device }: DeviceChange): void {
    this.#welcome(this.#planner?.device(device, kind !== 'removed') ?? [])
    this.#guardAll()
  }

  /** Devices that are or were being worked on. */
  rehide(device: string): void {
    this.engine.hide(this.engine.conditions.ofDevice(device), this.#host.clock())
  }

  row(condition: Condition): AlarmRow {
    return presentRow(condition, this.#host.latest, this.hiddenBy(condition).length)
  }

  /** What a condition stands for and hides. */
  hiddenBy(condition: Condition): Condition[] {
    return [...this.engine.conditions.beneath(condition.key)].filter(({ shown }) => shown.standing.suppression?.by === condition.key)
  }

  /** Conditions that are not plainly normal, as they are seen. */
  notable(): Condition[] {
    return [...this.engine.notable]
  }

  pending(): Condition[] {
    return this.engine.pending()
  }

  #tick(): void {
    const at = this.#host.clock()
    this.engine.tick(at)
    if (at - this.#checksAt >= checksMs || at < this.#checksAt) {
      this.#checksAt = at
      this.engine.tickChecks(at)
      this.#welcome(this.#planner?.tick(at) ?? [])
      for (const [device, { until }] of this.maintenance) if (until <= at) this.#endMaintenance(device)
      this.#endLeft(at)
    }
    if (!this.#isLooking) {
      this.#isLooking = true
      this.#looking = this.#look(at).finally(() => (this.#isLooking = false))
    }
  }

  #isLooking = false

  async #look(at: number): Promise<void> {
    if (at - this.#sourcesAt >= sourcesMs || at < this.#sourcesAt) {
      this.#sourcesAt = at
      this.#welcome(this.#planner?.sources() ?? [])
    }
    const { conditions } = this.engine
    for (const source of this.sources) {
      try {
        await source.look(at, {
          verdict: (key, verdict, when, shown) => {
            const condition = conditions.get(key)
            if (condition) this.engine.tell(condition, verdict, when, shown)
          },
          beneath: (key, parent, when) => {
            const condition = conditions.get(key)
            if (condition) this.engine.place(condition, parent, when)
          },
        })
      } catch (error) {
        this.#host.log.for('alarms').error('a source of alarms failed', { kinds: source.kinds.join(), error: String(error) })
      }
    }
  }

  #endMaintenance(device: string): void {
    this.maintenance.delete(device)
    void this.#host.database
      .deleteFrom('alarmMaintenance')
      .where('device', '=', device)
      .execute()
      .catch((error: unknown) => this.#host.log.for('alarms').error('the end of a maintenance cannot be written', { error: String(error) }))
    this.rehide(device)
  }

  /** Fresh conditions look back first; what they look at is read often enough. */
  #welcome(fresh: readonly Condition[]): void {
    if (fresh.length === 0) return
    this.#guardAll()
    const asking = fresh.filter(({ ready }) => !ready)
    if (asking.length > 0) void prime(this.#host, asking, this.#host.clock())
  }

  #guardAll(): void {
    this.#guard(this.engine.conditions.series())
  }

  /** What stood and is looked at no more has ended. */
  #endLeft(at: number): void {
    if (at < this.#host.startedAt + leftMs || !this.#planner || this.#planner.left.size === 0) return
    const ids = [...this.#planner.left.keys()]
    this.#planner.forgetLeft()
    const { database, log } = this.#host
    void database
      .transaction()
      .execute(async (transaction) => {
        for (const alarm of ids) {
          await transaction.deleteFrom('alarmStanding').where('id', '=', alarm).execute()
          await transaction
            .updateTable('alarmOccurrence')
            .set({ endedAt: at })
            .where('alarm', '=', alarm)
            .where('endedAt', 'is', null)
            .execute()
        }
      })
      .catch((error: unknown) => log.for('alarms').error('alarms of the past cannot be ended', { error: String(error) }))
  }

  /** A defect in what is told must not keep an alarm off the disk. */
  async #planNotices(transaction: Database, changes: readonly Change[]): Promise<void> {
    try {
      await this.#notifier.plan(
        transaction,
        changes.flatMap((one) => this.#noticesOf(one)),
      )
    } catch (error) {
      if (isOfDisk(error)) throw error
      const alarms = changes.map(({ condition }) => condition.key).join()
      this.#host.log.for('alarms').error('nobody can be told of alarms', { alarms, error: String(error) })
    }
  }

  #noticesOf({ condition, kept, notify, at }: Change): NotifyChange[] {
    if (notify.length === 0) return []
    const row = presentRow(condition, this.#host.latest, 0, kept)
    return notify.map(({ what, occurrence }) => ({ what, occurrence, rule: condition.rule, row, at }))
  }

  /** What is on disk, or cannot be brought there, is seen. */
  #show(changes: readonly Change[], saved: boolean): void {
    const ids = new Set<string>()
    const now = this.#host.clock()
    for (const { condition, kept, annunciates } of changes) {
      if (annunciates && condition.shown !== kept) {
        // A value may be of an earlier time; it is heard now.
        this.flood.take(now, condition.key)
        this.annunciated = Math.max(this.annunciated + 1, now)
      }
      condition.shown = kept
      condition.unsaved = !saved
      ids.add(condition.key)
      if (saved && condition.kept === kept && isPlain(kept.standing)) this.engine.notable.delete(condition)
    }
    this.#host.events.announce({ event: 'alarms', ids: ids.size > 200 ? [] : [...ids] })
  }
}
