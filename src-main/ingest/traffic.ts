import type { IngestKey, IngestRequest, Tally } from '#shared/ingest/contract.ts'
import { numberOf, type SentValue } from './message.ts'
import { addTally, noTally } from './tally.ts'

const mostRequests = 50
const mostKeys = 1000
const longestBody = 4000
const longestRaw = 60

export type Key = Omit<IngestKey, 'device' | 'mapped'>

/** What one gateway has sent since the program started: totals, the last requests, and each key with its last value. */
export class Traffic {
  readonly requests: IngestRequest[] = []
  readonly tally: Tally = noTally()
  readonly #keys = new Map<string, Key>()
  taken = 0
  refused = 0
  lastAt: number | null = null

  note(request: IngestRequest): void {
    // Whoever tries tokens must not push out what the gateway itself has sent.
    if (request.problem === 'ingest.token' && this.requests[0]?.problem === 'ingest.token') this.requests.shift()
    this.requests.unshift({ ...request, body: request.body.slice(0, longestBody) })
    this.requests.length = Math.min(this.requests.length, mostRequests)
    this.lastAt = request.at
    if (request.problem === null) this.taken++
    else this.refused++
    if (request.tally) addTally(this.tally, request.tally)
  }

  /** Remembers a value under its key. Of more than 1,000 keys the one longest unheard of is forgotten. */
  hear({ member, key, raw }: SentValue, at: number | null, arrived: number): void {
    const place = JSON.stringify([member, key])
    const count = (this.#keys.get(place)?.count ?? 0) + 1
    this.#keys.delete(place)
    const [oldest] = this.#keys.keys()
    if (this.#keys.size >= mostKeys && oldest !== undefined) this.#keys.delete(oldest)
    this.#keys.set(place, { member, key, raw: String(raw).slice(0, longestRaw), number: numberOf(raw) ?? null, at, arrived, count })
  }

  keys(): Key[] {
    return [...this.#keys.values()]
  }
}
