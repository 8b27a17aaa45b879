import { describe, expect, test } from 'vitest'
import { alarmKinds, ruleContentSchema, type RuleContent } from '#shared/alarms/rule.ts'
import { consequences, proposed, timeOf, times } from './matrix.ts'
import { valueNames, withOverride } from './override-values.ts'
import { withEvery } from './point-choices.ts'
import { problemsOf } from './problems.ts'
import { filtered, isTopHeavy, readSorting, shares, sorted, sortingWord, type RuleRow } from './rule-list.ts'
import { changedFields, isSame, readKept } from './session.ts'
import { deadbandOf, onDelayOf, startContent, withDeadband, withKind } from './starts.ts'
import { comparePriority } from '#shared/alarms/priority.ts'

const sound: RuleContent = {
  ...startContent('limit'),
  name: 'Return too high',
  test: { kind: 'limit', points: ['circuit.return'], highHigh: null, high: 55, low: null, lowLow: null, deadband: 2 },
}
const codes = (content: RuleContent) => problemsOf(content).map(({ step, code }) => `${step} ${code}`)

describe('a new rule', () => {
  test.each(alarmKinds)('of the kind %s lacks only what a person must say', (kind) => {
    const content = startContent(kind)
    const lacking = new Set(problemsOf(content).map(({ code }) => code))
    expect(lacking).toContain('noName')
    expect(lacking).not.toContain('number')
    expect(lacking).not.toContain('form')
  })

  test('begins with a deadband and delay that suit the quantity', () => {
    expect([deadbandOf('temperature'), onDelayOf('temperature')]).toEqual([1, 300])
    expect([deadbandOf('pressure'), onDelayOf('pressure')]).toEqual([0.2, 15])
    expect(deadbandOf('energy')).toBe(0)
  })

  test('of another kind keeps its points and response, and drops numbers that the kind has not', () => {
    const own = { ...sound, cause: 'Bypass', overrides: [{ device: 'a', off: false, values: { high: 60 }, until: null, reason: '' }] }
    const next = withKind(own, 'stuck')
    expect(next.test).toMatchObject({ kind: 'stuck', points: ['circuit.return'] })
    expect(next.cause).toBe('Bypass')
    expect(next.overrides).toEqual([{ device: 'a', off: false, values: {}, until: null, reason: '' }])
    expect(withKind(own, 'limit')).toBe(own)
  })

  test('takes the deadband of a trial only where its kind has one', () => {
    expect(withDeadband(sound.test, 3)).toMatchObject({ deadband: 3 })
    expect(withDeadband(sound.test, null)).toBe(sound.test)
    const offline = startContent('offline').test
    expect(withDeadband(offline, 3)).toBe(offline)
  })
})

describe('what keeps a rule from being saved', () => {
  test('is nothing when it is sound', () => {
    expect(codes(sound)).toEqual([])
    expect(ruleContentSchema.safeParse(sound).success).toBe(true)
  })

  test('is said with the step where it is mended', () => {
    const { test: limit } = sound
    if (limit.kind !== 'limit') throw new Error('not a limit')
    expect(codes({ ...sound, name: ' ' })).toEqual(['name noName'])
    expect(codes({ ...sound, scope: { by: 'devices', devices: [] } })).toEqual(['devices noDevice'])
    expect(codes({ ...sound, scope: { by: 'group', labels: [], match: 'any', words: ' ', except: [] } })).toEqual(['devices emptyGroup'])
    expect(codes({ ...sound, test: { ...limit, points: [] } })).toEqual(['point noPoint'])
    expect(codes({ ...sound, test: { ...limit, high: null } })).toEqual(['point noLimit'])
    expect(codes({ ...sound, test: { ...limit, low: 60 } })).toEqual(['point limitsCross'])
    expect(codes({ ...sound, test: { ...limit, deadband: Number.NaN } })).toEqual(['point number'])
    expect(codes({ ...sound, while: [{ point: 'outdoor', is: 'below', value: Number.NaN }] })).toEqual(['point gatePoint'])
    expect(codes({ ...sound, onDelayS: Number.NaN })).toEqual(['time number'])
    expect(codes({ ...sound, respondMinutes: 0.5 })).toEqual(['response form'])
  })

  test('is also a number that a reload of the page has turned into null', () => {
    const again = JSON.parse(JSON.stringify({ ...sound, offDelayS: Number.NaN })) as RuleContent
    expect(codes(again)).toEqual(['time number'])
  })
})

