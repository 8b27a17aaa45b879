import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadProfiles } from '../devices/load.ts'
import { barePoint } from '../devices/testing/point.ts'
import { alarmTestOf, controllerAlarmPoints } from './controller.ts'

const folder = fileURLToPath(new URL('../../resources/profiles', import.meta.url))
const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'))
const files = new Map(paths.map((path) => [path.replaceAll('\\', '/'), JSON.parse(readFileSync(`${folder}/${path}`, 'utf8')) as unknown]))
const profiles = new Map(loadProfiles(files).map((profile) => [profile.id, profile]))
const idsOf = (profile: string) => controllerAlarmPoints(profiles.get(profile)?.points ?? []).map(({ id }) => id)

test('an ECL 310 has 32 alarms of its own', () => {
  expect(idsOf('danfoss/ecl310-a266.1')).toEqual(Array.from({ length: 32 }, (_, n) => `alarm${n + 1}`))
})

test('an ECL 120 says of each circuit that a sensor is missing and that the reference is not reached', () => {
  expect(idsOf('danfoss/ecl-comfort-120')).toEqual(
    expect.arrayContaining(['circuit1.alarm.sensorMissing', 'circuit1.alarm.referenceNotReached']),
  )
})

test('a pump and a TROVIS say so as well', () => {
  expect(idsOf('grundfos/magna3')).toEqual(['pump.fault', 'pump.warning'])
  expect(idsOf('samson/trovis-5573')).toContain('fault.collective')
})

test('settings behind alarms and inputs without a sensor are no alarms', () => {
  for (const id of profiles.keys())
    expect(idsOf(id).filter((point) => point.includes('alarmLimit') || point.startsWith('input'))).toEqual([])
})

const states = (values: Record<string, string>, change = {}) => barePoint({ is: 'state', role: 'state', values, ...change })

test.each([
  ['a state that is named so', states({ 0: 'alarm.none', 1: 'alarm.active' }), [1], [0, 2]],
  ['a state that is named so, counted otherwise', states({ 0: 'alarm.active', 1: 'alarm.none' }, { scale: 2, offset: 5 }), [5], [7, 0]],
  [
    'a sensor that is open, short or invalid',
    states({ 0: 'sensor.ok', 1: 'sensor.invalid', 2: 'sensor.open', 3: 'sensor.short' }),
    [1, 2, 3],
    [0],
  ],
  ['an alarm output that is on', states({ 0: 'off', 1: 'on' }), [1], [0]],
  ['a fault code', barePoint(), [1, 57], [0]],
])('%s', (_name, point, wrong, right) => {
  const isAlarm = alarmTestOf(point)
  expect(wrong.map(isAlarm)).toEqual(wrong.map(() => true))
  expect(right.map(isAlarm)).toEqual(right.map(() => false))
})
