import { expect, test } from 'vitest'
import { heatCoefficient } from './water.ts'
import { returnOf, weightedByFlow, weightedByVolume } from './weighted.ts'

test('what a register of volume times temperature went up by gives the mean that the water had', () => {
  expect(weightedByVolume(23_750, 250)).toBe(95)
  expect(weightedByVolume(10, 0)).toBeNaN()
})

test.each(['flow', 'return'] as const)('the return follows from energy and volume, with the sensor in the %s', (side) => {
  const [flow, back, volume] = [80, 42, 3]
  const energy = volume * (flow - back) * heatCoefficient(side === 'flow' ? flow : back, (flow + back) / 2)
  expect(returnOf(flow, energy, volume, side)).toBeCloseTo(back, 3)
  expect(returnOf(flow, 1, 0, side)).toBeNaN()
})

test('a standing pipe, in which the sensor measures the cellar, does not count', () => {
  const temperature = Float64Array.of(20, 60, 70, Number.NaN, 15)
  const flow = Float64Array.of(0, 1, 3, 5, Number.NaN)
  expect(weightedByFlow(temperature, flow)).toBe(67.5)
  expect(weightedByFlow(temperature, new Float64Array(5))).toBeNaN()
})
