import type { Task } from '#shared/acquisition/port.ts'
import type { Point } from '#shared/devices/profile.ts'
import { Failure } from '#shared/failures.ts'
import type { Beside } from './asker.ts'

/** `turn`: the end of what is under way, so that one sequence never locks in the middle of another. `open`: could not be locked. */
export type AccessState = { turn: Promise<void>; open: boolean }
type Claim = NonNullable<NonNullable<Point['write']>['claim']>

const lockTries = 3

/** What some controllers want around a write: an access code before it and taken back after it, a level coil that lets it through. */
export class Access {
  readonly #unlock: Task['unlock']
  readonly #beside: Beside | null
  readonly #state: AccessState
  #locking = false

  constructor({ unlock }: Pick<Task, 'unlock'>, beside: Beside | null, state: AccessState) {
    this.#unlock = unlock
    this.#beside = beside
    this.#state = state
  }

  /**
   * Runs `send` with the device unlocked and the point claimed. Locked again whatever happens; a claim that was taken for it is
   * given back when `send` fails. Rejects with the Failure of the first step that fails.
   */
  around(claim: Claim | undefined, send: () => Promise<void>): Promise<void> {
    if (!this.#unlock && !claim) return send()
    return this.#alone(() => this.#unlocked(() => (claim ? this.#claimed(claim, send) : send())))
  }

  /** The claim itself is the change: the point goes back to the controller. */
  giveBack(claim: Claim, sending: () => void): Promise<void> {
    return this.#alone(() =>
      this.#unlocked(async () => {
        sending()
        await this.#put(claim.address, claim.giveBack)
      }),
    )
  }

  async isGivenBack(claim: Claim): Promise<boolean> {
    return (await this.#words().read('coil', claim.address)) === claim.giveBack
  }

  /** The device answers: time to lock what could not be locked before. */
  heard(): void {
    if (!this.#state.open || this.#locking) return
    this.#locking = true
    void this.#alone(() => this.#lock(1)).finally(() => {
      this.#locking = false
    })
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#state.turn
    let end: () => void = () => undefined
    this.#state.turn = new Promise((resolve) => {
      end = resolve
    })
    try {
      await before
      return await work()
    } finally {
      end()
    }
  }

  async #unlocked(work: () => Promise<void>): Promise<void> {
    if (!this.#unlock) return work()
    try {
      await this.#words().write('holding', this.#unlock.at, this.#unlock.value)
      await work()
    } finally {
      await this.#lock(lockTries)
    }
  }

  async #claimed(claim: Claim, send: () => Promise<void>): Promise<void> {
    const taken = (await this.#words().read('coil', claim.address)) === claim.take
    if (taken) return send()
    try {
      await this.#put(claim.address, claim.take)
      await send()
    } catch (error) {
      // The controller goes on by itself, as it did before.
      await this.#put(claim.address, claim.giveBack).catch(unlessFailure)
      throw error
    }
  }

  /** Locking twice does no harm, so that it may be tried again. */
  async #lock(tries: number): Promise<void> {
    if (!this.#unlock) return
    try {
      await this.#words().write('holding', this.#unlock.at, this.#unlock.lock)
      this.#state.open = false
    } catch (error) {
      unlessFailure(error)
      this.#state.open = true
      if (tries > 1) await this.#lock(tries - 1)
    }
  }

  #put(address: number, word: number): Promise<void> {
    return this.#words().write('coil', address, word)
  }

  #words(): Beside {
    if (!this.#beside) throw new Failure('input.invalid', { fields: 'unlock: this protocol has no registers' })
    return this.#beside
  }
}

/** What could not be done here is tried again later, or shows when the point is read back. */
function unlessFailure(error: unknown): void {
  if (!(error instanceof Failure)) throw error
}
