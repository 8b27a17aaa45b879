import { expect, test } from 'vitest'
import { ruleContentSchema, type AlarmTest, type Rule } from '#shared/alarms/rule.ts'
import type { OpenDevice } from '../device-context.ts'
import { setting } from '../devices/testing/setting.ts'
import { rulesFor } from './looks-at.ts'

const device = {
  id: 'school',
  name: 'School',
  place: 'Lake road 1',
  tags: ['north'],
  profile: 'danfoss/a266',
  points: [setting({ id: 'circuit1.flow', role: 'measure' }), setting({ id: 'alarm1', served: false, values: { '1': 'alarm.active' } })],
} as unknown as OpenDevice

const limit: AlarmTest = { kind: 'limit', points: ['circuit.flow'], highHigh: null, high: 80, low: null, lowLow: null, deadband: 1 }

function rule(id: string, test: AlarmTest, changes: Partial<Rule> = {}): Rule {
  const content = ruleContentSchema.parse({
    name: id,
    description: '',
    enabled: true,
    test,
    priority: 'low',
    scope: { by: 'all' },
    while: [],
    onDelayS: 0,
    offDelayS: 0,
    latched: false,
    cause: '',
    consequence: '',
    action: '',
    respondMinutes: null,
    link: '',
    notify: { steps: [], resolved: false, schedule: null },
    overrides: [],
  })
  return { ...content, id, version: 1, library: null, createdAt: 0, changedAt: 0, changedBy: '', removedAt: null, ...changes }
}

const found = (rules: readonly Rule[]) => rulesFor(rules, device).map(({ rule: { id }, lacking }) => [id, lacking])

test('a rule belongs to a device by its scope; a removed one and one of the program do not', () => {
  const elsewhere: Rule['scope'] = { by: 'devices', devices: ['bakery'] }
  const health: AlarmTest = { kind: 'health', checks: ['diskFree'], diskFree: 1, backupAge: 1, pollOverrun: 1 }
  const rules = [
    rule('all', limit),
    rule('elsewhere', limit, { scope: elsewhere }),
    rule('north', limit, { scope: { by: 'group', labels: ['north'], match: 'any', words: '', except: [] } }),
    rule('removed', limit, { removedAt: 5 }),
    rule('program', health),
  ]
  expect(found(rules)).toEqual([
    ['all', false],
    ['north', false],
  ])
})

test('a rule that finds none of its points is told apart, also when the device does not answer them', () => {
  expect(
    found([
      rule('flow', limit),
      rule('bits', { kind: 'controller', points: [] }),
      rule('return', { ...limit, points: ['circuit.return'] }),
      rule('contact', { kind: 'offline' }),
    ]),
  ).toEqual([
    ['flow', false],
    ['bits', true],
    ['return', true],
    ['contact', false],
  ])
})

test('what a rule makes of this device alone comes with it', () => {
  const own = { device: 'school', off: true, values: {}, until: null, reason: 'sold' }
  const [looking] = rulesFor([rule('all', limit, { overrides: [{ ...own, device: 'bakery' }, own] })], device)
  expect(looking?.override).toEqual(own)
})