describe('what was typed', () => {
  test('comes back after a reload, and nothing that is no rule does', () => {
    expect(readKept(JSON.stringify({ content: sound, version: 3 }))).toEqual({ content: sound, version: 3 })
    expect(readKept('{"content":{"name":"x"},"version":3}')).toBeNull()
    expect(readKept('no JSON')).toBeNull()
    expect(readKept(null)).toBeNull()
  })

  test('is the same whatever the order of fields, and differs by name', () => {
    expect(isSame({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true)
    expect(isSame({ a: [1, 2] }, { a: [2, 1] })).toBe(false)
    expect(changedFields(sound, { ...sound, name: 'x', priority: 'low' })).toEqual(['name', 'priority'])
  })
})

test('a priority from consequence and time is never less urgent when there is less time or more to lose', () => {
  const names = times.map(({ name }) => name)
  const neighbours = <T>(all: readonly T[]) => all.slice(1).map((after, i) => [all[i] as T, after] as const)
  const byTime = consequences.flatMap((one) => neighbours(names).map(([a, b]) => comparePriority(proposed(one, a), proposed(one, b))))
  const byLoss = names.flatMap((name) => neighbours(consequences).map(([a, b]) => comparePriority(proposed(a, name), proposed(b, name))))
  expect(Math.max(...byTime, ...byLoss)).toBe(0)
  expect([timeOf(60), timeOf(61), timeOf(481), timeOf(null)]).toEqual(['soon', 'shift', 'later', null])
})

test('points are offered one by one and once for every circuit, with the most devices of any', () => {
  const kind = { title: null, is: 'temperature', unit: '°C', role: 'measure', number: 1 } as const
  const kinds = [
    { ...kind, id: 'circuit1.flow', devices: 9 },
    { ...kind, id: 'circuit2.flow', devices: 3 },
    { ...kind, id: 'outdoor', devices: 9 },
  ]
  const offered = withEvery(kinds).map(({ id, every, devices }) => `${id} ${every} ${devices}`)
  expect(offered).toEqual(['circuit1.flow false 9', 'circuit.flow true 9', 'circuit2.flow false 3', 'outdoor false 9'])
})

test('an override takes the place of the former one of its device', () => {
  const one = { device: 'a', off: false, values: { high: 60 }, until: null, reason: '' }
  expect(withOverride([one, { ...one, device: 'b' }], { ...one, off: true }).map(({ device, off }) => [device, off])).toEqual([
    ['b', false],
    ['a', true],
  ])
  expect(valueNames('offline')).toEqual([])
})

describe('the list of rules', () => {
  const row = (name: string, priority: RuleRow['priority'], active: number, enabled = true) =>
    ({ ...sound, id: name, name, priority, active, enabled, devices: 1, week: 0 }) as RuleRow
  const rows = [row('b', 'low', 2), row('a', 'low', 0, false), row('c', 'critical', 1)]

  test('is sorted by a column and then by name, both ways', () => {
    expect(sorted(rows, readSorting(undefined)).map(({ name }) => name)).toEqual(['c', 'a', 'b'])
    expect(sorted(rows, readSorting('active')).map(({ name }) => name)).toEqual(['b', 'c', 'a'])
    expect(sorted(rows, readSorting('name-descending')).map(({ name }) => name)).toEqual(['c', 'b', 'a'])
    expect(sortingWord(readSorting('week-ascending'))).toBe('week-ascending')
    expect(readSorting('nonsense-up').key).toBe('priority')
  })

  test('is narrowed by words, priority and state together', () => {
    const filter = { text: '', priority: null, state: null }
    expect(filtered(rows, { ...filter, priority: 'low', state: 'on' }).map(({ name }) => name)).toEqual(['b'])
    expect(filtered(rows, { ...filter, text: 'C' }).map(({ name }) => name)).toEqual(['c'])
  })

  test('says the share of each priority, and when too much is urgent', () => {
    const spread = (critical: number, high: number, medium: number, low: number) => [
      { priority: 'critical' as const, conditions: critical },
      { priority: 'high' as const, conditions: high },
      { priority: 'medium' as const, conditions: medium },
      { priority: 'low' as const, conditions: low },
    ]
    expect(shares(spread(1, 4, 15, 80)).map(({ share }) => share)).toEqual([1, 4, 15, 80])
    expect(shares([]).map(({ share }) => share)).toEqual([null, null, null, null])
    expect(isTopHeavy(spread(1, 4, 15, 80))).toBe(false)
    expect(isTopHeavy(spread(5, 10, 15, 70))).toBe(true)
    expect(isTopHeavy(spread(1, 1, 0, 0))).toBe(false)
  })
})
