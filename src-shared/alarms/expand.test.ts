import { describe, expect, test } from 'vitest'
import { createCalendar } from '../calendar.ts'
import { barePoint } from '../devices/testing/point.ts'
import { overrideSchema, type AlarmTest, type Override, type Rule, type TestOf } from './rule.ts'
import { conditionsOf } from './expand.ts'
import { keyOf } from './condition-key.ts'
import { deviceWith, ruleWith } from './testing/rule-device.ts'

const calendar = createCalendar('Europe/Berlin')
const now = Date.parse('2026-02-01T12:00Z')
const hour = 3_600_000

const device = deviceWith([
  barePoint({ id: 'circuit1.flow', is: 'temperature' }),
  barePoint({ id: 'circuit1.flowReference', is: 'temperature' }),
  barePoint({ id: 'circuit2.flow', is: 'temperature' }),
  barePoint({ id: 'circuit2.flowReference', is: 'temperature' }),
  barePoint({ id: 'circuit1.pump', role: 'state', is: 'state', values: { 0: 'off', 1: 'on' } }),
  barePoint({ id: 'circuit1.comfort', role: 'setting', is: 'temperature' }),
  barePoint({ id: 'alarm1', role: 'state', is: 'state', values: { 0: 'alarm.none', 1: 'alarm.active' } }),
  barePoint({ id: 'meter1.energy', is: 'energy' }),
  barePoint({ id: 'difference', formula: true }),
  barePoint({ id: 'room', number: -1 }),
])

const limits: TestOf<'limit'> = { kind: 'limit', points: ['circuit.flow'], highHigh: 90, high: 80, low: 20, lowLow: 10, deadband: 1 }
const planned = (change: Partial<Rule> = {}, at = now) => conditionsOf(ruleWith(change), device, calendar, at)
const withTest = (one: AlarmTest, change: Partial<Rule> = {}) => planned({ test: one, ...change })
const places = (conditions: ReturnType<typeof planned>) =>
  conditions.map(({ place }) => (place.part ? `${place.point} ${place.part}` : place.point))
const override = (change: Partial<Override>): Override => overrideSchema.parse({ device: 'd', ...change })

describe('limits', () => {
  test('each level of each point is a condition, the outer ones more urgent and above the inner', () => {
    const conditions = withTest({ ...limits, points: ['circuit1.flow'] })
    expect(conditions.map(({ place: { part }, priority, beneath, series }) => [part, priority, beneath, series])).toEqual([
      ['highHigh', 'high', null, 100],
      ['high', 'medium', 'r|d|circuit1.flow|highHigh', 100],
      ['low', 'medium', 'r|d|circuit1.flow|lowLow', 100],
      ['lowLow', 'high', null, 100],
    ])
  })

  test('a level that is not set is none, and nothing stands for the other', () => {
    const conditions = withTest({ ...limits, highHigh: null, lowLow: null, points: ['circuit1.flow'] })
    expect(conditions.map(({ place: { part }, beneath }) => [part, beneath])).toEqual([
      ['high', null],
      ['low', null],
    ])
  })

  test('each level looks at its own limit and side', () => {
    const verdicts = withTest({ ...limits, points: ['circuit1.flow'] }).map(({ make }) => {
      const check = make()
      return [95, 85, 50, 15, 5].map((value) => check.take(0, value, 'good', 0, false)[0]).join('')
    })
    expect(verdicts).toEqual(['bwwww', 'bbwww', 'wwwbb', 'wwwwb'])
  })
})

test('a name without a number means all circuits, each once', () => {
  const test_ = { ...limits, points: ['circuit.flow', 'circuit2.flow'], highHigh: null, low: null, lowLow: null }
  expect(places(withTest(test_))).toEqual(['circuit1.flow high', 'circuit2.flow high'])
})

test('a point that the device does not have or does not serve gives none', () => {
  expect(withTest({ ...limits, points: ['circuit3.flow', 'room'] })).toEqual([])
})

