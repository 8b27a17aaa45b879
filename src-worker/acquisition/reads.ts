import { setTimeout as wait } from 'node:timers/promises'
import type { ReadingsEvent, Task } from '#shared/acquisition/port.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import type { Block } from '#shared/devices/plan.ts'
import type { Point, PointRole } from '#shared/devices/profile.ts'
import { Failure } from '#shared/failures.ts'
import { qualities } from '#shared/reading.ts'
import { meaningIn, type Asker, type Beside, type Raw } from './asker.ts'
import { Latest } from './latest.ts'
import type { Priority } from './link.ts'
import type { Links } from './links.ts'
import { Plans } from './plans.ts'
import { poll, type Outcome } from './poller.ts'
import type { Reporter } from './reporter.ts'
import { Retry } from './retry.ts'
import { isRefusal } from './search.ts'
import type { Standing } from './standing.ts'
import type { PointTable } from './table.ts'
import type { Timing } from './timing.ts'
import type { Seen } from './write.ts'

export type Surroundings = { clock: () => number; links: Links; reporter: Reporter; timing: Timing }
export type Round = Outcome & { rows: number[] }
export type NowReadings = { points: string[]; at: number; value: (number | null)[]; quality: number[] }

type Hooks = { heard(): void; learnt(): void; stopped(): boolean }

/** After these a second try has a chance; the others say that nobody is there. */
const worthAnotherTry = new Set<string>(['device.silent', 'device.closed', 'device.badAnswer', 'device.gateway'])
/** A device that refuses everything is searched again for what it does serve after this long. */
const searchAgainMs = 60_000

/** Reads blocks of one device, keeps what came, and tells the host. */
export class Reads {
  readonly #task: Task
  readonly #table: PointTable
  readonly #around: Surroundings
  readonly #asker: Asker
  readonly #standing: Standing
  readonly #hooks: Hooks
  readonly #plans: Plans
  readonly #retry: Retry
  readonly #latest: Latest
  readonly #timings = new Set<number[]>()
  readonly #orders = new WeakMap<Raw, number>()
  #contact: Block[] = []
  #contactTurn = 0
  #searchAt = 0

  constructor(task: Task, table: PointTable, around: Surroundings, asker: Asker, standing: Standing, hooks: Hooks) {
    this.#task = task
    this.#table = table
    this.#around = around
    this.#asker = asker
    this.#standing = standing
    this.#hooks = hooks
    this.#plans = new Plans(asker.limits, task.unserved)
    this.#retry = new Retry(around.clock())
    this.#latest = new Latest(table, task.series)
    this.#planContact()
  }

  blocks(points: readonly Point[]): Block[] {
    return this.#plans.blocks(points)
  }

  /** A device that is spared tells everything in one answer, so that nothing is asked for twice. */
  watchedBlocks(points: readonly Point[]): Block[] {
    return this.#task.spare && points.length > 0 ? this.withRoles('measure', 'state') : this.blocks(points)
  }

  /** What keeping contact reads next. */
  contactBlock(): Block {
    return this.#contact[this.#contactTurn++ % this.#contact.length] ?? anyRegister
  }

