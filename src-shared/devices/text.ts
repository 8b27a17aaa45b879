import type { Point } from './profile.ts'

/**
 * How a raw number with a text form is written, the same in every language: "2.45", "A.2", "087H3040", "2025-W32", "06:30".
 * Null when the number cannot be such a text.
 */
export function textOf(form: NonNullable<Point['text']>, raw: number): string | null {
  if (!Number.isInteger(raw) || raw < 0) return null
  const [high, low] = [raw >>> 8, raw & 0xff]
  switch (form) {
    case 'version':
      return high <= 0xff && low <= 99 ? `${high}.${two(low)}` : null
    case 'revision':
      return isLetter(high) ? `${String.fromCharCode(high)}.${low}` : null
    case 'letter':
      return isLetter(raw) ? String.fromCharCode(raw) : null
    case 'orderCode':
      return raw >= 1 && raw <= 9999 ? `087H${String(raw).padStart(4, '0')}` : null
    case 'yearWeek':
      return high <= 99 && low >= 1 && low <= 53 ? `${2000 + high}-W${two(low)}` : null
    case 'serial':
      return String(raw)
    case 'clock': {
      const [hour, minute] = [Math.floor(raw / 100), raw % 100]
      return minute < 60 && raw <= 2400 ? `${two(hour)}:${two(minute)}` : null
    }
  }
}

const two = (n: number) => String(n).padStart(2, '0')
const isLetter = (code: number) => code >= 65 && code <= 90
