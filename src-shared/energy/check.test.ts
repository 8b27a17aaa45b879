import { describe, expect, test } from 'vitest'
import { besideFreezes, checkMeter } from './check.ts'
import { batteryPoll, verificationEnds } from './checks/plate.ts'
import { createCalendar } from '../calendar.ts'
import { blankPlate } from './meter-hours.ts'
import { hourMs } from './register.ts'
import { madeHouse } from './testing/house.ts'
import { meterOf, shippedLimits } from './testing/meter.ts'

const plate = { designPower: 8, permanentFlow: 0.6, smallestFlow: 0.006 }
const week = 8 * 24

type House = ReturnType<typeof madeHouse>

/** A week of a house in winter after something was done to it. */
function after(change: (house: House & { return: Float64Array }) => void, more: Partial<typeof plate> = {}) {
  const house = madeHouse(week)
  for (const name of ['energy', 'volume'] as const) house[name] = house[name].map((value) => Math.round(value * 1000) / 1000)
  const columns = { ...house, return: house.back }
  change(columns)
  return meterOf(columns.at, columns, { ...plate, ...more })
}
const rulesOf = (change: Parameters<typeof after>[0], more: Partial<typeof plate> = {}) =>
  checkMeter(after(change, more)).map(({ rule }) => rule)
const hours = (column: Float64Array, from: number, to: number, value: (before: number, i: number) => number) => {
  for (let i = from; i < to; i++) column[i] = value(column[i] as number, i)
}

test('a sound meter is not found fault with, whatever the seed', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const house = madeHouse(week, { seed })
    expect(checkMeter(meterOf(house.at, { ...house, return: house.back }, plate))).toEqual([])
  }
})

describe.each<[string, Parameters<typeof after>[0], string[]]>([
  ['a register that was set back', (h) => hours(h.energy, 100, week, (value) => value - 5200), ['reset']],
  ['a register that was set to something else', (h) => hours(h.energy, 100, week, (value) => value - 900), ['backwards']],
  ['a register that jumped', (h) => hours(h.energy, 100, week, (value) => value + 400), ['jump']],
  ['eight hours of zeros', (h) => hours(h.energy, 100, 108, () => 0), ['dropOut']],
  ['energy that is not counted', (h) => hours(h.energy, 100, 106, () => h.energy[99] as number), ['noEnergy']],
  ['volume that is not counted', (h) => hours(h.volume, 100, 106, () => h.volume[99] as number), ['noVolume']],
  ['a power that cannot be', (h) => hours(h.power, 100, 101, () => 8_000_001.4), ['spike', 'powerBalance']],
  ['a return that stands still', (h) => hours(h.return, 100, 112, () => 35), ['stuck']],
  ['swapped sensors', (h) => hours(h.return, 100, 103, (_, i) => (h.supply[i] as number) + 4), ['swapped']],
  ['power that is not what the register counts', (h) => hours(h.power, 0, week, (value) => value * 1.12), ['powerBalance']],
  [
    'more energy than volume and temperatures come to',
    (h) => hours(h.energy, 0, week, (_, i) => 5000 + ((h.energy[i] as number) - 5000) * 1.3),
    ['balance', 'powerBalance'],
  ],
])('%s', (_, change, expected) => {
  test('is found, and nothing else', () => expect([...new Set(rulesOf(change))]).toEqual(expected))
})

test('a finding says when, what and how much', () => {
  const [found] = checkMeter(after((h) => hours(h.energy, 100, week, (value) => value + 400)))
  expect(found).toMatchObject({ severity: 'alarm', from: Date.UTC(2024, 0, 5, 3), to: Date.UTC(2024, 0, 5, 4) })
  expect(found?.figures.map(({ name, unit }) => [name, unit])).toEqual([
    ['before', 'kWh'],
    ['after', 'kWh'],
  ])
})

test('energy far off volume and temperatures is an alarm, a little off a warning', () => {
  const by = (factor: number) =>
    checkMeter(after((h) => hours(h.energy, 0, week, (_, i) => 5000 + ((h.energy[i] as number) - 5000) * factor))).find(
      ({ rule }) => rule === 'balance',
    )
  expect(by(1.1)?.severity).toBe('warning')
  expect(by(1.3)?.severity).toBe('alarm')
  expect(by(1.3)?.figures.find(({ name }) => name === 'deviation')?.value).toBeGreaterThan(25)
})

test('meters of the wrong size are told by their flow', () => {
  expect(rulesOf(() => undefined, { permanentFlow: 0.12 })).toContain('undersized')
  expect(rulesOf(() => undefined, { smallestFlow: 0.3 })).toContain('oversized')
})

test('temperatures behind the exchanger that cannot be', () => {
  const cold = after(() => undefined)
  const house = madeHouse(week)
  const with2 = (secondaryFlow: Float64Array, secondaryReturn: Float64Array) =>
    checkMeter(meterOf(house.at, { ...house, return: house.back, secondaryFlow, secondaryReturn }, plate)).map(({ rule }) => rule)
  const flat = (value: number) => house.at.map((_, i) => value + (i % 3) / 10)
  expect(cold.at.length).toBe(week)
  expect(with2(flat(50), flat(33))).toEqual([])
  expect(new Set(with2(flat(90), flat(33)))).toEqual(new Set(['coldSupply']))
  expect(new Set(with2(flat(50), flat(45)))).toEqual(new Set(['exchanger']))
  expect(new Set(with2(flat(31), flat(33)))).toEqual(new Set(['reversed']))
})

test('what follows from values that stood still is left out, what does not stays', () => {
  const findings = checkMeter(
    after((h) => {
      hours(h.energy, 100, 106, () => h.energy[99] as number)
      hours(h.energy, 150, week, (value) => value + 4000)
    }),
  )
  const from = Date.UTC(2024, 0, 5, 2)
  expect(besideFreezes(findings, [{ from, to: from + 12 * hourMs }]).map(({ rule }) => rule)).toEqual(['jump'])
  expect(besideFreezes(findings, []).map(({ rule }) => rule)).toEqual(['jump', 'noEnergy'])
})

test('a verification is told of before it ends, and is an alarm afterwards', () => {
  const calendar = createCalendar('Europe/Copenhagen')
  const at = (now: string, verifiedUntil: string | null = '2026-12-31') =>
    verificationEnds({ ...blankPlate, verifiedUntil }, Date.parse(now), calendar, shippedLimits).map(({ severity }) => severity)
  expect(at('2026-06-15T12:00Z')).toEqual([])
  expect(at('2026-07-15T12:00Z')).toEqual(['warning'])
  expect(at('2027-01-02T12:00Z')).toEqual(['alarm'])
  expect(at('2027-01-02T12:00Z', null)).toEqual([])
})

test('a battery that is read every hour is told of', () => {
  expect(batteryPoll(hourMs, 0, shippedLimits).map(({ rule }) => rule)).toEqual(['battery'])
  expect(batteryPoll(24 * hourMs, 0, shippedLimits)).toEqual([])
})
