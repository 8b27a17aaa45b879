import { expect, test } from 'vitest'
import type { Device } from '#shared/devices/contract.ts'
import { addressOf, contentOf } from '../selection/preset-address.ts'
import { choiceOf, choiceWords, listWord, mostDevices, usualColumns } from './choice.ts'
import { conditionsOf, conditionWords, holds } from './condition.ts'

test('an empty address shows all devices, the greatest deviation on top', () => {
  expect(choiceOf({})).toEqual({
    columns: null,
    devices: null,
    rule: { text: '', tags: [], profile: null, state: null, conditions: [] },
    sort: 'deviation',
    order: 'descending',
    sparks: true,
  })
})

test('words that make no sense are as if they were not there, and lists are bounded', () => {
  const devices = Array.from({ length: 300 }, (_, i) => `d${i}`)
  const choice = choiceOf({
    state: 'angry',
    when: 'flow>x,outdoor<-2.5,<3',
    order: 'sideways',
    points: 'a,,b,a',
    devices: listWord(devices),
  })
  expect(choice.rule.state).toBeNull()
  expect(choice.rule.conditions).toEqual([{ point: 'outdoor', sign: '<', value: -2.5 }])
  expect(choice.columns).toEqual(['a', 'b'])
  expect(choice.order).toBe('descending')
  expect(choice.devices).toHaveLength(mostDevices)
})

test('no column and no device are a choice of their own', () => {
  expect(choiceOf({ points: listWord([]), devices: listWord([]) })).toMatchObject({ columns: [], devices: [] })
})

test('conditions go into words and back', () => {
  const conditions = [
    { point: 'circuit1.return', sign: '>', value: 50 },
    { point: 'outdoor', sign: '<', value: -0.25 },
    { point: 'flow', sign: '>', value: 1e-7 },
  ] as const
  expect(conditionsOf(conditionWords(conditions))).toEqual([conditions[0], conditions[1], { point: 'flow', sign: '>', value: 0 }])
  expect(conditionWords([])).toBeUndefined()
})

test('a condition needs a value', () => {
  const above = { point: 'flow', sign: '>', value: 50 } as const
  expect([holds(above, 51), holds(above, 50), holds(above, null)]).toEqual([true, false, false])
  expect([holds({ ...above, sign: '<' }, 49), holds({ ...above, sign: '<' }, null)]).toEqual([true, false])
})

test('a preset keeps the rule, not the devices that fit it today', () => {
  const address = { q: 'mill', tags: 'north,big', when: 'circuit1.return>50', points: 'outdoor', sort: 'outdoor', other: 'x' }
  const content = contentOf(address, choiceWords)
  expect(content.options).toEqual({ q: 'mill', tags: 'north,big', when: 'circuit1.return>50', points: 'outdoor', sort: 'outdoor' })
  expect(choiceOf({ devices: 'a', ...addressOf(content, choiceWords) })).toEqual(choiceOf(address))
})

test('the usual columns are the points that most devices show first', () => {
  const device = (...ids: string[]) =>
    ({ key: ids.map((id) => ({ id, is: id === 'pump' ? 'state' : 'temperature' })) }) as unknown as Device
  expect(usualColumns([device('flow', 'pump'), device('outdoor', 'flow', 'pump'), device('flow', 'outdoor')], 2)).toEqual([
    'flow',
    'outdoor',
  ])
})
