import { decode } from '#shared/devices/codec.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import type { Point } from '#shared/devices/profile.ts'

/** Value of a point in the canonical unit out of its words at `at`; NaN: the device says that the sensor is broken. */
export type Meaning = (words: Uint16Array, at: number) => number

export type Meanings = (point: Point) => Meaning

/** Readers of points; those that mean the same by a word share what they have worked out for it. */
export function meanings(): Meanings {
  const tables = new Map<string, Meaning>()
  return (point) => {
    if (wordsOf[point.as] > 1) return remembering(point, wordsOf[point.as])
    const { as, bit, bits, scale, offset, faults } = point
    const key = JSON.stringify([as, bit, bits, scale, offset, faults])
    const known = tables.get(key)
    if (known) return known
    const made = tabled(point)
    tables.set(key, made)
    return made
  }
}

/** Much of what is long moves seldom: what was worked out last is kept. */
function remembering(point: Point, count: number): Meaning {
  const last = new Uint16Array(count)
  let value: number | undefined
  return (words, at) => {
    let same = value !== undefined
    for (let i = 0; i < count; i++) {
      const word = words[at + i] ?? 0
      if (last[i] !== word) same = false
      last[i] = word
    }
    if (!same) value = decode(point, words, at).value ?? Number.NaN
    return value ?? Number.NaN
  }
}

function tabled(point: Point): Meaning {
  const values = new Float64Array(0x10000)
  const known = new Uint8Array(0x10000)
  return (words, at) => {
    const word = words[at] ?? 0
    if (known[word] !== 1) {
      values[word] = decode(point, words, at).value ?? Number.NaN
      known[word] = 1
    }
    return values[word] ?? Number.NaN
  }
}
