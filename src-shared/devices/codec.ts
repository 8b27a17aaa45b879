import { decimals } from '../units.ts'
import { wordsOf, type Encoding } from './encoding.ts'
import type { Point } from './profile.ts'

/**
 * Raw number of a point out of register words (0 to 65535 each; coils 0 or 1), the first of them at `offset`. A float32 that
 * is not a number gives NaN, and so do decimal groups out of their range or with a unit that the point does not know. Integers
 * are exact up to 2^53. Throws RangeError when the words end too early.
 */
export function rawOf(point: Point, words: ArrayLike<number>, offset = 0): number {
  const count = wordsOf[point.as]
  if (offset < 0 || offset + count > words.length) {
    throw new RangeError(`${point.id}: needs ${count} words from ${offset} on, there are ${words.length}`)
  }
  const word = (i: number) => (words[offset + (point.swap ? count - 1 - i : i)] ?? 0) & 0xffff
  const first = word(0)
  if (point.bit !== undefined) return (first >>> point.bit) & maskOf(point)
  switch (point.as) {
    case 'uint16':
      return first
    case 'int16':
      return (first << 16) >> 16
    case 'uint32':
      return first * 0x10000 + word(1)
    case 'int32':
      return (first << 16) | word(1)
    case 'int64':
      return ((first << 16) | word(1)) * 0x100000000 + word(2) * 0x10000 + word(3)
    case 'float32':
      return floatOf((first << 16) | word(1))
    case 'decimal2':
      return decimalOf([0, first, word(1)])
    case 'decimal4':
      return decimalOf([first, word(1), word(2)]) * (point.factors?.[word(3)] ?? Number.NaN)
  }
}

/** Value of a point in the canonical unit of its quantity. A fault value of the maker, NaN and infinity give null and `fault`. */
export function decode(point: Point, words: ArrayLike<number>, offset = 0): { value: number | null; quality: 'good' | 'fault' } {
  return meaningOf(point, rawOf(point, words, offset))
}

/** The same for a raw number that has been taken out of its words already. */
export function meaningOf(point: Point, raw: number): { value: number | null; quality: 'good' | 'fault' } {
  if (!Number.isFinite(raw) || point.faults.includes(raw)) return { value: null, quality: 'fault' }
  return { value: scaled(point, raw), quality: 'good' }
}

/** The value that stands for OFF, in the canonical unit, or null when the point has none. */
export function offValue(point: Point): number | null {
  return point.off === undefined ? null : scaled(point, point.off)
}

/**
 * Register words that stand for a value in the canonical unit, rounded to what the point resolves; null gives the first fault
 * value. Throws RangeError when the words cannot hold the value, when it would read back as a fault, when there is no fault
 * value, and for a point that is only some bits of a word (see `place`).
 */
export function encode(point: Point, value: number | null): number[] {
  if (point.bit !== undefined) throw new RangeError(`${point.id}: is part of a word and cannot be written alone`)
  return wordsFor(point, rawFor(point, value))
}

/**
 * Puts a value into words that already hold others, as `encode` would, and leaves the other bits of the word as they are.
 * Throws RangeError as `encode` does.
 */
export function place(point: Point, value: number | null, words: { [i: number]: number; readonly length: number }, offset = 0): void {
  const count = wordsOf[point.as]
  if (offset < 0 || offset + count > words.length) {
    throw new RangeError(`${point.id}: needs ${count} words from ${offset} on, there are ${words.length}`)
  }
  if (point.bit === undefined) {
    wordsFor(point, rawFor(point, value)).forEach((word, i) => {
      words[offset + i] = word
    })
    return
  }
  const mask = maskOf(point) << point.bit
  words[offset] = ((words[offset] ?? 0) & ~mask & 0xffff) | (rawFor(point, value) << point.bit)
}

const largestFloat = (2 - 2 ** -23) * 2 ** 127

const ranges: Record<Encoding, readonly [number, number]> = {
  int16: [-0x8000, 0x7fff],
  uint16: [0, 0xffff],
  int32: [-0x80000000, 0x7fffffff],
  uint32: [0, 0xffffffff],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  float32: [-largestFloat, largestFloat],
  decimal2: [0, 9_999_999],
  decimal4: [0, Number.MAX_SAFE_INTEGER],
}

