import { expect, test } from 'vitest'
import { clockOf, credibleTime } from './meter-time.ts'
import { decodeTelegram } from './telegram.ts'
import { frameBytes } from './testing/corpus.ts'

const noon = new Date(2026, 6, 1, 12, 0, 30).getTime()

test('the clock of a meter is found in its answer', () => {
  expect(clockOf([decodeTelegram(frameBytes('valid', 'kamstrup_multical_601'))])).toBe('2011-01-05T15:26')
  expect(clockOf([decodeTelegram(frameBytes('valid', 'SEN_Sensus-PolluTherm'))])).toBeNull()
})

test('a clock that agrees with ours is the time of the values, to the minute or the second', () => {
  expect(credibleTime('2026-07-01T12:00', noon)).toBe(noon - 30_000)
  expect(credibleTime('2026-07-01T12:00:29', noon)).toBe(noon - 1000)
})

test('a clock a little ahead brings no value out of the future', () => {
  expect(credibleTime('2026-07-01T12:01', noon)).toBe(noon)
})

test.each(['2026-07-01T12:05', '2026-07-01T11:50', '2011-01-05T15:26', '2026-07-02T12:00'])('%s is not believed', (dateTime) => {
  expect(credibleTime(dateTime, noon)).toBeNull()
})
