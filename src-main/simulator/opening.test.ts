import { expect, test } from 'vitest'
import { coastalClimate, type Scenario } from '#shared/simulator/scenario.ts'
import { openingOf, startOf } from './opening.ts'

const dayMs = 24 * 3_600_000

test('a town begins at a full quarter hour, as many days ago as it was asked to', () => {
  const now = Date.UTC(2026, 10, 22, 19, 38, 12, 345)
  expect(startOf(now, 400)).toBe(Date.UTC(2026, 10, 22, 19, 30) - 400 * dayMs)
  expect(startOf(now, 0)).toBe(Date.UTC(2026, 10, 22, 19, 30))
})

test('one that is made anew keeps the days of its faults', () => {
  const opened = Date.UTC(2026, 10, 1)
  const now = opened + 10 * dayMs
  const scenario: Scenario = {
    name: 'Town',
    climate: coastalClimate,
    stations: [],
    faults: [
      { kind: 'offline', target: 'A', fromDay: -5, toDay: 2 },
      { kind: 'offline', target: 'A', fromDay: 3 },
    ],
  }
  const stations = [{ name: 'A', device: null, port: 4001 }]
  const record = { version: 2 as const, stations, meterPort: 4003, opcuaPort: null, start: 1, opened, settled: true, stored: null }
  const { faults, start, meterPort } = openingOf(scenario, [], record, now)
  expect(faults).toMatchObject([
    { fromDay: -15, toDay: -8 },
    { fromDay: -7, toDay: null },
  ])
  expect({ start, meterPort }).toEqual({ start: 1, meterPort: 4003 })
})
