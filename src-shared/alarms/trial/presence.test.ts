import { expect, test } from 'vitest'
import { contactPlan, Presence } from './presence.ts'
import { at, column, slotsOf, t0, tried } from './testing/columns.ts'
import { slotMs } from './tally.ts'

const heard = (samples: Parameters<typeof column>[0], everyMs?: number) => {
  const presence = new Presence(t0, at(16))
  presence.hear(column(samples), everyMs)
  return presence
}

const offline = (own: Presence, anyone: Presence | null, onMinutes = 0) =>
  slotsOf(
    tried([[contactPlan({ rule: 'r', device: 'd', series: 7, priority: 'high', delays: { onMs: onMinutes * 60_000, offMs: 0 } })]], {
      7: own.column(anyone, t0, at(16)),
    }),
  )

const always = Array.from({ length: 16 }, () => 1)
const gone = (from: number, to: number) => always.map((value, i) => (i >= from && i < to ? undefined : value))

test('a device of which nothing was stored while others were was out of contact', () => {
  expect(offline(heard(gone(4, 8)), heard(always))).toEqual([[4, 8]])
  expect(offline(heard(gone(4, 8)), heard(always), 30)).toEqual([[6, 8]])
  expect(offline(heard(gone(4, 8)), heard(always), 61)).toEqual([])
  expect(offline(heard(gone(10, 16)), heard(always))).toEqual([[10, null]])
})

test('where nothing was stored of any device Hearthgrid did not run, and nobody was out of contact', () => {
  expect(offline(heard(gone(4, 8)), heard(gone(4, 8)))).toEqual([])
  expect(offline(heard(gone(4, 8)), heard(gone(6, 10)))).toEqual([[4, 8]])
})

test('a single device is out of contact whenever nothing was stored', () => {
  expect(offline(heard(gone(4, 8)), null)).toEqual([[4, 8]])
})

test('a broken sensor is contact, a value marked as lost is none', () => {
  const marked = always.map((value, i) =>
    i === 4 ? ([null, 'fault'] as [null, 'fault']) : i === 6 ? ([null, 'offline'] as [null, 'offline']) : value,
  )
  expect(offline(heard(marked), heard(always))).toEqual([[6, 7]])
})

test('a device that is asked once in two hours is not missed in between', () => {
  const seldom = always.map((value, i) => (i % 8 === 0 ? value : undefined))
  expect(offline(heard(seldom, 8 * slotMs), heard(always))).toEqual([])
})

test('several together were heard of when one of them was', () => {
  const all = heard(gone(0, 8))
  all.join(heard(gone(8, 16)))
  expect(Array.from({ length: 16 }, (_, i) => all.has(at(i)))).toEqual(always.map(() => true))
  expect(heard(gone(4, 8)).has(at(5))).toBe(false)
})