  withRoles(...roles: PointRole[]): Block[] {
    return this.blocks(this.#table.points.filter((point) => roles.includes(point.role)))
  }

  ofSeries(series: ReadonlySet<number>): Point[] {
    return this.#table.points.filter((_, i) => series.has(this.#task.series[i] ?? -1))
  }

  /** Null when the device answered, also with an exception. Twice at most when `again` and a second try has a chance. */
  async touch(priority: Priority, again: boolean): Promise<Failure | null> {
    const failure = await this.#readContact(priority)
    if (!failure || failure.code === 'device.exception') return null
    return again && worthAnotherTry.has(failure.code) && !this.#hooks.stopped() ? this.touch(priority, false) : failure
  }

  /** Reads the blocks; the rows that came are in the result, those that were lost are announced. */
  async round(blocks: readonly Block[], priority: Priority): Promise<Round> {
    const { clock, reporter, timing } = this.#around
    const rows: number[] = []
    const gone: number[] = []
    const outcome = await poll(blocks, {
      read: (block) => this.#read(block, priority),
      take: (block, raw) => this.#take(block, raw, rows),
      fail: (block, quality) => this.#latest.lose(block.points, quality, clock(), gone),
      touch: async (after) => (worthAnotherTry.has(after.code) ? this.touch(priority, false) : after),
      serves: async () => !(await this.#readContact(priority)),
      pause: () => wait(timing.busyMs),
      stopped: this.#hooks.stopped,
      maySearch: clock() >= this.#searchAt || clock() < this.#searchAt - searchAgainMs,
    })
    if (this.#hooks.stopped()) return { ...outcome, rows: [] }
    if (gone.length > 0) reporter.readings(this.#latest.batch(gone), false, 'live')
    if (outcome.good === 0 && outcome.failed.length > 0) this.#searchAt = clock() + searchAgainMs
    this.#learn(outcome)
    return { ...outcome, rows }
  }

  /** The same, with the ms of each answer. */
  async timed(blocks: readonly Block[], priority: Priority): Promise<{ round: Round; answers: number[] }> {
    const answers: number[] = []
    this.#timings.add(answers)
    try {
      return { round: await this.round(blocks, priority), answers }
    } finally {
      this.#timings.delete(answers)
    }
  }

  qualityOf(row: number): number {
    return this.#latest.of(row).quality
  }

  /** Announces rows to whoever looks; changed states and settings among them are stored, at whole seconds. */
  live(rows: readonly number[]): void {
    if (rows.length === 0 || this.#hooks.stopped()) return
    this.#around.reporter.readings(this.#latest.batch(rows), false, 'live')
    this.store(this.#latest.changed(rows, ['state']), 'live')
    this.store(this.#latest.changed(rows, ['setting', 'identity']), 'settings')
  }

  /** Announces rows to be stored, at `at` or at this second. */
  store(rows: readonly number[], reason: ReadingsEvent['reason'], at = Math.floor(this.#around.clock() / 1000) * 1000): void {
    if (rows.length === 0 || this.#hooks.stopped()) return
    this.#latest.markStored(rows)
    this.#around.reporter.readings(this.#latest.batch(rows, at), true, reason)
  }

  /** Tells whoever looks that these have no value now. */
  lose(points: readonly Point[]): void {
    const rows: number[] = []
    this.#latest.lose(points, 'offline', this.#around.clock(), rows)
    if (rows.length > 0) this.#around.reporter.readings(this.#latest.batch(rows), false, 'live')
  }

  /** Reads points by id for a person. Rejects when nothing at all came; what did not come otherwise has no value. */
  async now(ids: readonly string[]): Promise<Round & { readings: NowReadings }> {
    const points = ids.map((id) => this.point(id))
    const round = await this.round(this.blocks([...new Set(points)]), 'person')
    this.live(round.rows)
    const came = new Set(round.rows)
    const readings: NowReadings = { points: [...ids], at: this.#around.clock(), value: [], quality: [] }
    for (const point of points) {
      const row = this.#table.indexOf.get(point) ?? -1
      const reading = came.has(row) ? this.#latest.of(row) : { value: null, quality: round.lost || round.left.length > 0 ? offline : fault }
      readings.value.push(reading.value)
      readings.quality.push(reading.quality)
    }
    return { ...round, readings }
  }

  /** Asks, once a day, for some of the points that the device did not have. From its answer on they are read like all others. */
  async retry(): Promise<void> {
    const missing = this.#table.points.filter((point) => !this.#plans.serves(point))
    for (const point of this.#retry.due(missing, this.#around.clock())) {
      try {
        await this.value(point, 'settings', false)
      } catch (error) {
        if (isRefusal(error)) continue
        return
      }
      this.#around.reporter.served(this.#task.device, this.#plans.forget(point))
      this.#planContact()
      this.#hooks.learnt()
    }
  }

  point(id: string): Point {
    return this.#table.byId.get(id) ?? notFound(id)
  }

  /**
   * One point with all its words by a read of its own that begins now, announced like all others. Rejects with the second Failure when
   * the line fails twice.
   */
  async value(point: Point, priority: Priority, again = true): Promise<Seen> {
    const block: Block = { area: point.area, address: point.address, count: wordsOf[point.as], points: [point] }
    try {
      const raw = await this.#read(block, priority)
      const at = this.#around.clock()
      const rows: number[] = []
      this.#take(block, raw, rows)
      this.live(rows)
      return { value: meaningIn(raw, block, 0).value, at }
    } catch (error) {
      const worth = error instanceof Failure && worthAnotherTry.has(error.code)
      if (!again || !worth || this.#hooks.stopped()) throw error
      return this.value(point, priority, false)
    }
  }

  /**
   * Throws input.invalid for a value that the point cannot hold exactly. The function returned sends one request, never repeated;
   * what reads bring that were sent before it does not count any more.
   */
  prepare(point: Point, value: number): (sending: () => void) => Promise<void> {
    const send = this.#asker.prepare(point, value)
    return async (sending) => {
      if (this.#hooks.stopped()) throw new Failure('cancelled')
      await this.#counted(() =>
        send((order) => {
          this.#latest.guard(point, order)
          sending()
        }),
      )
    }
  }

  get beside(): Beside | null {
    return this.#asker.beside
  }

  #take(block: Block, raw: Raw, rows: number[]): void {
    this.#latest.take(block, raw, this.#around.clock(), rows, this.#orders.get(raw))
  }

  async #readContact(priority: Priority): Promise<Failure | null> {
    const block = this.contactBlock()
    const rows: number[] = []
    try {
      this.#take(block, await this.#read(block, priority), rows)
    } catch (error) {
      if (error instanceof Failure) return error
      throw error
    }
    this.live(rows)
    return null
  }

  async #read(block: Block, priority: Priority): Promise<Raw> {
    const { data, answerMs, order } = await this.#counted(() => this.#asker.read(priority, block))
    this.#standing.answers.add(answerMs)
    for (const timings of this.#timings) timings.push(answerMs)
    if (this.#latest.guarded) this.#orders.set(data, order)
    return data
  }

  async #counted<T>(ask: () => Promise<T>): Promise<T> {
    const standing = this.#standing
    standing.requests++
    try {
      const answer = await ask()
      standing.outcomes.add(null)
      this.#hooks.heard()
      return answer
    } catch (error) {
      if (error instanceof Failure) standing.outcomes.add(error)
      if (error instanceof Failure && error.code === 'device.exception') {
        standing.exceptions++
        this.#hooks.heard()
      } else standing.failures++
      throw error
    }
  }

  #learn(found: Outcome): void {
    if (found.holes.length === 0 && found.cuts.length === 0) return
    const fresh = this.#plans.learn(found)
    if (fresh.length > 0) this.#around.reporter.unserved(this.#task.device, fresh)
    this.#planContact()
    this.#hooks.learnt()
  }

  /** Keeping contact costs one small read, so it may as well tell of states: one block of them after the other. */
  #planContact(): void {
    if (this.#task.spare) {
      this.#contact = this.withRoles('measure', 'state')
      return
    }
    const states = this.withRoles('state')
    const [measure] = this.withRoles('measure')
    this.#contact = states.length > 0 ? states : this.blocks(measure?.points.slice(0, 1) ?? [])
  }
}

const offline = qualities.indexOf('offline')
const fault = qualities.indexOf('fault')

/** For a device without a readable state or measurement: any answer, also a refusal, shows that it is there. */
const anyRegister: Block = { area: 'holding', address: 0, count: 1, points: [] }

function notFound(point: string): never {
  throw new Failure('notFound', { point })
}
