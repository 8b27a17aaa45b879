import { clamp } from './physics/noise.ts'
import { mean, type Weather } from './physics/weather.ts'

const hour = 3_600_000
const step = 3 * hour
/** Since when the town's meters count; before, they stand still. */
export const begin = Date.UTC(2020, 0, 1)

/** What has added up in a town's weather since its meters began. */
export type Ledger = {
  /** How far the day's mean is below `base` °C at an instant (K), and what that has added up to (K·h). */
  cold(base: number, at: number): { now: number; sum: number }
  /** Lowest and highest outdoor temperature since the beginning, °C. */
  extremes(at: number): { lowest: number; highest: number }
}

/** Knots three hours apart, made once and as far as they are asked for; straight between them, so sums are exact. */
export function ledgerOf(weather: Weather): Ledger {
  const lasting: number[] = []
  const lowest: number[] = []
  const highest: number[] = []
  const sums = new Map<number, number[]>()
  const upTo = (knot: number) => {
    for (let i = lasting.length; i <= knot; i++) {
      const at = begin + i * step
      const outdoor = weather(at)
      lasting.push(mean(weather, at, 24 * hour, 8))
      lowest.push(Math.min(outdoor, lowest[i - 1] ?? outdoor))
      highest.push(Math.max(outdoor, highest[i - 1] ?? outdoor))
    }
  }
  const place = (at: number) => {
    const knots = Math.max(0, (at - begin) / step)
    const knot = Math.floor(knots)
    upTo(knot + 1)
    return { knot, rest: knots - knot }
  }
  return {
    cold(base, at) {
      const { knot, rest } = place(at)
      const below = (i: number) => Math.max(0, base - (lasting[i] ?? base))
      const sum = sums.get(base) ?? [0]
      sums.set(base, sum)
      for (let i = sum.length; i <= knot; i++) sum.push((sum[i - 1] ?? 0) + ((below(i - 1) + below(i)) / 2) * (step / hour))
      const left = below(knot)
      const now = left + rest * (below(knot + 1) - left)
      return { now: at < begin ? 0 : now, sum: (sum[knot] ?? 0) + ((left + now) / 2) * rest * (step / hour) }
    },
    extremes(at) {
      const { knot } = place(at)
      const now = clamp(weather(at), -50, 50)
      return { lowest: Math.min(lowest[knot] ?? now, now), highest: Math.max(highest[knot] ?? now, now) }
    },
  }
}
