import { addressKey } from '#shared/acquisition/address.ts'
import type { ContactReport, Task, TestResult, UnitLook, WriteResult } from '#shared/acquisition/port.ts'
import type { Contact } from '#shared/devices/contract.ts'
import type { Block } from '#shared/devices/plan.ts'
import { Failure } from '#shared/failures.ts'
import { askerFor, type Asker } from './asker.ts'
import type { LinkUser, Priority } from './link.ts'
import { due, guardMsOf, isOpen, nextTry, noteFailed, noteHeard, noteSettings, noteSlot, noteWanted } from './pace.ts'
import { resumePace, setGuarding, startPace, watchMs, type Job, type Pace, type WantedJob } from './pace.ts'
import { Reads, type NowReadings, type Surroundings } from './reads.ts'
import { Standing } from './standing.ts'
import type { PointTable } from './table.ts'
import { tryAll } from './trial.ts'
import { Wanted } from './wanted.ts'
import { Writes, type WriteAsked } from './writes.ts'

/** The clock is looked at this often, because it can be set while a timer runs. */
const longestWaitMs = 10_000

/** Reads one device at its own pace, whatever all others do. */
export class Device implements LinkUser {
  readonly #task: Task
  readonly #around: Surroundings
  readonly #asker: Asker
  readonly #linkBase: number
  readonly #pace: Pace
  readonly #standing: Standing
  readonly #reads: Reads
  readonly #writes: Writes
  readonly #wanted: Wanted
  readonly #running = { watched: false, guarded: false, other: false }
  #slotLeft = { slot: Number.NaN, blocks: [] as Block[], good: 0 }
  #settingsLeft: Block[] | null = null
  #timer: NodeJS.Timeout | undefined
  #doubt: NodeJS.Timeout | undefined
  #stopped = false

