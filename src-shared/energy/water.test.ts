import { expect, test } from 'vitest'
import { density, heatCoefficient, sensorSide, specificHeat } from './water.ts'

test.each([
  [0, 999.84],
  [4, 999.97],
  [20, 998.2],
  [50, 988.04],
  [70, 977.76],
  [100, 958.4],
])('water of %s °C weighs %s kg/m³', (temperature, expected) => expect(Math.abs(density(temperature) - expected)).toBeLessThan(0.5))

test.each([
  [30, 1.156],
  [40, 1.152],
  [50, 1.148],
  [60, 1.143],
  [70, 1.137],
  [80, 1.133],
  [90, 1.128],
])('a m³ that is measured at %s °C carries %s kWh for each degree, within 0.1 %', (temperature, expected) =>
  expect(Math.abs(heatCoefficient(temperature) / expected - 1)).toBeLessThan(0.001),
)

test('specific heat has its lowest value between 30 and 40 °C and ends where the table ends', () => {
  expect(specificHeat(35)).toBeCloseTo(4.18, 3)
  expect(specificHeat(-20)).toBe(specificHeat(0))
  expect(specificHeat(140)).toBe(4.216)
})

test('the pipe of the flow sensor follows from what the meter has counted', () => {
  expect(sensorSide(1.137, 70, 35).side).toBe('flow')
  expect(sensorSide(1.1545, 70, 35).side).toBe('return')
  // A litre a pulse instead of ten: neither pipe.
  expect(sensorSide(11.37, 70, 35)).toMatchObject({ side: null })
  expect(sensorSide(1.137, 40, 40).side).toBeNull()
})
