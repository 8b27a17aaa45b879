import { decode, meaningOf, place } from '#shared/devices/codec.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import type { Point } from '#shared/devices/profile.ts'

/** How the registers of one point take whatever the physics says: at its ends a register stops, as in a real device. */
export type Hold = {
  /** Puts a value in the canonical unit into the words that stand there; null: its fault value, when it has one. */
  put(value: number | null, words: number[]): void
  /** What would be read back, in the canonical unit; NaN for a fault. */
  seen(value: number | null): number
}

const ends = { int16: [-0x8000, 0x7fff], uint16: [0, 0xffff], int32: [-0x80000000, 0x7fffffff], uint32: [0, 0xffffffff] } as const
type Whole = keyof typeof ends
const isWhole = (as: Point['as']): as is Whole => Object.hasOwn(ends, as)
// Beyond it, decimal groups overflow; integers of 64 bits are exact.
const largest = 9_999_999
const largestFloat = 3e38

export function holdOf(point: Point): Hold {
  if (isWhole(point.as)) return wholeHold(point, point.as)
  return point.as === 'float32' ? floatHold(point) : otherHold(point)
}

function floatHold(point: Point): Hold {
  const { scale, offset, faults, swap } = point
  const view = new DataView(new ArrayBuffer(4))
  const own = [0, 0]
  const put: Hold['put'] = (value, words) => {
    if (value === null || Number.isNaN(value)) view.setFloat32(0, faults[0] ?? Number.NaN)
    else {
      const raw = Math.fround(Math.min(Math.max((value - offset) / scale, -largestFloat), largestFloat))
      view.setFloat32(0, faults.includes(raw) ? raw + 1 : raw)
    }
    words[swap ? 1 : 0] = view.getUint16(0)
    words[swap ? 0 : 1] = view.getUint16(2)
  }
  return {
    put,
    seen(value) {
      put(value, own)
      return decode(point, own).value ?? Number.NaN
    },
  }
}

function wholeHold(point: Point, as: Whole): Hold {
  const { bit, scale, offset, faults, swap } = point
  const mask = 2 ** point.bits - 1
  const [low, high] = bit === undefined ? ends[as] : [0, mask]
  const known = new Map<number, number>()
  const rawOf = (value: number | null) => {
    if (value === null || Number.isNaN(value)) return faults[0]
    const raw = Math.min(Math.max(Math.round((value - offset) / scale), low), high)
    return faults.includes(raw) ? (raw === high ? raw - 1 : raw + 1) : raw
  }
  const meaning = (raw: number) => meaningOf(point, raw).value ?? Number.NaN
  return {
    put(value, words) {
      const raw = rawOf(value)
      if (raw === undefined) return
      if (bit !== undefined) words[0] = ((words[0] ?? 0) & ~(mask << bit) & 0xffff) | (raw << bit)
      else if (words.length === 1) words[0] = raw & 0xffff
      else {
        words[swap ? 1 : 0] = Math.floor(raw / 0x10000) & 0xffff
        words[swap ? 0 : 1] = raw & 0xffff
      }
    },
    seen(value) {
      const raw = rawOf(value)
      if (raw === undefined) return Number.NaN
      if (wordsOf[as] > 1) return meaning(raw)
      let found = known.get(raw)
      if (found === undefined) known.set(raw, (found = meaning(raw)))
      return found
    },
  }
}

function otherHold(point: Point): Hold {
  const top = point.as === 'decimal2' ? largest : point.as === 'decimal4' ? largest * 10_000 : 2 ** 53 - 1
  const low = point.as === 'int64' ? -top : 0
  const fit = (value: number | null) => {
    if (value === null || Number.isNaN(value)) return point.faults.length > 0 ? null : undefined
    const raw = Math.min(Math.max((value - point.offset) / point.scale, low), top)
    return (point.faults.includes(Math.round(raw)) ? raw + 1 : raw) * point.scale + point.offset
  }
  const words: number[] = Array.from({ length: wordsOf[point.as] }, () => 0)
  const put: Hold['put'] = (value, into) => {
    const fitted = fit(value)
    if (fitted !== undefined) place(point, fitted, into)
  }
  return {
    put,
    seen(value) {
      if (fit(value) === undefined) return Number.NaN
      put(value, words)
      return decode(point, words).value ?? Number.NaN
    },
  }
}
