import type { Quality } from '../../../reading.ts'
import type { Check, Delays, Verdict } from '../../check.ts'
import { Hold } from '../../hold.ts'

export const minute = 60_000
export const hour = 60 * minute

/** A reading: its value, or a quality without a value, or both. */
export type Told = number | Exclude<Quality, 'good'> | readonly [number, Quality]

export function told(reading: Told): [number, Quality] {
  if (typeof reading === 'number') return [reading, 'good']
  return typeof reading === 'string' ? [Number.NaN, reading] : [...reading]
}

/** Verdicts of readings of series 0, `everyMs` apart from `from` on; the alarm is never raised. */
export function verdicts(check: Check, readings: readonly Told[], everyMs = minute, from = 0): Verdict[] {
  return readings.map((reading, n) => check.take(0, ...told(reading), from + n * everyMs, false))
}

/** Whether the alarm is raised after each reading, with its delays. */
export function raised(
  check: Check,
  readings: readonly Told[],
  { delays = { onMs: 0, offMs: 0 }, everyMs = minute, active = false }: { delays?: Delays; everyMs?: number; active?: boolean } = {},
): boolean[] {
  const hold = new Hold()
  let is = active
  return readings.map((reading, n) => {
    const change = hold.take(check.take(0, ...told(reading), n * everyMs, is), n * everyMs, is, delays)
    if (change !== null) is = change === 'raise'
    return is
  })
}

/** A generator of the same numbers each time, from 0 up to 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
