import { expect, test } from 'vitest'
import { bucketsOf, edgesOf } from '../history/buckets.ts'
import { consumedBetween } from './consumed.ts'
import { oddRows, registerOfDays } from './days.ts'
import { hourMs, registerOf } from './register.ts'
import { seeded } from './testing/house.ts'
import { walkRegister } from './walk.ts'

const zone = 'Europe/Copenhagen'
const quarter = hourMs / 4
const start = Date.parse('2026-03-20T23:00Z')

/** Quarter hours of ten days with the day of 23 hours among them. */
function samplesOf(change: (values: Float64Array) => void) {
  const roll = seeded(3)
  const at = Float64Array.from({ length: 959 }, (_, i) => start + i * quarter)
  let index = 5000
  const value = Float64Array.from(at, () => (index += Math.floor(roll() * 4)))
  change(value)
  return { at, value, quality: new Uint8Array(at.length) }
}

/** Daily consumption out of all samples, and out of day sums with samples only where something is odd. */
function bothWays(change: (values: Float64Array) => void) {
  const samples = samplesOf(change)
  const edges = edgesOf('day', start, start + 959 * quarter, zone)
  const days = bucketsOf(1, samples, edges)
  const odd = new Set(oddRows(days, quarter, null))
  const raw = (row: number) => {
    if (!odd.has(row)) return null
    const [from, to] = [days.at[row] as number, edges[edges.indexOf(days.at[row] as number) + 1] as number]
    const inside = (column: Float64Array) => column.filter((_, i) => (samples.at[i] as number) >= from && (samples.at[i] as number) < to)
    return { at: inside(samples.at), value: inside(samples.value) }
  }
  const whole = consumedBetween(walkRegister(registerOf(samples.at, samples.value, 2 * quarter)), edges)
  const coarse = consumedBetween(walkRegister(registerOfDays(days, quarter, 2 * quarter, raw)), edges)
  return { whole, coarse, odd: [...odd] }
}

test('days of a register that only went up need no sample', () => {
  const { whole, coarse, odd } = bothWays(() => undefined)
  expect(odd).toEqual([])
  expect(coarse).toEqual(whole)
})

test.each<[string, (values: Float64Array) => void, number[]]>([
  ['a value that cannot be', (values) => (values[300] = 9e6), [3]],
  ['a drop-out to 0', (values) => values.fill(0, 300, 320), [3]],
  ['a register that was set back', (values) => values.forEach((value, i) => i >= 500 && (values[i] = value - 5700)), [5]],
  ['a register that was set back at midnight', (values) => values.forEach((value, i) => i >= 480 && (values[i] = value - 5500)), [4, 5]],
  ['a jump over midnight', (values) => values.forEach((value, i) => i >= 480 && (values[i] = value + 70_000)), [4, 5]],
])('%s is looked at in the samples of its day, and comes to the same', (_, change, rows) => {
  const { whole, coarse, odd } = bothWays(change)
  expect(odd).toEqual(rows)
  expect(coarse.map(({ value }) => value)).toEqual(whole.map(({ value }) => value))
  expect(coarse.map(({ resets, complete }) => [resets, complete])).toEqual(whole.map(({ resets, complete }) => [resets, complete]))
})

test('hours without values are no valid time', () => {
  const { whole, coarse } = bothWays((values) => values.fill(Number.NaN, 300, 340))
  expect(whole[3]?.valid).toBeCloseTo(1 - 41 / 96, 5)
  expect(coarse[3]?.valid).toBeCloseTo(1 - 41 / 96, 5)
})
