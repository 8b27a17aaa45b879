import type { Contact } from '#shared/devices/contract.ts'
import type { Failure, FailureReport } from '#shared/failures.ts'
import { Answers } from './answers.ts'
import { Outcomes } from './outcomes.ts'
import type { Job } from './pace.ts'

/** What is known of the contact with one device, and its figures. */
export class Standing {
  contact: Contact
  requests = 0
  failures = 0
  exceptions = 0
  overruns = 0
  cycleMs: number | null = null
  readonly answers = new Answers()
  readonly outcomes = new Outcomes()
  /** The last failure of each kind of read, while the device answers others. */
  readonly #troubles = new Map<Job, FailureReport>()

  constructor(now: number) {
    this.contact = { state: 'waiting', since: now, lastAnswer: null, failure: null }
  }

  get isUp(): boolean {
    return this.contact.state === 'online' || this.contact.state === 'degraded'
  }

  /** The device has answered. True when that changes its state. */
  heard(now: number): boolean {
    this.contact.lastAnswer = now
    return !this.isUp && this.#settle(now)
  }

  /** A round of reads has ended, with or without some that failed. True when that changes the state. */
  note(job: Job, trouble: Failure | null, now: number): boolean {
    if (trouble) this.#troubles.set(job, trouble.report())
    else this.#troubles.delete(job)
    return this.isUp && this.#settle(now)
  }

  /** The device is out of contact. True when it was not so before. */
  lost(failure: Failure, now: number): boolean {
    this.#troubles.clear()
    return this.#become('offline', failure.report(), now)
  }

  #settle(now: number): boolean {
    const [trouble] = this.#troubles.values()
    return this.#become(trouble ? 'degraded' : 'online', trouble ?? null, now)
  }

  #become(state: Contact['state'], failure: FailureReport | null, now: number): boolean {
    const changed = state !== this.contact.state
    this.contact = { state, since: changed ? now : this.contact.since, lastAnswer: this.contact.lastAnswer, failure }
    return changed
  }
}
