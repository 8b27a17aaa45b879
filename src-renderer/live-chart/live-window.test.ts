import { expect, test } from 'vitest'
import { shownIn, windowAt } from './live-window.ts'

const columns = (at: number[], value: (number | null)[] = at.map((one) => one)) => ({ at, value, quality: at.map(() => 0) })

test('a window stands still while a twentieth of it fills', () => {
  const minute = 60_000
  const first = windowAt(100 * minute, 60)
  expect(first.to - first.from).toBe(60 * minute)
  expect(windowAt(102 * minute - 1, 60)).toEqual(windowAt(99 * minute, 60))
  expect(windowAt(102 * minute, 60).to).toBe(first.to + 3 * minute)
})

test('what is stored leads up to what was recorded, and nothing is drawn twice', () => {
  const line = shownIn(0, 100, columns([10, 20, 30, 40]), columns([25, 28, 31, 45]))
  expect(line.at).toEqual([10, 20, 25, 28, 31, 45])
})

test('a hole of the recording is filled with what is stored', () => {
  const recorded = columns([25, 28, 29, 60], [1, 2, null, 3])
  const line = shownIn(0, 100, columns([10, 27, 30, 45, 60]), recorded)
  expect(line.at).toEqual([10, 25, 28, 29, 30, 45, 60])
})

test('of what lies before the window one sample is kept, and nothing after the moment of the pause', () => {
  const line = shownIn(27, 40, columns([10, 20]), columns([25, 26, 35, 45]))
  expect(line.at).toEqual([20, 26, 35])
})
