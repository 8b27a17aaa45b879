import { describe, expect, it } from 'vitest'
import { decode, encode, meaningOf, offValue, place, rawOf, shownDecimals } from './codec.ts'
import type { Encoding } from './encoding.ts'
import type { Point } from './profile.ts'
import { barePoint } from './testing/point.ts'

const point = (with_: Partial<Point> = {}): Point =>
  barePoint({ id: 'outdoor', address: 10200, number: 10201, is: 'temperature', ...with_ })

const sensor = point({ scale: 0.01, faults: [19200] })

describe('decoding', () => {
  it('scales without binary noise', () => {
    expect(decode(sensor, [2148])).toEqual({ value: 21.48, quality: 'good' })
    expect(decode(point({ scale: 0.1 }), [3]).value).toBe(0.3)
    expect(decode(point({ scale: 0.07 }), [100]).value).toBe(7)
    expect(decode(point({ scale: 0.0001, as: 'uint32' }), [0, 12345]).value).toBe(1.2345)
    for (let raw = -6000; raw <= 15000; raw++) expect(decode(sensor, [raw & 0xffff]).value).toBe(Number((raw / 100).toFixed(2)))
  })

  it('adds the offset without binary noise', () => {
    expect(decode(point({ scale: 0.01, offset: -273.15 }), [29421]).value).toBe(21.06)
  })

  it('reads negative numbers as two’s complement', () => {
    expect(decode(point(), [65521]).value).toBe(-15)
    expect(decode(point({ scale: 0.1 }), [65516]).value).toBe(-2)
    expect(decode(point({ as: 'uint16' }), [65521]).value).toBe(65521)
    expect(decode(point({ as: 'int32' }), [0xffff, 0xfff1]).value).toBe(-15)
    expect(decode(point({ as: 'int64' }), [0xffff, 0xffff, 0xffff, 0xfff1]).value).toBe(-15)
  })

  it('reads long numbers high word first, and low word first when swapped', () => {
    expect(decode(point({ as: 'uint32' }), [7, 60434]).value).toBe(519186)
    expect(decode(point({ as: 'uint32', swap: true }), [60434, 7]).value).toBe(519186)
    expect(decode(point({ as: 'uint32' }), [0xffff, 0xffff]).value).toBe(4294967295)
    expect(decode(point({ as: 'int64' }), [0, 1, 0, 2]).value).toBe(4294967298)
    expect(decode(point({ as: 'int64', swap: true }), [2, 0, 1, 0]).value).toBe(4294967298)
  })

  it('reads floats as the shortest number that they stand for', () => {
    expect(decode(point({ as: 'float32' }), [0x41ab, 0xd70a]).value).toBe(21.48)
    expect(decode(point({ as: 'float32', swap: true }), [0xd70a, 0x41ab]).value).toBe(21.48)
  })

  it('makes a fault of a fault value, of a float that is not a number and of infinity', () => {
    const fault = { value: null, quality: 'fault' }
    expect(decode(sensor, [19200])).toEqual(fault)
    expect(decode(point({ faults: [-32768] }), [0x8000])).toEqual(fault)
    expect(decode(point({ as: 'uint16', faults: [65535] }), [65535])).toEqual(fault)
    expect(decode(point({ as: 'float32' }), [0x7fc0, 0])).toEqual(fault)
    expect(decode(point({ as: 'float32' }), [0x7f80, 0])).toEqual(fault)
    expect(meaningOf(sensor, 19200)).toEqual(fault)
    expect(decode(sensor, [19199]).value).toBe(191.99)
  })

  it('takes single bits and groups of bits', () => {
    expect(decode(point({ bit: 0 }), [0b1001]).value).toBe(1)
    expect(decode(point({ bit: 1 }), [0b1001]).value).toBe(0)
    expect(decode(point({ bit: 15 }), [0x8000]).value).toBe(1)
    expect(decode(point({ bit: 14, bits: 2 }), [0x8000]).value).toBe(2)
    expect(decode(point({ bit: 1, bits: 15 }), [0xffff]).value).toBe(32767)
  })

  it('reads from any place in the words and refuses to read past their end', () => {
    expect(rawOf(point(), [1, 2, 3], 2)).toBe(3)
    expect(rawOf(point(), Uint16Array.of(1, 2, 3), 1)).toBe(2)
    expect(() => rawOf(point(), [1], 1)).toThrow(/outdoor: needs 1 words from 1 on, there are 1/)
    expect(() => rawOf(point({ as: 'uint32' }), [1])).toThrow(RangeError)
    expect(() => rawOf(point(), [1], -1)).toThrow(RangeError)
  })
})

