import { Failure } from '#shared/failures.ts'
import type { Area, LineDriver, RegisterDriver } from './drivers/driver.ts'
import type { Gate } from './gate.ts'
import type { Tap } from './line-log.ts'

/** Whose turn comes first on a connection. */
export const priorities = ['write', 'person', 'watched', 'stored', 'guarded', 'settings', 'contact'] as const
export type Priority = (typeof priorities)[number]

export type LinkUser = { linkClosed(failure: Failure): void }
/** `order` counts what was sent on this link, so that a read can be told to have begun before or after a write. */
export type Answer<T = Uint16Array> = { data: T; answerMs: number; order: number }

type Job<D> = {
  rank: number
  run: (driver: D) => Promise<unknown>
  sending: ((order: number) => void) | undefined
  resolve: (answer: Answer<never>) => void
  reject: (failure: unknown) => void
}

export type LinkSurroundings = {
  gate: Gate
  tap?: Tap
  /** Why no connection may be made now. */
  bar?: () => Failure | null
}

const nothing = new Uint8Array(0)
const hourMs = 3_600_000
const firstScheduled = priorities.indexOf('watched')

/** The one connection of a line, made when it is needed, and the queue of all who ask through it. */
export class Link<D extends LineDriver = LineDriver> {
  readonly users = new Set<LinkUser>()
  reconnects = -1
  /** How long this line has waited for answers, ms. */
  busyMs = 0
  readonly tap: Tap
  readonly #make: (onClose: (failure: Failure) => void) => D
  readonly #gate: Gate
  readonly #bar: () => Failure | null
  /** When connections were made, ms of a clock that nobody sets. */
  #made: number[] = []
  readonly #queue: Job<D>[] = []
  #driver: D | undefined
  #opening: D | undefined
  #working = false
  #closed = false
  #turn = 0
  #silences = 0
  #sent = 0

  constructor(make: (onClose: (failure: Failure) => void) => D, { gate, tap = { hear: undefined }, bar = () => null }: LinkSurroundings) {
    this.#make = make
    this.#gate = gate
    this.#bar = bar
    this.tap = tap
  }

  /** How often the connection was made anew within the last hour. */
  get reconnectsLately(): number {
    const since = performance.now() - hourMs
    return Math.max(0, this.#made.filter((at) => at > since).length - (this.#made.length > this.reconnects ? 1 : 0))
  }

  /**
   * Has its turn when nothing more urgent waits. What is asked with priority `write` goes before every read and is never repeated
   * here. `sending` is called when it leaves; what is rejected without that has not been sent.
   */
  ask<T>(priority: Priority, run: (driver: D) => Promise<T>, sending?: (order: number) => void): Promise<Answer<T>> {
    return new Promise((resolve, reject) => {
      this.#add({ rank: priorities.indexOf(priority), run, sending, resolve, reject })
    })
  }

  close(): void {
    this.#closed = true
    this.#rejectAll(new Failure('cancelled'))
    this.#opening?.close()
    this.#driver?.close()
    this.#driver = undefined
  }

  #add(job: Job<D>): void {
    if (this.#closed) return job.reject(new Failure('cancelled'))
    const queue = this.#queue
    let place = queue.length
    while (place > 0 && (queue[place - 1]?.rank ?? 0) > job.rank) place--
    queue.splice(place, 0, job)
    if (!this.#working) void this.#work()
  }

  /** The highest in rank. Every fourth turn belongs to the lowest, so that a full line still brings the quarter hours. */
  #next(): Job<D> | undefined {
    const queue = this.#queue
    const [first] = queue
    const last = queue.at(-1)
    if (!first || !last) return undefined
    const lowest = ++this.#turn % 4 === 0 && first.rank >= firstScheduled
    return queue.splice(lowest ? queue.findIndex((job) => job.rank === last.rank) : 0, 1)[0]
  }

  async #work(): Promise<void> {
    this.#working = true
    for (let job = this.#next(); job; job = this.#next()) {
      const driver = this.#driver ?? (await this.#open(job))
      if (driver) await this.#do(job, driver)
    }
    this.#working = false
  }

  async #do(job: Job<D>, driver: D): Promise<void> {
    const start = performance.now()
    const order = ++this.#sent
    job.sending?.(order)
    try {
      const data = await job.run(driver)
      this.#silences = 0
      job.resolve({ data: data as never, answerMs: performance.now() - start, order })
    } catch (error) {
      this.#note(error)
      job.reject(error)
    } finally {
      this.busyMs += performance.now() - start
    }
  }

  /** After time-outs with nothing in between the connection itself may be dead, which a new one mends. */
  #note(error: unknown): void {
    if (!(error instanceof Failure) || error.code !== 'device.silent') {
      this.#silences = 0
      return
    }
    const enough = this.users.size > 1 ? 4 : 2
    if (++this.#silences < enough || this.#driver?.lasting) return
    this.#silences = 0
    this.#driver?.close()
    this.#driver = undefined
  }

  async #open(job: Job<D>): Promise<D | undefined> {
    const driver = this.#make((failure) => this.#lost(driver, failure))
    try {
      await this.#gate.run(async () => {
        if (this.#closed) throw new Failure('cancelled')
        const bar = this.#bar()
        if (bar) throw bar
        this.#opening = driver
        await driver.open()
      })
      this.#opening = undefined
      this.#driver = driver
      this.#silences = 0
      this.reconnects++
      this.#made = [...this.#made.slice(-31), performance.now()]
      this.tap.hear?.('received', nothing, 'opened')
      return driver
    } catch (error) {
      this.#opening = undefined
      if (error instanceof Failure) this.tap.hear?.('received', nothing, error.code)
      job.reject(error)
      // Whoever waits learns the same; a wait of its own for each unit behind a dead gateway would help nobody.
      this.#rejectAll(error)
      return undefined
    }
  }

  #rejectAll(error: unknown): void {
    for (const job of this.#queue.splice(0)) job.reject(error)
  }

  #lost(driver: D, failure: Failure): void {
    if (this.#driver !== driver) return
    this.#driver = undefined
    this.tap.hear?.('received', nothing, failure.code)
    for (const user of this.users) user.linkClosed(failure)
  }
}

/** A line of devices that have registers. */
export class RegisterLink extends Link<RegisterDriver> {
  read(priority: Priority, unit: number, area: Area, address: number, count: number, timeoutMs?: number): Promise<Answer> {
    return this.ask(priority, (driver) => driver.read(unit, area, address, count, timeoutMs))
  }

  async write(unit: number, area: Area, address: number, words: ArrayLike<number>, sending?: (order: number) => void): Promise<void> {
    await this.ask('write', (driver) => driver.write(unit, area, address, words), sending)
  }
}
