import { hourMs, type Register } from './register.ts'

/** Fewer steps than this say nothing about what is usual. */
const fewest = 20
const times = 10
const share = 0.9

/** Ten times what nine of ten steps up stay below, in an hour; null when there are too few of them. */
export function usualLimit({ at, value }: Register): number | null {
  const rates: number[] = []
  let last = -1
  for (let i = 0; i < at.length; i++) {
    const now = value[i] as number
    if (!(now > 0)) continue
    const step = last < 0 ? 0 : now - (value[last] as number)
    if (step > 0) rates.push((step / ((at[i] as number) - (at[last] as number))) * hourMs)
    last = i
  }
  return rates.length < fewest ? null : quantile(Float64Array.from(rates).sort(), share) * times
}

/** Of ascending numbers; NaN of none. */
export function quantile(sorted: Float64Array, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}
