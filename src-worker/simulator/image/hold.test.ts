import { describe, expect, test } from 'vitest'
import { decode, encode } from '#shared/devices/codec.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import type { Point } from '#shared/devices/profile.ts'
import { barePoint } from '#shared/devices/testing/point.ts'
import { shippedProfiles } from '../testing/demo-town.ts'
import { holdOf } from './hold.ts'
import { modelOf } from './model.ts'

const moving = shippedProfiles()
  .filter(({ protocol }) => protocol === 'modbus')
  .flatMap((profile) => modelOf(profile).live.map(({ point, hold }) => ({ point, hold, id: `${profile.id} ${point.id}` })))

test('every point that moves takes values as a driver would write them', () => {
  expect(moving.length).toBeGreaterThan(1_000)
  const wrong = moving.filter(({ point: one, hold }) => {
    const value = one.bit === undefined ? Math.ceil(12 / one.scale) * one.scale + one.offset : 1
    const words = Array.from({ length: wordsOf[one.as] }, () => 0)
    hold.put(value, words)
    const read = decode(one, words).value
    return read === null || Math.abs(read - value) > 1e-4 || (one.bit === undefined && String(encode(one, value)) !== String(words))
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})

test.each([1e12, -1e12, Number.NaN, 0])('no point that moves refuses %d', (value) => {
  const refused = moving.filter(({ point: one, hold }) => {
    const words = Array.from({ length: wordsOf[one.as] }, () => 0)
    hold.put(value, words)
    return !words.every((word) => word >= 0 && word <= 0xffff)
  })
  expect(refused.map(({ id }) => id)).toEqual([])
})

describe('a register', () => {
  const put = (one: Partial<Point>, value: number | null, words = [0]) => {
    holdOf(barePoint(one)).put(value, words)
    return words
  }

  test('stops at its ends', () => {
    expect(put({ scale: 0.01 }, 400)).toEqual([0x7fff])
    expect(put({ scale: 0.01 }, -400)).toEqual([0x8000])
    expect(put({ as: 'uint32', scale: 0.1 }, 8_000_000, [0, 0])).toEqual([0x4c4, 0xb400])
    expect(put({ as: 'uint32', swap: true }, 0x10002, [0, 0])).toEqual([2, 1])
  })

  test('takes the fault value for a broken sensor, and a true value that would read as one moves by one', () => {
    expect(put({ scale: 0.01, faults: [19_200] }, null)).toEqual([19_200])
    expect(put({ scale: 0.01, faults: [19_200] }, 192)).toEqual([19_201])
    expect(put({ faults: [] }, null, [7])).toEqual([7])
  })

  test('leaves the other bits of its word alone', () => {
    expect(put({ as: 'uint16', bit: 2, bits: 2 }, 2, [0xffff])).toEqual([0xfffb])
  })
})
