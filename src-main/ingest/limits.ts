/** Requests a second that a gateway may send in the long run, and at once after a pause such as a lost uplink. */
const perSecond = 2
const atOnce = 120

/** Wrong tokens from one address before it has to wait, and how fast they are forgiven. */
const wrongAtOnce = 20
const wrongPerSecond = 0.2
const mostAddresses = 1000

class Bucket {
  #left: number
  #at: number
  readonly #size: number
  readonly #rate: number

  constructor(size: number, rate: number, now: number) {
    this.#left = size
    this.#at = now
    this.#size = size
    this.#rate = rate
  }

  /** Takes one out. False when there is none; a clock that was set back takes nothing away. */
  take(now: number, count = 1): boolean {
    this.#left = Math.min(this.#size, this.#left + (Math.max(0, now - this.#at) / 1000) * this.#rate)
    this.#at = now
    if (this.#left < 1) return false
    this.#left -= count
    return true
  }
}

/** How often whom we listen to. */
export class Limits {
  readonly #gateways = new Map<string, Bucket>()
  readonly #addresses = new Map<string, Bucket>()

  /** Whether a gateway with the right token may send another request. */
  allows(gateway: string, now: number): boolean {
    let bucket = this.#gateways.get(gateway)
    if (!bucket) this.#gateways.set(gateway, (bucket = new Bucket(atOnce, perSecond, now)))
    return bucket.take(now)
  }

  /** Whether an address may still try a token. */
  mayTry(address: string, now: number): boolean {
    return this.#addresses.get(address)?.take(now, 0) ?? true
  }

  wrong(address: string, now: number): void {
    let bucket = this.#addresses.get(address)
    if (!bucket) {
      const [oldest] = this.#addresses.keys()
      if (this.#addresses.size >= mostAddresses && oldest !== undefined) this.#addresses.delete(oldest)
      this.#addresses.set(address, (bucket = new Bucket(wrongAtOnce, wrongPerSecond, now)))
    }
    bucket.take(now)
  }

  forget(gateway: string): void {
    this.#gateways.delete(gateway)
  }
}
