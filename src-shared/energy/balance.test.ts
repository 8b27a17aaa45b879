import { expect, test } from 'vitest'
import { balanceOf, permissibleError } from './balance.ts'
import { heatCoefficient } from './water.ts'

test.each([
  [0.1, 30, 2, 3.6],
  [1, 60, 2, 3.22],
  [0.001, 30, 2, 6.4],
  [0.1, 30, 3, 4.9],
  [0.1, 30, 1, 2.5],
] as const)(
  'at %s of the permanent flow and %s K a meter of class %s may be off by %s percent',
  (load, difference, accuracyClass, expected) =>
    expect(permissibleError(load, difference, 3, accuracyClass) * 100).toBeCloseTo(expected, 2),
)

test('energy, volume and temperatures are held against each other in the pipe of the flow sensor', () => {
  const day = { energy: 20 * 40 * heatCoefficient(75, 55), volume: 20, flow: 75, back: 35, hours: 24 }
  const meter = { permanentFlow: 1.5, smallest: 3, accuracyClass: 2 } as const
  expect(balanceOf(day, { ...meter, side: 'flow' }).ratio).toBeCloseTo(1, 6)
  expect(balanceOf(day, { ...meter, side: 'return' }).ratio).toBeCloseTo(0.981, 2)
})
