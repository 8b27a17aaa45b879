import { expect, test } from 'vitest'
import { keyPoints, type KeyPoint } from './key-columns.ts'

const key = (...ids: string[]) =>
  ids.map((id, i): KeyPoint => ({ id, series: i, is: 'temperature', unit: '°C', decimals: 1, values: null, off: null }))
const idsOf = (points: KeyPoint[]) => Object.fromEntries(Object.entries(keyPoints(points)).map(([column, point]) => [column, point?.id]))

test('a heating circuit with hot water fills every column', () => {
  expect(idsOf(key('outdoor', 'circuit1.flow', 'circuit1.flowReference', 'circuit1.return', 'hotWater.flow'))).toEqual({
    outdoor: 'outdoor',
    flow: 'circuit1.flow',
    reference: 'circuit1.flowReference',
    return: 'circuit1.return',
    hotWater: 'hotWater.flow',
  })
})

test('a tank stands for the hot water, and hot water never for the heating flow', () => {
  expect(idsOf(key('hotWater.tank'))).toMatchObject({ hotWater: 'hotWater.tank', flow: undefined })
  expect(idsOf(key('hotWater.flow'))).toMatchObject({ hotWater: 'hotWater.flow', flow: undefined })
})

test('the desired value belongs to the same circuit as the flow', () => {
  expect(idsOf(key('circuit2.flow', 'circuit1.flowReference'))).toMatchObject({ flow: 'circuit2.flow', reference: undefined })
})
