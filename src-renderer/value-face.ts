import type { Quality, Reading } from '#shared/reading.ts'
import type { TextForm } from '#shared/devices/encoding.ts'
import { textOf } from '#shared/devices/text.ts'
import type { Format, Measured } from './format.ts'

/** What a value on the screen says: the point's own facts, and its newest reading if there is one. */
export type Shown = Measured & { values: Record<string, string> | null; off: number | null; text?: TextForm | null }

export type Face = {
  /** Number, name of a state or OFF. Null when there is no value. */
  text: string | null
  unit: string
  /** Why there is no value. */
  absent: 'none' | 'fault' | 'offline' | null
  /** ms since the reading, or null when there was none. */
  age: number | null
  stale: boolean
  /** How a value came about when it was not simply measured. */
  mark: Extract<Quality, 'substituted' | 'manual' | 'log'> | null
}

/** Watched values are read every 10 s and values of lists every 15 min; older than twice that is stale. */
export const watchedStaleMs = 30_000

const marks: readonly Quality[] = ['substituted', 'manual', 'log']

export function face(
  shown: Shown,
  reading: Reading | undefined,
  now: number,
  format: Format,
  words: { off: string; name: (key: string) => string },
  staleMs = watchedStaleMs,
): Face {
  if (!reading) return { text: null, unit: '', absent: 'none', age: null, stale: false, mark: null }
  const age = Math.max(0, now - reading.at)
  const { value, quality } = reading
  if (value === null) {
    const absent = quality === 'offline' ? 'offline' : quality === 'fault' ? 'fault' : 'none'
    // The time of a read that brought no answer is not the age of a value.
    return { text: null, unit: '', absent, age: absent === 'fault' ? age : null, stale: false, mark: null }
  }
  const { text, unit } = valueText(shown, value, format, words)
  const stale = quality === 'stale' || quality === 'offline' || age > staleMs
  return { text, unit, absent: null, age, stale, mark: marks.includes(quality) ? (quality as Face['mark']) : null }
}

/** A value with its unit, where OFF and named states have neither digits nor unit. */
export function valueText(
  shown: Shown,
  value: number,
  format: Format,
  words: { off: string; name: (key: string) => string },
): { text: string; unit: string } {
  if (shown.off !== null && value === shown.off) return { text: words.off, unit: '' }
  const key = shown.values?.[String(value)]
  const written = shown.text && textOf(shown.text, value)
  if (written) return { text: written, unit: '' }
  if (key !== undefined) return { text: words.name(key) || key, unit: '' }
  if (shown.is === 'duration') return { text: format.duration(value), unit: '' }
  return { text: format.number(value, shown.decimals), unit: shown.unit }
}
