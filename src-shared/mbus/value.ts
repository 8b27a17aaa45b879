import { takeByte, takeBytes, type Cursor } from './cursor.ts'
import { dateOf, dateTimeOf, exactTimeOf, timeOfDayOf, type MeterDate } from './date.ts'
import type { DataCoding } from './dif.ts'
import { badAnswer } from './fault.ts'
import { latin1 } from './text.ts'
import type { ValueInfo } from './vif.ts'

/**
 * What a record says. `number` is in the unit of the record. `large` is a whole number that a `number` cannot hold: the value
 * is `integer` × 10^`exponent` × the factor of the record's unit. `absent` is never to be taken for 0: `empty` (no data asked
 * for), `error` (the meter says why, see the record), `marker` (the pattern that means invalid), `digits` (a decimal number
 * with signs that are no digits, kept as they came).
 */
export type MeterValue =
  | { kind: 'number'; value: number }
  | { kind: 'large'; integer: bigint; exponent: number; factor: number }
  | { kind: 'text'; text: string }
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'absent'; reason: 'empty' | 'error' | 'marker' }
  | { kind: 'absent'; reason: 'digits'; digits: string }
  | MeterDate

/** Reads the data of a record. `bytes` is what stood on the wire. Throws `device.badAnswer`. */
export function takeValue(cursor: Cursor, coding: DataCoding, info: ValueInfo): { value: MeterValue; bytes: Uint8Array } {
  const start = cursor.at
  const value = coding.kind === 'variable' ? takeVariable(cursor, info) : valueOf(takeFixed(cursor, coding), coding, info)
  const bytes = cursor.bytes.slice(start, cursor.at)
  return { value: info.error === null ? value : { kind: 'absent', reason: 'error' }, bytes }
}

function takeFixed(cursor: Cursor, coding: Exclude<DataCoding, { kind: 'variable' }>): Uint8Array {
  return takeBytes(cursor, coding.kind === 'none' ? 0 : coding.bytes, 'dataShort')
}

function valueOf(bytes: Uint8Array, coding: DataCoding, info: ValueInfo): MeterValue {
  if (coding.kind === 'none') return { kind: 'absent', reason: 'empty' }
  if (info.read === 'date') return coding.kind === 'integer' ? moment(bytes) : { kind: 'bytes', bytes: bytes.slice() }
  if (coding.kind === 'decimal') return decimalOf(bytes, info)
  return coding.kind === 'float' ? floatOf(bytes, info) : integerOf(bytes, info)
}

function moment(bytes: Uint8Array): MeterValue {
  if (bytes.length === 2) return dateOf(bytes)
  if (bytes.length === 3) return timeOfDayOf(bytes)
  if (bytes.length === 4) return dateTimeOf(bytes)
  return bytes.length === 6 ? exactTimeOf(bytes) : { kind: 'bytes', bytes: bytes.slice() }
}

/** So many bytes of a binary number, or of decimal digits, fit a number whatever is in them. */
const mostBinary = 6
const mostDecimal = 7

/** A binary number with its lowest byte first. The lowest number that has a sign means invalid. */
export function integerOf(bytes: Uint8Array, info: Scale & Pick<ValueInfo, 'read'>): MeterValue {
  const plain = info.read === 'unsigned' || info.read === 'bits'
  if (bytes.length <= mostBinary) {
    let number = 0
    for (let i = bytes.length - 1; i >= 0; i--) number = number * 256 + (bytes[i] ?? 0)
    if (plain || bytes.length === 0) return { kind: 'number', value: times(number, info) }
    const half = 2 ** (bytes.length * 8 - 1)
    if (number === half) return { kind: 'absent', reason: 'marker' }
    return { kind: 'number', value: times(number > half ? number - 2 * half : number, info) }
  }
  let integer = 0n
  for (let i = bytes.length - 1; i >= 0; i--) integer = (integer << 8n) | BigInt(bytes[i] ?? 0)
  if (plain) return scaled(integer, info)
  const bits = bytes.length * 8
  const signed = BigInt.asIntN(bits, integer)
  return signed === -(1n << BigInt(bits - 1)) ? { kind: 'absent', reason: 'marker' } : scaled(signed, info)
}

