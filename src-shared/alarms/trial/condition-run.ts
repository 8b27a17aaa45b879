import { counts } from '../../history/buckets.ts'
import { qualities, type Quality } from '../../reading.ts'
import type { Place } from '../condition-key.ts'
import type { Planned } from '../planned.ts'
import { isLong, Stand, type Time } from './stand.ts'
import { slotMs } from './tally.ts'

export const mostTimes = 200

/** Live, a value out of a device's own log comes too late to raise anything; here it is what was so at the time. */
const asLive: readonly Quality[] = qualities.map((quality) => (quality === 'log' ? 'good' : quality))

/** One condition under all variants at once. The first variant is the rule as it is. */
export class ConditionRun {
  readonly place: Place
  readonly planned: Planned
  readonly series: readonly number[]
  readonly stands: readonly Stand[]
  /** More severe level of the same rule on the same point. */
  above: ConditionRun | null = null
  /** The newest, oldest first. */
  times: Time[] = []
  limit: number | null = null
  /** Time with values that count, ms. */
  coveredMs = 0
  readonly #from: number
  readonly #ticks: boolean
  readonly #lasting: boolean
  #lastAt = Number.NaN
  #distance = slotMs
  #distanceBefore = slotMs
  #mainAt = Number.NaN
  #mainCounts = false

  /** `variants[v]`: the condition under variant v. What is before `from` only fills the memory of the checks. */
  constructor(variants: readonly Planned[], from: number) {
    const [planned] = variants
    if (!planned) throw new RangeError('no variant')
    this.planned = planned
    this.place = planned.place
    this.stands = variants.map((one, v) => new Stand(one, v === 0 ? (time) => this.#keep(time) : undefined))
    this.series = this.stands[0]?.check.series ?? []
    this.#from = from
    this.#ticks = this.stands[0]?.check.tick !== undefined
    const role = planned.point?.role
    this.#lasting = role === 'setting' || role === 'identity'
  }

  /** A sample is about to be taken: what time alone has changed since the one before. Once for all series of one time. */
  before(at: number): void {
    if (at === this.#lastAt) return
    if (!Number.isNaN(this.#lastAt)) {
      this.#pass(at)
      this.#distanceBefore = this.#distance
      this.#distance = at - this.#lastAt
    }
    this.#lastAt = at
  }

  take(i: number, series: number, value: number, quality: number, at: number): void {
    if (series === this.planned.series) this.#cover(value, quality, at)
    const name = asLive[quality] ?? 'fault'
    for (let v = 0; v < this.stands.length; v++) {
      const stand = this.stands[v] as Stand
      stand.verdict = stand.check.take(i, value, name, at, stand.active)
    }
  }

  /** All series of one time have been taken. */
  settle(at: number): void {
    if (at < this.#from || at !== this.#lastAt) return
    for (let v = this.stands.length - 1; v >= 0; v--) {
      const stand = this.stands[v] as Stand
      this.#over(v, stand.judge(stand.verdict, at, this.#above(v)))
    }
  }

  /** History ends. */
  end(at: number): void {
    if (!Number.isNaN(this.#lastAt)) this.#pass(at)
    if (this.#mainCounts) this.#cover(Number.NaN, 0, at)
    for (let v = this.stands.length - 1; v >= 0; v--) this.#over(v, (this.stands[v] as Stand).end(at))
  }

  /** A value holds until the next is due: twice the usual distance of its samples, and half an hour at least. Settings are stored when they change. */
  get #holdsMs(): number {
    return this.#lasting ? Number.POSITIVE_INFINITY : Math.max(2 * slotMs, 2 * Math.min(this.#distance, this.#distanceBefore))
  }

  #pass(at: number): void {
    const last = this.#lastAt
    if (this.#ticks) {
      for (let slot = (Math.floor(last / slotMs) + 1) * slotMs; slot < at; slot += slotMs) this.#tick(slot)
      return
    }
    if (at <= this.#from) return
    const silent = last + this.#holdsMs
    const until = Math.min(at, silent)
    for (let v = this.stands.length - 1; v >= 0; v--) {
      const stand = this.stands[v] as Stand
      this.#over(v, stand.wait(until, this.#above(v)))
      if (at > silent && silent >= this.#from) this.#over(v, stand.judge('unknown', silent, null))
    }
  }

  #tick(at: number): void {
    for (let v = this.stands.length - 1; v >= 0; v--) {
      const stand = this.stands[v] as Stand
      stand.verdict = stand.check.tick?.(at, stand.active) ?? stand.verdict
      if (at < this.#from) continue
      this.#over(v, stand.wait(at, this.#above(v)))
      this.#over(v, stand.judge(stand.verdict, at, this.#above(v)))
    }
  }

  #above(v: number): Stand | null {
    return this.above?.stands[v] ?? null
  }

  /** Something of variant v was over that had stood for so long. The rule as it is comes last, so that the others are as far as it. */
  #over(v: number, ms: number): void {
    if (v > 0 || !isLong(ms)) return
    const from = (this.stands[0] as Stand).from
    for (const stand of this.stands) if (!stand.shownSince(from)) stand.lost++
  }

  #cover(value: number, quality: number, at: number): void {
    if (this.#mainCounts) {
      const from = Math.max(this.#mainAt, this.#from)
      const until = at - this.#mainAt <= this.#holdsMs ? at : this.#mainAt + slotMs
      this.coveredMs += Math.max(0, until - from)
    }
    this.#mainAt = at
    this.#mainCounts = counts(value, quality)
  }

  #keep(time: Time): void {
    this.limit ??= this.stands[0]?.check.shown().limit ?? null
    this.times.push(time)
    if (this.times.length >= 2 * mostTimes) this.times = this.times.slice(-mostTimes)
  }
}
