import type { Point } from './profile.ts'

/**
 * How a raw number with a text form is written, the same in every language: "2.45", "A.2", "087H3040", "2025-W32", "06:30",
 * "A130", "DFS", "Anl 2.1". Null when the number cannot be such a text.
 */
export function textOf(form: NonNullable<Point['text']>, raw: number): string | null {
  if (!Number.isInteger(raw) || raw < 0) return null
  const [high, low] = [raw >>> 8, raw & 0xff]
  switch (form) {
    case 'version':
      return high <= 0xff && low <= 99 ? `${high}.${two(low)}` : null
    case 'hundredths':
      return `${Math.floor(raw / 100)}.${two(raw % 100)}`
    case 'bcdVersion':
      return bcdVersion(raw)
    case 'revision':
      return isLetter(high) ? `${String.fromCharCode(high)}.${low}` : null
    case 'letter':
      return isLetter(raw) ? String.fromCharCode(raw) : null
    case 'letters':
      return lettersOf(raw)
    case 'mbusMaker': {
      const letters = [raw >>> 10, raw >>> 5, raw].map((part) => (part & 31) + 64)
      return raw <= 0x7fff && letters.every(isLetter) ? String.fromCharCode(...letters) : null
    }
    case 'orderCode':
      return raw >= 1 && raw <= 9999 ? `087H${String(raw).padStart(4, '0')}` : null
    case 'yearWeek':
      return high <= 99 && low >= 1 && low <= 53 ? `${2000 + high}-W${two(low)}` : null
    case 'serial':
      return String(raw)
    case 'system':
      return raw >= 10 ? `Anl ${Math.floor(raw / 10)}.${raw % 10}` : null
    case 'clock': {
      const [hour, minute] = [Math.floor(raw / 100), raw % 100]
      return minute < 60 && raw <= 2400 ? `${two(hour)}:${two(minute)}` : null
    }
  }
}

/** Four characters in 32 bits, filled up with zeros or spaces. */
function lettersOf(raw: number): string | null {
  const text = String.fromCharCode(...bytesOf(raw)).replace(/[\0 ]+$/, '')
  return /^[A-Z0-9.]+$/.test(text) ? text : null
}

/** Four numbers of two decimal digits each, "2.3.0.1". */
function bcdVersion(raw: number): string | null {
  const digits = bytesOf(raw).map((byte) => byte.toString(16))
  return digits.every((byte) => /^\d+$/.test(byte)) ? digits.map(Number).join('.') : null
}

const bytesOf = (raw: number) => [raw >>> 24, raw >>> 16, raw >>> 8, raw].map((part) => part & 0xff)
const two = (n: number) => String(n).padStart(2, '0')
const isLetter = (code: number) => code >= 65 && code <= 90