/** Two digits a byte, the last two first. F in the first place is a minus; other signs beyond 9 leave no number. */
export function decimalOf(bytes: Uint8Array, info: Scale): MeterValue {
  const first = bytes.at(-1) ?? 0
  const negative = first >> 4 === 0x0f
  if (bytes.length > 0 && bytes.length <= mostDecimal) {
    let number = 0
    for (let i = bytes.length - 1; i >= 0; i--) {
      const byte = bytes[i] ?? 0
      const high = negative && i === bytes.length - 1 ? 0 : byte >> 4
      if (high > 9 || (byte & 0x0f) > 9) return { kind: 'absent', reason: 'digits', digits: digitsOf(bytes) }
      number = number * 100 + high * 10 + (byte & 0x0f)
    }
    return { kind: 'number', value: times(negative ? -number : number, info) }
  }
  const digits = digitsOf(bytes)
  const rest = negative ? digits.slice(1) : digits
  if (!/^\d+$/.test(rest)) return { kind: 'absent', reason: 'digits', digits }
  return scaled(negative ? -BigInt(rest) : BigInt(rest), info)
}

function digitsOf(bytes: Uint8Array): string {
  return [...bytes]
    .reverse()
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
}

function floatOf(bytes: Uint8Array, info: Scale): MeterValue {
  const number = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getFloat32(0, true)
  const value = times(number, info)
  return Number.isFinite(value) ? { kind: 'number', value } : { kind: 'absent', reason: 'marker' }
}

type Scale = Pick<ValueInfo, 'exponent' | 'factor'>

function scaled(integer: bigint, { exponent, factor }: Scale): MeterValue {
  const number = Number(integer)
  if (!Number.isSafeInteger(number)) return { kind: 'large', integer, exponent, factor }
  return { kind: 'number', value: times(number, { exponent, factor }) }
}

/** Divides by whole powers of ten, so that 56108 hundredths are 561.08 and not its neighbour. */
function times(number: number, { exponent, factor }: Scale): number {
  const value = exponent < 0 ? number / 10 ** -exponent : number * 10 ** exponent
  // A minus before zero says nothing.
  return value * factor + 0
}

const profiles = new Set(['inverseProfile', 'profile', 'numberedProfile', 'standardContent'])

/** Data that say their own length in the first byte. */
function takeVariable(cursor: Cursor, info: ValueInfo): MeterValue {
  const at = cursor.at
  const sign = takeByte(cursor, 'dataShort')
  if (sign <= 0xbf) {
    const bytes = takeBytes(cursor, sign, 'dataShort')
    return info.notes.some((note) => profiles.has(note)) ? { kind: 'bytes', bytes: bytes.slice() } : { kind: 'text', text: latin1(bytes) }
  }
  const length = sign & 0x0f
  if (isNumberSign(sign) && length === 0) return { kind: 'absent', reason: 'empty' }
  if (sign <= 0xc9) return decimalOf(takeBytes(cursor, length, 'dataShort'), info)
  if (sign >= 0xd0 && sign <= 0xd9) return negated(decimalOf(takeBytes(cursor, length, 'dataShort'), info))
  if (sign >= 0xe0 && sign <= 0xef) return binaryOf(takeBytes(cursor, length, 'dataShort'), info)
  const long = longBinary(sign)
  if (long === undefined) throw badAnswer('lvar', { at, lvar: sign })
  return { kind: 'bytes', bytes: takeBytes(cursor, long, 'dataShort').slice() }
}

function isNumberSign(sign: number): boolean {
  return sign === 0xc0 || sign === 0xd0 || sign === 0xe0
}

function longBinary(sign: number): number | undefined {
  if (sign >= 0xf0 && sign <= 0xf4) return 4 * (sign - 0xec)
  return sign === 0xf5 ? 48 : sign === 0xf6 ? 64 : undefined
}

function binaryOf(bytes: Uint8Array, info: ValueInfo): MeterValue {
  const isNumber = bytes.length <= 8 && info.read !== 'date' && !info.notes.some((note) => profiles.has(note))
  return isNumber ? integerOf(bytes, info) : { kind: 'bytes', bytes: bytes.slice() }
}

function negated(value: MeterValue): MeterValue {
  if (value.kind === 'number') return { kind: 'number', value: 0 - value.value }
  return value.kind === 'large' ? { ...value, integer: -value.integer } : value
}
