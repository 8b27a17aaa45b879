import { meaningOf } from '#shared/devices/codec.ts'
import type { Point } from '#shared/devices/profile.ts'
import type { Quality } from '#shared/reading.ts'
import { qualityOf } from './status.ts'

/** What is used of an answer for one node; the library's own objects fit. Anything in them may be wrong. */
export type Answered = {
  value?: { dataType?: unknown; arrayType?: unknown; value?: unknown } | null | undefined
  statusCode?: { value?: unknown } | null | undefined
  sourceTimestamp?: Date | null | undefined
}

/** Numbers of the built-in types in OPC 10000-6, 5.1.2. */
const types = { boolean: 1, int64: 8, uint64: 9, float: 10, double: 11, string: 12, dateTime: 13, localizedText: 21 }
const scalar = 0
const longestText = 200
const good = 0

/** A source may be ahead of us by this much; beyond, its clock is wrong and ours is taken. */
const aheadMs = 60_000

export function statusOf(answered: Answered | undefined): number {
  const status = answered?.statusCode?.value
  return typeof status === 'number' && Number.isFinite(status) ? status >>> 0 : good
}

/**
 * The plain number in an answer, before scale: true is 1, an enumeration its number, a date UTC seconds, a text that is a number
 * with at most a letter before it ("R9", "V2.45") that number. NaN for everything else, arrays among it.
 */
export function rawOf(answered: Answered | undefined): number {
  const variant = answered?.value
  if (!variant || (variant.arrayType !== undefined && variant.arrayType !== scalar)) return Number.NaN
  const { dataType, value } = variant
  switch (dataType) {
    case types.boolean:
      return value === true ? 1 : value === false ? 0 : Number.NaN
    case types.int64:
    case types.uint64:
      return wide(value, dataType === types.int64)
    case types.dateTime:
      return value instanceof Date ? Math.floor(value.getTime()) / 1000 : Number.NaN
    case types.string:
      return numberIn(value)
    case types.localizedText:
      return typeof value === 'object' && value !== null && 'text' in value ? numberIn(value.text) : Number.NaN
    default:
      return isNumeric(dataType) && typeof value === 'number' ? value : Number.NaN
  }
}

/** Integers and floating point numbers of up to 64 bits. */
export function isNumeric(dataType: unknown): boolean {
  return typeof dataType === 'number' && dataType > types.boolean && dataType <= types.double
}

/** High and low word. Integers beyond 2^53 are not exact and count as none. */
function wide(value: unknown, signed: boolean): number {
  if (!Array.isArray(value) || value.length !== 2) return Number.NaN
  const [high, low] = value as unknown[]
  if (typeof high !== 'number' || typeof low !== 'number') return Number.NaN
  const whole = (signed ? high | 0 : high >>> 0) * 0x1_0000_0000 + (low >>> 0)
  return Number.isSafeInteger(whole) ? whole : Number.NaN
}

function numberIn(text: unknown): number {
  if (typeof text !== 'string' || text.length > longestText) return Number.NaN
  const found = /^\s*[A-Za-z]?\s?([+-]?\d{1,15}(?:\.\d{1,15})?)\s*$/.exec(text)
  return found ? Number(found[1]) : Number.NaN
}

/** Points with and without the rounding that only a number of 32 bits deserves. */
const exact = new WeakMap<Point, Point>()

function exactly(point: Point): Point {
  let other = exact.get(point)
  if (!other) exact.set(point, (other = { ...point, as: 'int64' }))
  return other
}

/**
 * The value of a point in its canonical unit (NaN when absent), how far it can be trusted, and UTC ms of its source. Many servers tell
 * when a value changed last and not when it was looked at, so only a time after `last`, when the node was read before, counts; 0
 * stands for now.
 */
export function meaning(
  point: Point,
  answered: Answered | undefined,
  now: number,
  last = Number.POSITIVE_INFINITY,
): { value: number; quality: Quality; at: number } {
  const source = sourceTime(answered, now)
  const at = source > last ? source : 0
  const quality = answered ? qualityOf(statusOf(answered)) : 'fault'
  if (quality === 'fault' || quality === 'offline') return { value: Number.NaN, quality, at }
  const variant = answered?.value
  const { value } = meaningOf(variant?.dataType === types.float ? point : exactly(point), rawOf(answered))
  if (value === null || !Number.isFinite(value)) return { value: Number.NaN, quality: 'fault', at }
  return { value, quality, at }
}

function sourceTime(answered: Answered | undefined, now: number): number {
  const at = answered?.sourceTimestamp instanceof Date ? answered.sourceTimestamp.getTime() : Number.NaN
  return at <= now + aheadMs ? Math.min(at, now) : 0
}

const plain = new Set(['number', 'boolean', 'bigint'])

/** A value as a person reads it, whatever its type: short, in one line. */
export function textOf(answered: Answered | undefined): string {
  const variant = answered?.value
  const { value } = variant ?? {}
  if (value === null || value === undefined) return ''
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const wideOne = variant?.arrayType === scalar && (variant.dataType === types.int64 || variant.dataType === types.uint64)
    if (wideOne) return String(rawOf(answered))
    return `[${Array.isArray(value) ? value.length : value.byteLength}]`
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString()
  if (typeof value === 'object') return 'text' in value && typeof value.text === 'string' ? clip(value.text) : '{…}'
  return typeof value === 'string' ? clip(value) : plain.has(typeof value) ? String(value as number) : ''
}

/** One line of at most 200 characters, without control characters. */
export function clip(text: unknown): string {
  const line = typeof text === 'string' ? text.slice(0, longestText + 1).replaceAll(/\p{Cc}+/gu, ' ') : ''
  return line.length > longestText ? `${line.slice(0, longestText - 1)}…` : line
}
