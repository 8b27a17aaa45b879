import { expect, test } from 'vitest'
import { setting } from '../devices/testing/setting.ts'
import { alarmBits, alarmSettings } from './points.ts'

const told = { values: { '0': 'alarm.none', '1': 'alarm.active' }, role: 'state' as const }
const points = [
  setting({ id: 'alarm1', ...told }),
  setting({ id: 'meter1.fault', ...told }),
  setting({ id: 'alarm2', ...told, served: false }),
  setting({ id: 'alarmOutput', role: 'state', values: { '0': 'off', '1': 'on' } }),
  setting({ id: 'circuit1.alarmLimit.delay', is: 'duration' }),
  setting({ id: 'hotWater.alarmLimit.upperDifference', served: false }),
  setting({ id: 'circuit1.slope' }),
]
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id)

test('the alarm bits of a controller are told by their states, whatever they are called; an output is none', () => {
  expect(ids(alarmBits(points))).toEqual(['alarm1', 'meter1.fault'])
})

test('its alarm settings are those of a limit that the controller answers', () => {
  expect(ids(alarmSettings(points))).toEqual(['circuit1.alarmLimit.delay'])
})
