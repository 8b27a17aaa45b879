import { expect, test } from 'vitest'
import { frozenHours, groupFreezes, type Freeze } from './freeze.ts'
import { hourMs } from './register.ts'
import { madeHouse } from './testing/house.ts'
import { meterOf, shippedLimits } from './testing/meter.ts'

const frozen = (from: number, to: number, names = ['energy', 'supply', 'back', 'power', 'flow', 'volume', 'outdoor'] as const) => {
  const house = madeHouse(96)
  for (const name of names) house[name].fill(house[name][from - 1] as number, from, to)
  const { at, measured } = meterOf(house.at, { ...house, return: house.back })
  return frozenHours(at, Object.values(measured), shippedLimits).map((one) => [(one.from - (at[0] as number)) / hourMs, one.hours])
}

test('a device freezes when all its values stand still for hours', () => {
  expect(frozen(40, 57)).toEqual([[40, 17]])
  expect(frozen(40, 44)).toEqual([])
  expect(frozen(40, 57, ['energy', 'supply'] as never)).toEqual([])
  // Two values alone may well stand still.
  const few = madeHouse(96)
  for (const column of [few.energy, few.supply]) column.fill(column[39] as number, 40, 57)
  const { at, measured } = meterOf(few.at, { energy: few.energy, supply: few.supply })
  expect(frozenHours(at, Object.values(measured), shippedLimits)).toEqual([])
})

const at = (hour: number) => hour * hourMs
const freeze = (device: string, from: number, hours: number, gateway = 'gw'): Freeze => ({
  device,
  gateway,
  from: at(from),
  to: at(from + hours),
  hours,
})

test('three devices at the same time are one matter of what reads them', () => {
  const { groups, single } = groupFreezes(
    [freeze('a', 0, 17), freeze('b', 1, 16), freeze('c', 0, 17, 'other'), freeze('d', 90, 8)],
    () => 100,
    shippedLimits,
  )
  expect(groups).toEqual([{ devices: ['a', 'b', 'c'], from: 0, to: at(17), hours: 17 }])
  expect(single.map(({ device }) => device)).toEqual(['d'])
})

test('two are when they are much of what a gateway has, and one never is', () => {
  const two = [freeze('a', 0, 17), freeze('b', 0, 17)]
  expect(groupFreezes(two, () => 5, shippedLimits).groups).toHaveLength(1)
  expect(groupFreezes(two, () => 50, shippedLimits).groups).toEqual([])
  expect(groupFreezes(two.slice(1), () => 1, shippedLimits).groups).toEqual([])
})
