/**
 * A date or time as the meter sends it: in its own local time, without a zone. `every` is a date that comes back, such as each
 * 31 December; null stands for "every" there.
 */
export type MeterDate =
  | { kind: 'date'; date: string }
  | { kind: 'dateTime'; dateTime: string; summerTime: boolean }
  | { kind: 'timeOfDay'; time: string }
  | { kind: 'every'; year: number | null; month: number | null; day: number | null; hour: number | null; minute: number | null }
  | { kind: 'absent'; reason: 'unset' | 'invalid' }

type Fields = { year: number | null; month: number | null; day: number | null; hour: number | null; minute: number | null; second: number }

/** Two bytes, type G. */
export function dateOf(bytes: Uint8Array): MeterDate {
  const [low = 0, high = 0] = bytes
  if (isUnset(bytes)) return unset
  const fields: Fields = { ...calendarOf(low, high, undefined), hour: 0, minute: 0, second: 0 }
  return finish(fields, (date) => ({ kind: 'date', date }))
}

/** Four bytes, type F. */
export function dateTimeOf(bytes: Uint8Array): MeterDate {
  const [minutes = 0, hours = 0, low = 0, high = 0] = bytes
  if (isUnset(bytes)) return unset
  if ((minutes & 0x80) !== 0) return invalid
  const calendar = calendarOf(low, high, (hours >> 5) & 3)
  const fields: Fields = { ...calendar, hour: every(hours & 0x1f, 31), minute: every(minutes & 0x3f, 63), second: 0 }
  const summerTime = (hours & 0x80) !== 0
  return finish(fields, (date, time) => ({ kind: 'dateTime', dateTime: `${date}T${time.slice(0, 5)}`, summerTime }))
}

/** Six bytes, type I. */
export function exactTimeOf(bytes: Uint8Array): MeterDate {
  const [seconds = 0, minutes = 0, hours = 0, low = 0, high = 0] = bytes
  if (isUnset(bytes)) return unset
  if ((minutes & 0x80) !== 0) return invalid
  const calendar = calendarOf(low, high, undefined)
  const fields: Fields = { ...calendar, hour: every(hours & 0x1f, 31), minute: every(minutes & 0x3f, 63), second: seconds & 0x3f }
  const summerTime = (seconds & 0x40) !== 0
  return finish(fields, (date, time) => ({ kind: 'dateTime', dateTime: `${date}T${time}`, summerTime }))
}

/** Three bytes, type J. */
export function timeOfDayOf(bytes: Uint8Array): MeterDate {
  const [second = 0, minute = 0, hour = 0] = bytes.map((byte, i) => byte & (i === 2 ? 0x1f : 0x3f))
  if (second > 59 || minute > 59 || hour > 23) return invalid
  return { kind: 'timeOfDay', time: clockOf(hour, minute, second) }
}

const unset: MeterDate = { kind: 'absent', reason: 'unset' }
const invalid: MeterDate = { kind: 'absent', reason: 'invalid' }

function isUnset(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0) || bytes.every((byte) => byte === 0xff)
}

function calendarOf(low: number, high: number, century: number | undefined): Pick<Fields, 'year' | 'month' | 'day'> {
  const short = (low >> 5) | ((high & 0xf0) >> 1)
  return { year: short === 127 ? null : yearOf(short, century), month: every(high & 0x0f, 15), day: every(low & 0x1f, 0) }
}

/** Years 0 to 80 are of this century when the century is not said; `century` counts from 1900. */
function yearOf(short: number, century: number | undefined): number {
  if (short > 99) return Number.NaN
  if (century === undefined || century === 0) return short <= 80 ? 2000 + short : 1900 + short
  return 1900 + 100 * century + short
}

function every(value: number, sign: number): number | null {
  return value === sign ? null : value
}

function finish(fields: Fields, whole: (date: string, time: string) => MeterDate): MeterDate {
  const { year, month, day, hour, minute, second } = fields
  const inRange = between(month, 1, 12) && between(day, 1, daysIn(year, month)) && between(hour, 0, 23) && between(minute, 0, 59)
  if (!inRange || Number.isNaN(year) || second > 59) return invalid
  if (year === null || month === null || day === null || hour === null || minute === null) {
    return { kind: 'every', year, month, day, hour, minute }
  }
  const two = (value: number) => String(value).padStart(2, '0')
  return whole(`${year}-${two(month)}-${two(day)}`, clockOf(hour, minute, second))
}

function between(value: number | null, low: number, high: number): boolean {
  return value === null || (value >= low && value <= high)
}

function daysIn(year: number | null, month: number | null): number {
  return month === null ? 31 : new Date(Date.UTC(year ?? 2000, month, 0)).getUTCDate()
}

function clockOf(...parts: number[]): string {
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}