function rawFor(point: Point, value: number | null): number {
  if (value === null) {
    const fault = point.faults[0] ?? (point.as === 'float32' ? Number.NaN : undefined)
    if (fault === undefined) throw new RangeError(`${point.id}: has no value that stands for a fault`)
    return fault
  }
  if (!Number.isFinite(value)) throw new RangeError(`${point.id}: ${value} is not a number`)
  const raw = (value - point.offset) / point.scale
  const fitted = point.as === 'float32' ? Math.fround(raw) : nearest(raw)
  const [low, high] = point.bit !== undefined ? [0, maskOf(point)] : ranges[point.as]
  if (!(fitted >= low && fitted <= high)) throw new RangeError(`${point.id}: ${value} does not fit (raw ${raw} of ${low} to ${high})`)
  if (point.faults.includes(fitted)) throw new RangeError(`${point.id}: ${value} would read as a fault (raw ${fitted})`)
  return fitted
}

/** Nearest whole number. A half that division left at 200.49999999999997 still goes up. */
function nearest(raw: number): number {
  return Math.round(Math.abs(raw) < 1e15 ? Number(raw.toPrecision(15)) : raw) + 0
}

function wordsFor(point: Point, raw: number): number[] {
  const words: number[] = []
  if (point.as === 'float32') {
    const bits = bitsOf(raw)
    words.push(bits >>> 16, bits & 0xffff)
  } else if (point.as === 'decimal2') {
    words.push(...groupsOf(raw).slice(1))
  } else if (point.as === 'decimal4') {
    const [unit, factor] = Object.entries(point.factors ?? {})[0] ?? ['0', 1]
    words.push(...groupsOf(nearest(raw / factor)), Number(unit))
    if ((words[0] ?? 0) > 9999) throw new RangeError(`${point.id}: ${raw} does not fit into its decimal groups`)
  } else {
    let rest = raw
    for (let i = 0; i < wordsOf[point.as]; i++) {
      const low = ((rest % 0x10000) + 0x10000) % 0x10000
      words.unshift(low)
      rest = (rest - low) / 0x10000
    }
  }
  return point.swap ? words.reverse() : words
}

/** Thousandths out of ten thousands, ones and thousandths. */
function decimalOf([high, ones, thousandths]: readonly [number, number, number]): number {
  return high > 9999 || ones > 9999 || thousandths > 999 ? Number.NaN : (high * 10_000 + ones) * 1000 + thousandths
}

function groupsOf(thousandths: number): [number, number, number] {
  const whole = Math.floor(thousandths / 1000)
  return [Math.floor(whole / 10_000), whole % 10_000, thousandths % 1000]
}

function scaled(point: Point, raw: number): number {
  const exact = point.as === 'float32' ? shortestFloat(raw) : raw
  if (point.scale === 1 && point.offset === 0) return exact
  const power = powerOf(point.scale, point.offset)
  if (power === null) return exact * point.scale + point.offset
  // Whole numbers divided once: 2148 × 0.01 is 21.48 and not 21.480000000000004.
  return (exact * Math.round(point.scale * power) + Math.round(point.offset * power)) / power
}

/** Power of ten that makes scale and offset whole, or null when they have more than nine decimals. */
function powerOf(scale: number, offset: number): number | null {
  for (let power = 1; power <= 1e9; power *= 10) {
    if (isWhole(scale * power) && isWhole(offset * power)) return power
  }
  return null
}

const isWhole = (n: number) => Math.abs(n - Math.round(n)) <= 1e-9 && (n === 0 || Math.round(n) !== 0)

/**
 * Decimals to show a value with: all that a setting resolves, so that nothing written is hidden; for what is measured no more
 * than its quantity deserves.
 */
export function shownDecimals(point: Point): number {
  if (point.as === 'float32') return decimals[point.is]
  const resolved = Math.round(Math.log10(powerOf(point.scale, point.offset) ?? 10 ** decimals[point.is]))
  return point.role === 'setting' ? resolved : Math.min(resolved, decimals[point.is])
}

/** A float32 with the fewest digits that still name it, so that 21.48 on the wire is 21.48 and not 21.479999542236328. */
function shortestFloat(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return short
  }
  return value
}

const maskOf = (point: Point) => 2 ** point.bits - 1

const scratch = new DataView(new ArrayBuffer(4))

function floatOf(bits: number): number {
  scratch.setInt32(0, bits)
  return scratch.getFloat32(0)
}

function bitsOf(value: number): number {
  scratch.setFloat32(0, value)
  return scratch.getUint32(0)
}
