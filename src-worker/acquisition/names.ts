import { lookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Gate } from './gate.ts'

/** Lookups share their four threads with all work on files, so that slow name servers would hold up the store. */
const places = 2
const keptMs = 60_000
const unknownKeptMs = 15_000
const mostNames = 5000

type Found = { addresses: LookupAddress[]; error: NodeJS.ErrnoException | null }
type Resolve = (name: string) => Promise<Found>

/** Addresses of host names: few lookups at a time, one for all who ask for the same name, and each answer kept for a while. */
export class Names {
  readonly #resolve: Resolve
  readonly #gate = new Gate(places)
  readonly #known = new Map<string, { found: Promise<Found>; until: number }>()

  constructor(resolve: Resolve = resolveBySystem) {
    this.#resolve = resolve
  }

  /** For the `lookup` of a connection. */
  readonly lookup: LookupFunction = (name, { all, family }, callback) => {
    const wanted = family === 'IPv4' ? 4 : family === 'IPv6' ? 6 : (family ?? 0)
    void this.#find(name.toLowerCase()).then(({ addresses, error }) => {
      const fitting = addresses.filter((one) => wanted === 0 || one.family === wanted)
      const [first] = fitting
      if (!first) callback(error ?? notFound(name), [])
      else if (all) callback(null, fitting)
      else callback(null, first.address, first.family)
    })
  }

  #find(name: string): Promise<Found> {
    const now = performance.now()
    const known = this.#known.get(name)
    if (known && now < known.until) return known.found
    const entry = { found: this.#gate.run(() => this.#resolve(name)), until: Infinity }
    this.#known.set(name, entry)
    void entry.found.then(({ error }) => (entry.until = performance.now() + (error ? unknownKeptMs : keptMs)))
    const [oldest] = this.#known.keys()
    if (this.#known.size > mostNames && oldest !== undefined) this.#known.delete(oldest)
    return entry.found
  }
}

function resolveBySystem(name: string): Promise<Found> {
  return new Promise((resolve) => lookup(name, { all: true }, (error, addresses) => resolve({ addresses: addresses ?? [], error })))
}

function notFound(name: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`no address of ${name}`), { code: 'ENOTFOUND' })
}
