import { expect, it } from 'vitest'
import { pointTextKey } from './point-text.ts'

it.each([
  ['outdoor', 'outdoor', null, null],
  ['input7', 'input', 7, null],
  ['alarm32', 'alarm', 32, null],
  ['circuit1.flow', 'circuit.flow', 1, 'circuit'],
  ['circuit12.flow', 'circuit.flow', 12, 'circuit'],
  ['hotWater.flow', 'hotWater.flow', null, 'hotWater'],
  ['relay1.override', 'relay.override', 1, 'relay'],
  ['circuit1.schedule.monday.start1', 'schedule.monday.start1', 1, 'circuit'],
  ['hotWater.schedule.monday.start1', 'schedule.monday.start1', null, 'hotWater'],
  ['circuit1.curve.minus30', 'curve.minus30', 1, 'circuit'],
])('finds the text of %s', (id, key, number, group) => {
  expect(pointTextKey(id)).toEqual({ key, number, group })
})
