import { Failure, failures } from '#shared/failures.ts'
import type { IngestRequest, Tally } from '#shared/ingest/contract.ts'
import { toBatch, type ReadingBatch } from '#shared/reading.ts'
import type { Log } from '../log.ts'
import type { StoredGateway } from './gateways.ts'
import { Limits } from './limits.ts'
import type { Members } from './members.ts'
import { readBody } from './receive.ts'
import { newestOf, type Sieve } from './sift.ts'
import { isToken } from './token.ts'
import { Traffic } from './traffic.ts'

/** Who knocks: the id in the address, the token, and where from. */
export type Knock = { gateway: string; token: string; from: string }
export type Body = { text: string; type: string; bytes: number }

/** What the local server needs of this capability. */
export type IngestDoor = {
  /** Throws ingest.token, also for a gateway that does not exist, and ingest.tooFast. */
  admit(knock: Knock): void
  /** Notes a request that was refused before its body was looked at. */
  refuse(knock: Knock, body: Omit<Body, 'text'>, failure: Failure): void
  /** Resolves when all that is to be stored is on disk. Throws ingest.unreadable, ingest.tooLarge and busy. */
  receive(knock: Knock, body: Body): Promise<Tally>
}

/** Requests of one gateway that may wait for each other, and how long one may take. */
const mostWaiting = 16
const longestMs = 20_000

type Parts = {
  gateways: ReadonlyMap<string, StoredGateway>
  members: Members
  sieve: Sieve
  clock: () => number
  log: Log
  /** Resolves when on disk. */
  store(batch: ReadingBatch): Promise<void>
  /** Shows readings to whoever looks. */
  show(batch: ReadingBatch): void
  shownAt(series: number): number
  /** Devices of which something has come. */
  heard(devices: ReadonlySet<string>): void
}

/** Takes what gateways send, one request of a gateway after the other. */
export class Door implements IngestDoor {
  readonly #parts: Parts
  readonly #limits = new Limits()
  readonly #traffic = new Map<string, Traffic>()
  readonly #queues = new Map<string, { length: number; last: Promise<unknown> }>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  traffic(gateway: string): Traffic {
    let traffic = this.#traffic.get(gateway)
    if (!traffic) this.#traffic.set(gateway, (traffic = new Traffic()))
    return traffic
  }

  forget(gateway: string): void {
    this.#traffic.delete(gateway)
    this.#limits.forget(gateway)
  }

  admit({ gateway: id, token, from }: Knock): void {
    const { gateways, clock } = this.#parts
    const now = clock()
    if (!this.#limits.mayTry(from, now)) throw new Failure('ingest.tooFast', { seconds: 60 })
    if (!isToken(token, gateways.get(id)?.tokenHash ?? null)) {
      this.#limits.wrong(from, now)
      throw new Failure('ingest.token')
    }
    if (!this.#limits.allows(id, now)) throw new Failure('ingest.tooFast', { seconds: 10 })
  }

  refuse(knock: Knock, body: Omit<Body, 'text'>, failure: Failure): void {
    if (this.#parts.gateways.has(knock.gateway)) this.#note(knock, { ...body, text: '' }, failure, null)
  }

  async receive(knock: Knock, body: Body): Promise<Tally> {
    const queue = this.#queues.get(knock.gateway) ?? { length: 0, last: Promise.resolve() }
    this.#queues.set(knock.gateway, queue)
    try {
      if (queue.length >= mostWaiting) throw new Failure('busy', { what: 'gateway' })
      queue.length++
      const turn = queue.last.then(() => this.#take(knock, body))
      queue.last = Promise.allSettled([turn])
      const tally = await turn.finally(() => queue.length--)
      this.#note(knock, body, null, tally)
      return tally
    } catch (error) {
      // Such as a store that is being replaced: the gateway sends again.
      const failure = error instanceof Failure ? error : new Failure('busy', { what: 'history' }, { cause: error })
      if (failure !== error) this.#parts.log.error('a request of a gateway failed', { gateway: knock.gateway, error: String(error) })
      this.#note(knock, body, failure, null)
      throw failure
    }
  }

  async #take(knock: Knock, body: Body): Promise<Tally> {
    const { gateways, members, sieve, clock, store, show, shownAt, heard } = this.#parts
    const gateway = gateways.get(knock.gateway)
    if (!gateway) throw new Failure('ingest.token')
    const { readings, devices, tally } = readBody(body, gateway, members, this.traffic(gateway.id), clock())
    const { fresh, duplicates, conflicts } = await within(sieve.sift(readings))
    if (fresh.length > 0) {
      await within(store(toBatch(fresh)))
      sieve.stored(fresh)
      show(newestOf(fresh, shownAt))
    }
    heard(devices)
    return { ...tally, stored: fresh.length, duplicates, conflicts }
  }

  #note({ gateway, from }: Knock, { text, type, bytes }: Body, failure: Failure | null, tally: Tally | null): void {
    const request: IngestRequest = {
      at: this.#parts.clock(),
      from,
      status: failure ? failures[failure.code].status : 200,
      problem: failure?.code ?? null,
      detail: failure ? String(failure.params['reason'] ?? '') : '',
      type: type.slice(0, 100),
      bytes,
      body: text,
      tally,
    }
    this.traffic(gateway).note(request)
  }
}

/** A disk that hangs must not hold up the gateway for ever: it sends again, and what is stored meanwhile counts once. */
async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Failure('busy', { what: 'history' })), longestMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