describe('other kinds', () => {
  test('deviation: beside each point the reference of its circuit', () => {
    const conditions = withTest({
      kind: 'deviation',
      pairs: [{ point: 'circuit.flow', reference: 'circuit.flowReference' }],
      above: 5,
      below: 5,
      deadband: 1,
    })
    expect(conditions.map(({ place: { point }, make }) => [point, make().series])).toEqual([
      ['circuit1.flow', [100, 101]],
      ['circuit2.flow', [102, 103]],
    ])
  })

  test('deviation: two references of one point are two conditions', () => {
    const pairs = ['circuit1.flowReference', 'circuit1.comfort'].map((reference) => ({ point: 'circuit1.flow', reference }))
    expect(places(withTest({ kind: 'deviation', pairs, above: 5, below: null, deadband: 1 }))).toEqual([
      'circuit1.flow',
      'circuit1.flow circuit1.comfort',
    ])
  })

  test('deviation: a pair that two names mean is one condition', () => {
    const pairs = ['circuit.flow', 'circuit1.flow'].map((point) => ({ point, reference: 'circuit.flowReference' }))
    expect(places(withTest({ kind: 'deviation', pairs, above: 5, below: null, deadband: 1 }))).toEqual(['circuit1.flow', 'circuit2.flow'])
  })

  test('rate looks back twice its time, and at least 20 minutes more than it', () => {
    const memory = (minutes: number) => withTest({ kind: 'rate', points: ['circuit1.flow'], rise: 5, fall: null, minutes })[0]?.memoryMs
    expect([memory(60), memory(10)]).toEqual([2 * hour, hour / 2])
  })

  test('consumption: more and less are two conditions that look back a day', () => {
    const conditions = withTest({ kind: 'consumption', points: ['energy'], from: '02:00', to: '05:00', above: 5, below: 1 })
    expect(places(conditions)).toEqual(['meter1.energy high', 'meter1.energy low'])
    expect(conditions.map(({ memoryMs }) => memoryMs)).toEqual([27 * hour, 27 * hour])
  })

  test('controller: all alarms of the controller, or the points that are named', () => {
    expect(places(withTest({ kind: 'controller', points: [] }))).toEqual(['alarm1'])
    const [pump] = withTest({ kind: 'controller', points: ['circuit1.pump'] })
    expect(pump?.make().take(0, 1, 'good', 0, false)).toBe('beyond')
  })

  test('sensor and missing: all that the device measures itself, or the points that are named', () => {
    const all = ['circuit1.flow', 'circuit1.flowReference', 'circuit2.flow', 'circuit2.flowReference', 'meter1.energy']
    expect(places(withTest({ kind: 'sensor', points: [], polls: 2 }))).toEqual(all)
    expect(places(withTest({ kind: 'missing', points: [], hours: 2 }))).toEqual(all)
    expect(places(withTest({ kind: 'missing', points: ['difference'], hours: 2 }))).toEqual(['difference'])
  })

  test('a sensor that was never there is broken only where the rule names it', () => {
    const first = (points: string[]) => withTest({ kind: 'sensor', points, polls: 1 })[0]?.make().take(0, Number.NaN, 'fault', 0, false)
    expect([first([]), first(['circuit1.flow'])]).toEqual(['unknown', 'beyond'])
  })

  test('stuck looks back as long as it waits', () => {
    expect(withTest({ kind: 'stuck', points: ['circuit1.flow'], hours: 6, within: 0.1 })[0]?.memoryMs).toBeGreaterThanOrEqual(6 * hour)
  })

  test.each<AlarmTest>([
    { kind: 'offline' },
    { kind: 'meter', severities: 'all' },
    { kind: 'health', checks: ['diskFree'], diskFree: 1, backupAge: 1, pollOverrun: 1 },
  ])('no reading tells $kind', (one) => expect(withTest(one)).toEqual([]))
})

