import { expect, test } from 'vitest'
import { pointBeside, pointsNamed } from './find-points.ts'
import { deviceWith } from './testing/rule-device.ts'

const controller = deviceWith([
  'outdoor',
  'circuit1.flow',
  'circuit1.flowReference',
  'circuit1.pump',
  'circuit2.flow',
  'circuit2.flowReference',
  'circuit12.flow',
  'circuit1.schedule.monday.start1',
  'hotWater.flow',
  'hotWater.flowReference',
  'meter1.energy',
  'meter1.power',
  'meter2.energy',
  'meter2.power',
  '!meter3.energy',
  'alarm1',
  'alarm12',
  'input7',
])
const meter = deviceWith(['energy', 'power', 'flowTemperature', 'returnTemperature', 'meterStatus', 'tariff1'])

const ids = (name: string, device = controller) => pointsNamed(name, device).map(({ point }) => point.id)

test.each<[string, string[]]>([
  ['circuit1.flow', ['circuit1.flow']],
  ['circuit.flow', ['circuit1.flow', 'circuit2.flow', 'circuit12.flow']],
  ['hotWater.flow', ['hotWater.flow']],
  ['flow', []],
  ['alarm', ['alarm1', 'alarm12']],
  ['alarm1', ['alarm1']],
  ['input', ['input7']],
  ['circuit.schedule.monday.start1', ['circuit1.schedule.monday.start1']],
  ['schedule.monday.start1', []],
  ['energy', ['meter1.energy', 'meter2.energy']],
  ['meter.energy', ['meter1.energy', 'meter2.energy']],
  ['meter2.energy', ['meter2.energy']],
  ['meter3.energy', []],
  ['pump', []],
])('of a controller, %s means %j', (name, expected) => expect(ids(name)).toEqual(expected))

test('of a meter that is read directly, its own', () => {
  expect([ids('energy', meter), ids('meter.energy', meter), ids('tariff', meter)]).toEqual([['energy'], [], ['tariff1']])
})

test('names the series of the point', () => {
  expect(pointsNamed('circuit2.flow', controller)[0]?.series).toBe(104)
})

test.each<[string, string, string | undefined]>([
  ['circuit.flowReference', 'circuit2.flow', 'circuit2.flowReference'],
  ['circuit.flowReference', 'circuit12.flow', undefined],
  ['circuit1.flowReference', 'circuit2.flow', 'circuit1.flowReference'],
  ['circuit.pump', 'circuit2.flow', undefined],
  ['circuit.pump', 'outdoor', 'circuit1.pump'],
  ['circuit.pump', 'hotWater.flow', 'circuit1.pump'],
  ['hotWater.flowReference', 'circuit2.flow', 'hotWater.flowReference'],
  ['power', 'meter2.energy', 'meter2.power'],
  ['outdoor', 'circuit2.flow', 'outdoor'],
  ['room', 'circuit2.flow', undefined],
])('%s beside %s is %s', (name, other, expected) => expect(pointBeside(name, other, controller)?.point.id).toBe(expected))

test('beside what a meter measures is what the same meter does', () => {
  expect(pointBeside('returnTemperature', 'flowTemperature', meter)?.point.id).toBe('returnTemperature')
  const both = deviceWith(['meter1.returnTemperature', 'returnTemperature', 'flowTemperature'])
  expect(pointBeside('returnTemperature', 'flowTemperature', both)?.point.id).toBe('returnTemperature')
})
