import { Failure } from '#shared/failures.ts'
import type { Area, Driver } from './drivers/driver.ts'
import type { Gate } from './gate.ts'

/** Whose turn comes first on a connection. */
export const priorities = ['write', 'person', 'watched', 'stored', 'settings', 'contact'] as const
export type Priority = (typeof priorities)[number]

export type LinkUser = { linkClosed(failure: Failure): void }
/** `order` counts what was sent on this link, so that a read can be told to have begun before or after a write. */
export type Answer = { words: Uint16Array; answerMs: number; order: number }

type Job = {
  rank: number
  unit: number
  area: Area
  address: number
  count: number
  words: ArrayLike<number> | undefined
  timeoutMs: number | undefined
  sending?: ((order: number) => void) | undefined
  resolve: (answer: Answer) => void
  reject: (failure: unknown) => void
}

const firstScheduled = priorities.indexOf('watched')

/** The one connection to a host and port, made when it is needed, and the queue of all who ask through it. */
export class Link {
  readonly users = new Set<LinkUser>()
  reconnects = -1
  readonly #make: (onClose: (failure: Failure) => void) => Driver
  readonly #gate: Gate
  readonly #queue: Job[] = []
  #driver: Driver | undefined
  #opening: Driver | undefined
  #working = false
  #closed = false
  #turn = 0
  #silences = 0
  #sent = 0

  constructor(make: (onClose: (failure: Failure) => void) => Driver, gate: Gate) {
    this.#make = make
    this.#gate = gate
  }

  read(priority: Priority, unit: number, area: Area, address: number, count: number, timeoutMs?: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#add({ rank: priorities.indexOf(priority), unit, area, address, count, words: undefined, timeoutMs, resolve, reject })
    })
  }

  /**
   * Goes before every read. Never repeated here: see `Driver.write`. `sending` is called when it leaves; a write that is rejected
   * without that has not been sent.
   */
  async write(unit: number, area: Area, address: number, words: ArrayLike<number>, sending?: (order: number) => void): Promise<void> {
    await new Promise<Answer>((resolve, reject) => {
      this.#add({ rank: 0, unit, area, address, count: words.length, words, timeoutMs: undefined, sending, resolve, reject })
    })
  }

  close(): void {
    this.#closed = true
    this.#rejectAll(new Failure('cancelled'))
    this.#opening?.close()
    this.#driver?.close()
    this.#driver = undefined
  }

  #add(job: Job): void {
    if (this.#closed) return job.reject(new Failure('cancelled'))
    const queue = this.#queue
    let place = queue.length
    while (place > 0 && (queue[place - 1]?.rank ?? 0) > job.rank) place--
    queue.splice(place, 0, job)
    if (!this.#working) void this.#work()
  }

  /** The highest in rank. Every fourth turn belongs to the lowest, so that a full line still brings the quarter hours. */
  #next(): Job | undefined {
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

  async #do(job: Job, driver: Driver): Promise<void> {
    const { unit, area, address, count, words } = job
    const start = performance.now()
    const order = ++this.#sent
    job.sending?.(order)
    try {
      if (words) await driver.write(unit, area, address, words)
      const answer = words ? noWords : await driver.read(unit, area, address, count, job.timeoutMs)
      this.#silences = 0
      job.resolve({ words: answer, answerMs: performance.now() - start, order })
    } catch (error) {
      this.#note(error)
      job.reject(error)
    }
  }

  /** After time-outs with nothing in between the connection itself may be dead, which a new one mends. */
  #note(error: unknown): void {
    if (!(error instanceof Failure) || error.code !== 'device.silent') {
      this.#silences = 0
      return
    }
    const enough = this.users.size > 1 ? 4 : 2
    if (++this.#silences < enough) return
    this.#silences = 0
    this.#driver?.close()
    this.#driver = undefined
  }

  async #open(job: Job): Promise<Driver | undefined> {
    const driver = this.#make((failure) => this.#lost(driver, failure))
    try {
      await this.#gate.run(async () => {
        if (this.#closed) throw new Failure('cancelled')
        this.#opening = driver
        await driver.open()
      })
      this.#opening = undefined
      this.#driver = driver
      this.#silences = 0
      this.reconnects++
      return driver
    } catch (error) {
      this.#opening = undefined
      job.reject(error)
      // Whoever waits learns the same; a wait of its own for each unit behind a dead gateway would help nobody.
      this.#rejectAll(error)
      return undefined
    }
  }

  #rejectAll(error: unknown): void {
    for (const job of this.#queue.splice(0)) job.reject(error)
  }

  #lost(driver: Driver, failure: Failure): void {
    if (this.#driver !== driver) return
    this.#driver = undefined
    for (const user of this.users) user.linkClosed(failure)
  }
}

const noWords = new Uint16Array(0)