describe('gates', () => {
  const pump = { point: 'circuit.pump', is: 'equal', value: 1 } as const

  test('are those of the same circuit, and a circuit without gives no condition', () => {
    const conditions = withTest({ ...limits, highHigh: null, low: null, lowLow: null }, { while: [pump] })
    expect(places(conditions)).toEqual(['circuit1.flow high'])
    const check = conditions[0]?.make()
    expect(check?.series).toEqual([100, 104])
    check?.take(0, 85, 'good', 0, false)
    expect(check?.take(1, 0, 'good', 0, false)).toBe('within')
    expect(check?.take(1, 1, 'good', 0, false)).toBe('beyond')
  })
})

describe('overrides', () => {
  const parts = (overrides: Override[], at = now) => places(planned({ test: { ...limits, points: ['circuit1.flow'] }, overrides }, at))
  const high = (overrides: Override[], at = now) =>
    planned({ test: { ...limits, points: ['circuit1.flow'] }, overrides }, at)
      .find(({ place }) => place.part === 'high')
      ?.make()
      .shown().limit

  test('take the device out', () => expect(parts([override({ off: true })])).toEqual([]))
  test('of another device do nothing', () => expect(parts([override({ device: 'e', off: true })])).toHaveLength(4))
  test('give another limit', () => expect(high([override({ values: { high: 70 } })])).toBe(70))
  test('switch a level off', () =>
    expect(parts([override({ values: { highHigh: null, lowLow: null } })])).toEqual(['circuit1.flow high', 'circuit1.flow low']))

  test('end by themselves, at that moment', () => {
    const until = now + hour
    expect([now, until - 1, until].map((at) => high([override({ values: { high: 70 }, until })], at))).toEqual([70, 70, 80])
    expect(high([override({ values: { high: 70 }, until: now }), override({ values: { high: 75 } })])).toBe(75)
  })

  test('give other delays, each by itself', () => {
    expect(planned({ test: limits, overrides: [override({ onDelayS: 0 })] })[0]?.delays).toEqual({ onMs: 0, offMs: 60_000 })
    expect(planned({ test: limits, overrides: [override({ offDelayS: 5 })] })[0]?.delays).toEqual({ onMs: 300_000, offMs: 5000 })
  })

  test('cannot give what the test cannot have', () => {
    const one: TestOf<'stuck'> = { kind: 'stuck', points: ['circuit1.flow'], hours: 6, within: 0.1 }
    const memory = (values: Override['values']) => withTest(one, { overrides: [override({ values })] })[0]?.memoryMs
    expect(memory({ hours: 12 })).toBeGreaterThan(12 * hour)
    const odd: Override['values'][] = [{ hours: null }, { hours: 0 }, { hours: -3 }, { kind: 5, points: 1 }]
    for (const values of odd) expect(memory(values)).toBe(memory({}))
  })

  test.each<[string, AlarmTest, Override['values'], number]>([
    ['rate', { kind: 'rate', points: ['circuit1.flow'], rise: 5, fall: 5, minutes: 60 }, { rise: null, fall: null }, 0],
    [
      'deviation',
      { kind: 'deviation', pairs: [{ point: 'circuit1.flow', reference: 'circuit1.flowReference' }], above: 5, below: 5, deadband: 1 },
      { above: null, below: null },
      0,
    ],
    ['consumption', { kind: 'consumption', points: ['energy'], from: '02:00', to: '05:00', above: 5, below: 1 }, { below: null }, 1],
  ])('leave nothing to look at of %s when they switch its sides off', (_kind, one, values, left) => {
    expect(withTest(one, { overrides: [override({ values })] })).toHaveLength(left)
  })
})

test('keys are free of doubles, and each condition gets a check of its own', () => {
  const conditions = withTest({ ...limits, points: ['circuit.flow', 'circuit1.flow'] })
  expect(new Set(conditions.map(({ place }) => keyOf(place))).size).toBe(conditions.length)
  expect(conditions[0]?.make()).not.toBe(conditions[0]?.make())
})
