import type { Quality } from '../../reading.ts'

/** Whether a reading counts. Everything else is not known, and a value that is not known is not zero. */
export function counts(value: number, quality: Quality): boolean {
  return (quality === 'good' || quality === 'manual' || quality === 'substituted') && Number.isFinite(value)
}

/** What a value may be off by the way that devices count and write it: 79.9 is 79.9000015 in a float of 32 bits. */
export const roundingOf = (limit: number): number => 1e-6 * Math.max(1, Math.abs(limit))
