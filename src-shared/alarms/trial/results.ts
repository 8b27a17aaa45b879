import type { Quantity } from '../../units.ts'
import type { Trial } from '../trial-contract.ts'
import { mostTimes, type ConditionRun } from './condition-run.ts'
import type { DeviceRun } from './device-run.ts'
import { suggest } from './suggest.ts'
import { Sum } from './tally.ts'
import type { Variant } from './variants.ts'

type Found = Trial['places'][number]

const mostPlaces = 500
/** Places with all their times; those behind them come with the newest few. */
const wholePlaces = 10
const fewTimes = 10

/** Gathers what runs have found, device by device, and keeps only what is shown. */
export class Results {
  #places: Found[] = []
  #samples = 0
  #conditions = 0
  #coveredMs = 0
  readonly #sums: readonly Sum[]
  readonly #variants: readonly Variant[]
  readonly #is: Quantity | null

  /** `variants`: what is tried beside the rule as it is. `is`: what the first point of the rule measures. */
  constructor(variants: readonly Variant[], is: Quantity | null) {
    this.#variants = variants
    this.#is = is
    this.#sums = [null, ...variants].map(() => new Sum())
  }

  add(deviceName: string, run: DeviceRun): void {
    this.#samples += run.samples
    this.#conditions += run.conditions.length
    for (const condition of run.conditions) {
      this.#coveredMs += condition.coveredMs
      condition.stands.forEach(({ tally, lost }, v) => this.#sums[v]?.add(condition.place.device, tally, lost))
      if (condition.stands[0]?.tally.occurrences) this.#places.push(placeOf(deviceName, condition))
    }
    if (this.#places.length >= 4 * mostPlaces) this.#rank()
  }

  /** What the person is told; from and to UTC ms of the time that was looked at. */
  trial({ from, to, tookMs }: { from: number; to: number; tookMs: number }): Trial {
    const spanMs = to - from
    const [now = new Sum(), ...others] = this.#sums
    const variants = this.#variants.map((variant, i) => ({
      ...variant,
      lost: others[i]?.lost ?? 0,
      outcome: (others[i] ?? now).outcome(spanMs),
    }))
    const own = now.outcome(spanMs)
    const best = suggest(own, variants)
    this.#rank()
    return {
      untried: null,
      from,
      to,
      is: this.#is,
      conditions: this.#conditions,
      samples: this.#samples,
      tookMs,
      covered: this.#conditions > 0 && spanMs > 0 ? Math.min(1, this.#coveredMs / (this.#conditions * spanMs)) : 0,
      now: own,
      variants,
      suggestion: best && { deadband: best.deadband, onDelayS: best.onDelayS },
      places: this.#places,
    }
  }

  #rank(): void {
    this.#places = this.#places.toSorted((a, b) => b.occurrences - a.occurrences || b.activeMs - a.activeMs).slice(0, mostPlaces)
    this.#places.forEach((place, i) => (place.times = i < wholePlaces ? place.times : place.times.slice(0, fewTimes)))
  }
}

function placeOf(deviceName: string, { place, planned, limit, times, stands }: ConditionRun): Found {
  const tally = stands[0]?.tally
  return {
    device: place.device,
    deviceName,
    point: place.point,
    part: place.part,
    series: planned.point ? planned.series : null,
    is: planned.point?.is ?? null,
    limit,
    occurrences: tally?.occurrences ?? 0,
    activeMs: tally?.activeMs ?? 0,
    times: times
      .slice(-mostTimes)
      .toReversed()
      .map(({ from, to, value }) => ({ from, to, value: Number.isFinite(value) ? value : null })),
  }
}

/** The answer where history does not hold what such a rule looks at. */
export function untried(from: number, to: number): Trial {
  return { ...new Results([], null).trial({ from, to, tookMs: 0 }), untried: 'kind' }
}