  /** `before` is the same device with its task of before; what is known of its contact and its quarter hours is kept. */
  constructor(task: Task, table: PointTable, around: Surroundings, before?: Device) {
    const now = around.clock()
    this.#task = task
    this.#around = around
    this.#asker = askerFor(task, around.links, this)
    const same = before && before.#asker.link === this.#asker.link && addressKey(before.#task.address) === addressKey(task.address)
    this.#standing = same ? before.#standing : new Standing(now)
    this.#linkBase = same ? before.#linkBase : Math.max(0, this.#asker.link.reconnects)
    this.#pace = startPace(task.device, task.limits.idleCloseMs, task.lastSlot, now, task.spare)
    if (before) resumePace(this.#pace, before.#pace)
    this.#reads = new Reads(task, table, around, this.#asker, this.#standing, {
      heard: () => this.#heard(),
      learnt: () => this.#plan(),
      stopped: () => this.#stopped,
    })
    this.#wanted = new Wanted(this.#reads)
    this.#writes = new Writes(task, this.#reads, around.timing, same ? before.#writes.state : undefined)
    around.reporter.contact(this, false)
  }

  start(): void {
    this.#wake()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    clearTimeout(this.#doubt)
    this.#around.reporter.forget(this)
    this.#asker.release()
  }

  /** The series, of all devices, that somebody looks at, or rules do. What is new among those that are watched is read at once. */
  want(job: WantedJob, series: ReadonlySet<number>): void {
    const fresh = this.#wanted.want(job, this.#reads.ofSeries(series))
    if (!fresh) return
    this.#plan()
    if (job === 'watched' && fresh.length > 0) this.#pace.watchTurn = null
    if (this.#standing.contact.state === 'offline') this.#reads.lose(fresh)
    this.#wake()
  }

  /** Reads points now, before all that is scheduled. Rejects with a Failure when nothing came. */
  async readNow(points: readonly string[]): Promise<NowReadings> {
    const round = await this.#reads.now(points)
    if (round.lost) this.#lose(round.lost)
    this.#around.reporter.contact(this, false)
    const failure = round.lost ?? round.trouble
    if (failure && round.rows.length === 0) throw failure
    if (this.#rests) this.#reads.store(round.rows, 'live')
    return round.readings
  }

  /** Reads every point once and tells how that went. */
  async test(): Promise<TestResult> {
    const { result, round } = await tryAll(this.#reads, this.#task.points)
    if (round.lost) this.#lose(round.lost)
    this.#around.reporter.contact(this, false)
    return result
  }

  /** Changes a setting by one write of one register. Rejects with a Failure when nothing was sent. */
  async write(asked: WriteAsked): Promise<WriteResult> {
    try {
      return await this.#writes.write(asked)
    } catch (error) {
      if (error instanceof Failure && error.code.startsWith('device.') && error.code !== 'device.exception') this.#lose(error)
      throw error
    } finally {
      this.#around.reporter.contact(this, false)
    }
  }

  /** Tries to reach the device now and tells how the contact is then. */
  async tryNow(): Promise<Contact> {
    const failure = await this.#reads.touch('person', this.#standing.isUp)
    if (failure) this.#lose(failure)
    this.#around.reporter.contact(this, false)
    return this.#standing.contact
  }

  linkClosed(failure: Failure): void {
    if (!this.#standing.isUp) return
    this.#doubt ??= setTimeout(() => this.#offline(failure), this.#around.timing.graceMs)
    this.#pace.heard = null
    this.#wake()
  }

  report(): ContactReport {
    const { contact, requests, failures, exceptions, cycleMs, overruns, answers } = this.#standing
    const { median, worst } = answers.summary()
    return {
      device: this.#task.device,
      contact,
      requests,
      failures,
      exceptions,
      reconnects: Math.max(0, this.#asker.link.reconnects - this.#linkBase),
      answerMs: median,
      answerMsWorst: worst,
      cycleMs,
      overruns,
      nextTry: this.#pace.failures > 0 ? Math.round(nextTry(this.#pace)) : null,
      lastSlot: this.#pace.lastSlot,
      missedSlots: this.#pace.missed,
    }
  }

  get link(): Asker['link'] {
    return this.#asker.link
  }

  /** What the line doctor looks at beside the report. */
  look(): UnitLook {
    const { outcomes, answers } = this.#standing
    const { watching, spare } = this.#pace
    const dueMs = watching ? (spare?.watchMs ?? watchMs) : null
    return { device: this.#task.device, recent: outcomes.summary(), spread: [...answers.spread], dueMs }
  }

  get #rests(): boolean {
    return (this.#task.spare?.restMs ?? 0) > 0
  }

  /** Starts what is due, and comes back when the next thing is. */
  #wake(): void {
    clearTimeout(this.#timer)
    while (!this.#stopped) {
      const now = this.#around.clock()
      const { job, at } = due(this.#pace, now, this.#running)
      if (job) {
        void this.#run(job)
        continue
      }
      const wait = Math.min(longestWaitMs, Math.max(1, at - now))
      this.#timer = setTimeout(() => this.#wake(), wait)
      return
    }
  }

  async #run(job: Job): Promise<void> {
    const place = job === 'watched' || job === 'guarded' ? job : 'other'
    this.#running[place] = true
    const start = performance.now()
    if (job === 'contact') await this.#makeContact()
    else if (job === 'slot') await this.#readSlot()
    else if (job === 'watched' || job === 'guarded') await this.#readWanted(job)
    else await this.#readSettings()
    this.#running[place] = false
    if (this.#stopped) return
    if (job === 'slot' || job === 'watched') this.#standing.cycleMs = Math.round((performance.now() - start) * 10) / 10
    const period = job === 'watched' ? watchMs : job === 'guarded' ? guardMsOf(this.#pace) : Infinity
    if (performance.now() - start > period) this.#standing.overruns++
    this.#around.reporter.contact(this, false)
    this.#wake()
  }

  async #makeContact(): Promise<void> {
    const failure = await this.#reads.touch('contact', this.#standing.isUp)
    if (failure) this.#lose(failure, true)
  }

  async #readSlot(): Promise<void> {
    const pace = this.#pace
    const { slot } = pace
    if (this.#slotLeft.slot !== slot) this.#slotLeft = { slot, blocks: this.#reads.withRoles('measure', 'state'), good: 0 }
    const left = this.#slotLeft
    const round = await this.#round('slot', left.blocks, 'stored')
    const now = this.#around.clock()
    const open = isOpen(pace, slot, now)
    if (pace.slot === slot) pace.slotTried = now
    if (!open) return this.#reads.live(round.rows)
    this.#reads.store(round.rows, 'slot', slot)
    const nothing = left.blocks.length === 0
    left.good += round.good
    if (round.good > 0) left.blocks = round.left
    if (!round.lost && (nothing || (left.good > 0 && round.left.length === 0))) noteSlot(pace, slot)
  }

  async #readWanted(job: WantedJob): Promise<void> {
    noteWanted(this.#pace, job, this.#around.clock())
    const blocks = this.#wanted.blocks[job]
    const round = await this.#round(job, job === 'guarded' ? this.#wanted.withContact(blocks) : blocks, job)
    this.#reads.live(round.rows)
    this.#wanted.passOver(job, blocks, round.left)
  }

  async #readSettings(): Promise<void> {
    const round = await this.#round('settings', this.#settingsLeft ?? this.#reads.withRoles('setting', 'identity'), 'settings')
    this.#reads.store(round.rows, 'settings')
    const left = [...round.left, ...round.failed]
    this.#settingsLeft = left.length > 0 ? left : null
    if (!round.lost) noteSettings(this.#pace, left.length === 0, this.#around.clock())
    if (!round.lost && left.length === 0) await this.#reads.retry()
  }

  /** After what is wanted has changed, or what is known of the device. */
  #plan(): void {
    const { points, blocks } = this.#wanted.plan()
    this.#pace.watching = points.watched.length > 0
    setGuarding(this.#pace, blocks.guarded.length > 0, this.#around.clock())
    if (!this.#pace.watching) this.#note('watched', null)
    if (!this.#pace.guarding) this.#note('guarded', null)
  }

  async #round(job: Job, blocks: readonly Block[], priority: Priority) {
    const round = await this.#reads.round(blocks, priority)
    // Of a device that rests every try that failed is counted, since there is no other sign of life from it.
    if (round.lost) this.#lose(round.lost, this.#rests || this.#pace.failures === 0)
    else this.#note(job, round.trouble)
    return round
  }

  #note(job: Job, trouble: Failure | null): void {
    if (this.#stopped) return
    if (this.#standing.note(job, trouble, this.#around.clock())) this.#around.reporter.contact(this, true)
  }

  #heard(): void {
    if (this.#stopped) return
    const now = this.#around.clock()
    clearTimeout(this.#doubt)
    this.#doubt = undefined
    noteHeard(this.#pace, now)
    this.#writes.heard()
    if (!this.#standing.heard(now)) return
    this.#around.reporter.contact(this, true)
    this.#wake()
  }

  /** The device is out of contact. A scheduled try that fails, `counted`, makes the wait for the next one longer. */
  #lose(failure: Failure, counted = this.#pace.failures === 0): void {
    if (this.#stopped) return
    if (counted) noteFailed(this.#pace, this.#around.clock())
    this.#offline(failure)
    this.#wake()
  }

  #offline(failure: Failure): void {
    clearTimeout(this.#doubt)
    this.#doubt = undefined
    const changed = this.#standing.lost(failure, this.#around.clock())
    this.#around.reporter.contact(this, changed)
    if (!changed) return
    this.#pace.watchTurn = null
    this.#reads.lose(this.#wanted.all)
  }
}
