import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Doctor } from './doctor.ts'
import type { Tap } from './line-log.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const line = () => ({ tap: { hear: undefined } as Tap, reconnectsLately: 2, busyMs: 0 })
const some = Uint8Array.of(1, 3, 0, 255)

test('nobody listens to a line before somebody looks, nor 15 s after', () => {
  const doctor = new Doctor(() => 77)
  const link = line()
  expect(link.tap.hear).toBeUndefined()
  expect(doctor.look(link, 0)).toMatchObject({ messages: [], reconnects: 2, load: null, next: 0 })
  link.tap.hear?.('sent', some)
  vi.advanceTimersByTime(14_000)
  expect(doctor.look(link, 0).messages).toEqual([{ n: 1, at: 77, direction: 'sent', hex: '010300ff', note: null }])
  vi.advanceTimersByTime(14_000)
  expect(link.tap.hear).toBeDefined()
  vi.advanceTimersByTime(1001)
  expect(link.tap.hear).toBeUndefined()
  // What is heard later never has the number of something that was heard before.
  expect(doctor.look(link, 1).messages).toEqual([])
  link.tap.hear?.('received', some, 'crc')
  expect(doctor.look(link, 1).messages).toEqual([{ n: 2, at: 77, direction: 'received', hex: '010300ff', note: 'crc' }])
  doctor.stop()
  expect(link.tap.hear).toBeUndefined()
})

test('a log never holds more than 2,000 messages of 300 bytes, and says how many it lost', () => {
  const doctor = new Doctor(() => 0)
  const link = line()
  doctor.look(link, 0)
  for (let i = 0; i < 10_000; i++) link.tap.hear?.('sent', new Uint8Array(5000))
  const { messages, lost, next } = doctor.look(link, 100)
  expect([messages.length, messages[0]?.n, messages.at(-1)?.n, lost, next]).toEqual([1000, 9001, 10_000, 8900, 10_000])
  expect(messages[0]?.hex).toHaveLength(600)
  doctor.stop()
})

test('how much of the time a line is in use is counted from look to look', () => {
  const doctor = new Doctor(() => 0)
  const link = line()
  doctor.look(link, 0)
  link.busyMs = 500
  vi.advanceTimersByTime(2000)
  expect(doctor.look(link, 0).load).toBe(0.25)
  vi.advanceTimersByTime(2000)
  expect(doctor.look(link, 0).load).toBe(0)
  doctor.stop()
})

test('an answer in pieces is one message unless somebody has seen its beginning', () => {
  const doctor = new Doctor(() => 0)
  const link = line()
  doctor.look(link, 0)
  const { hear } = link.tap
  hear?.('sent', some)
  hear?.('received', some)
  hear?.('received', some)
  expect(doctor.look(link, 0).messages.map(({ hex }) => hex)).toEqual(['010300ff', '010300ff010300ff'])
  hear?.('received', some)
  hear?.('received', some, 'unasked')
  expect(doctor.look(link, 2).messages.map(({ hex, note }) => [hex, note])).toEqual([
    ['010300ff', null],
    ['010300ff', 'unasked'],
  ])
  doctor.stop()
})
