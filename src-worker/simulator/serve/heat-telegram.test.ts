import { expect, test } from 'vitest'
import { heatMeterOf } from '#shared/mbus/heat-meter.ts'
import { decodeTelegram } from '#shared/mbus/telegram.ts'
import type { LineMeter } from '#shared/simulator/scenario.ts'
import { heatAt, heatTelegram } from './heat-telegram.ts'

const meter: LineMeter = { address: 3, serial: '71230003', manufacturer: 'KAM', version: 8, medium: 4, energy: 250_000, power: 40, seed: 5 }
const noon = Date.UTC(2026, 10, 22, 12)

test('a simulated heat meter says what it shows', () => {
  const telegram = decodeTelegram(heatTelegram(meter, noon, noon, 7))
  expect(telegram.header.identity).toEqual({ id: '71230003', manufacturer: 'KAM', version: 8, medium: 4 })
  const shown = heatAt(meter, noon)
  const said = heatMeterOf(telegram)
  expect(said.energy).toBe(Math.floor(shown.energy))
  expect(said.volume).toBeCloseTo(shown.volume, 1)
  expect(said.power).toBeCloseTo(shown.power, 0)
  expect(said.flowTemperature).toBeCloseTo(shown.flowTemperature, 1)
  expect(said.meterTime).toBe('2026-11-22T12:00')
})

test('its registers only grow, and grow by what its power says', () => {
  const hourly = Array.from({ length: 25 }, (_, i) => heatAt(meter, noon + i * 3_600_000))
  hourly.slice(1).forEach(({ energy, volume }, i) => {
    expect(energy).toBeGreaterThan(hourly[i]?.energy ?? 0)
    expect(volume).toBeGreaterThan(hourly[i]?.volume ?? 0)
  })
  expect((hourly[24]?.energy ?? 0) - (hourly[0]?.energy ?? 0)).toBeCloseTo(24 * meter.power, 3)
})