describe('encoding', () => {
  it('gives the words that decode reads back, for every encoding', () => {
    const values: Record<Encoding, number[]> = {
      int16: [-32768, -15, 0, 32767],
      uint16: [0, 40000, 65535],
      int32: [-2147483648, -1, 0, 65536, 2147483647],
      uint32: [0, 65536, 4294967295],
      int64: [Number.MIN_SAFE_INTEGER, -1, 0, 4294967296, Number.MAX_SAFE_INTEGER],
      float32: [-0.1, 0, 21.48, 1e30],
      decimal2: [0, 1, 101690, 9999999],
      decimal4: [0, 37351000, 99999999999],
    }
    for (const [as, list] of Object.entries(values) as [Encoding, number[]][]) {
      for (const swap of [false, true]) {
        const one = point({ as, swap, factors: { 1: 1 } })
        for (const value of list) expect(decode(one, encode(one, value)), `${as} ${value}`).toEqual({ value, quality: 'good' })
      }
    }
  })

  it('rounds to what the point resolves', () => {
    expect(encode(sensor, 21.48)).toEqual([2148])
    expect(encode(point({ scale: 0.1 }), 20.05)).toEqual([201])
    expect(encode(point(), -15)).toEqual([65521])
    expect(encode(point(), -0.2)).toEqual([0])
    expect(encode(point({ scale: 60 }), 600)).toEqual([10])
    expect(encode(point({ scale: 0.01, offset: -273.15 }), 21.06)).toEqual([29421])
  })

  it('gives the first fault value for an absent value', () => {
    expect(encode(point({ faults: [19200, 19201] }), null)).toEqual([19200])
    expect(decode(point({ as: 'float32' }), encode(point({ as: 'float32' }), null)).quality).toBe('fault')
    expect(() => encode(point(), null)).toThrow(/outdoor: has no value that stands for a fault/)
  })

  it('refuses what does not fit, what is not a number and what would read as a fault', () => {
    expect(() => encode(sensor, 400)).toThrow(/outdoor: 400 does not fit/)
    expect(() => encode(point({ as: 'uint16' }), -1)).toThrow(RangeError)
    expect(() => encode(point({ as: 'uint32' }), 2 ** 32)).toThrow(RangeError)
    expect(() => encode(point({ as: 'int64' }), 2 ** 60)).toThrow(RangeError)
    expect(() => encode(point({ as: 'float32' }), 1e39)).toThrow(RangeError)
    expect(() => encode(sensor, Number.NaN)).toThrow(RangeError)
    expect(() => encode(sensor, 192)).toThrow(/would read as a fault/)
  })

  it('refuses to make a word of a single bit but places it among the others', () => {
    expect(() => encode(point({ bit: 3 }), 1)).toThrow(RangeError)
    const words = [0, 0b0101]
    place(point({ bit: 3 }), 1, words, 1)
    expect(words).toEqual([0, 0b1101])
    place(point({ bit: 2 }), 0, words, 1)
    expect(words).toEqual([0, 0b1001])
    place(point({ bit: 15 }), 1, words)
    expect(words[0]).toBe(0x8000)
    expect(() => place(point({ bit: 3, bits: 2 }), 4, words)).toThrow(RangeError)
  })

  it('places long values and leaves their neighbours', () => {
    const words = Uint16Array.of(9, 9, 9, 9)
    place(point({ as: 'uint32' }), 519186, words, 1)
    expect([...words]).toEqual([9, 7, 60434, 9])
    expect(() => place(point({ as: 'uint32' }), 1, words, 3)).toThrow(RangeError)
  })
})

it('gives OFF in the canonical unit', () => {
  expect(offValue(point({ off: 9, scale: 60 }))).toBe(540)
  expect(offValue(point())).toBeNull()
})

it('shows all that a setting resolves and no more than a measured quantity deserves', () => {
  expect(shownDecimals(point({ scale: 0.01 }))).toBe(1)
  expect(shownDecimals(point({ role: 'setting' }))).toBe(0)
  expect(shownDecimals(point({ role: 'setting', scale: 0.1 }))).toBe(1)
  expect(shownDecimals(point({ role: 'setting', scale: 0.02, is: 'duration' }))).toBe(2)
  expect(shownDecimals(point({ as: 'float32', is: 'flow' }))).toBe(3)
})

describe('decimal groups', () => {
  const energy = point({ as: 'decimal4', scale: 0.001, is: 'energy', factors: { 0: 1000, 1: 1, 2: 2500 / 9 } })
  const flow = point({ as: 'decimal2', scale: 0.001 })

  it('puts ten thousands, ones and thousandths together in the unit that the last word names', () => {
    expect(decode(energy, [3, 7351, 250, 1]).value).toBe(37351.25)
    expect(decode(energy, [0, 37, 351, 0]).value).toBe(37351)
    expect(decode(energy, [0, 36, 0, 2]).value).toBeCloseTo(10000, 9)
    expect(decode(flow, [101, 690]).value).toBe(101.69)
  })

  it('makes a fault of groups beyond their digits and of a unit that nobody knows', () => {
    for (const words of [
      [10000, 0, 0, 0],
      [0, 10000, 0, 0],
      [0, 0, 1000, 0],
      [0, 1, 0, 3],
    ]) {
      expect(decode(energy, words)).toEqual({ value: null, quality: 'fault' })
    }
    expect(decode(flow, [20, 1000]).quality).toBe('fault')
  })

  it('gives words that decode reads back, in the first unit', () => {
    expect(encode(energy, 37351)).toEqual([0, 37, 351, 0])
    expect(encode(flow, 101.69)).toEqual([101, 690])
    for (const value of [0, 1, 999999, 12345678]) expect(decode(energy, encode(energy, value)).value).toBe(value)
    expect(() => encode(energy, 1e12)).toThrow('does not fit')
    expect(() => encode(flow, 10000)).toThrow('does not fit')
    expect(() => encode(flow, -1)).toThrow('does not fit')
  })
})
