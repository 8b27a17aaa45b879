import type { Input } from '#shared/inputs/contract.ts'
import type { Reading } from '#shared/reading.ts'

/** The raw number behind a reading of an input. Null when there is none, such as with nothing on the terminals. */
export function rawOf({ scale, offset }: Pick<Input, 'scale' | 'offset'>, reading: Reading | undefined): number | null {
  const value = reading?.value ?? null
  return value === null ? null : Math.round((value - offset) / scale)
}

/** The same as it is shown: the dash while nothing is known, null for an open input. */
export function rawText(input: Pick<Input, 'scale' | 'offset'>, reading: Reading | undefined): string | null {
  const raw = rawOf(input, reading)
  if (raw !== null) return String(raw)
  return reading?.quality === 'fault' ? null : '–'
}
