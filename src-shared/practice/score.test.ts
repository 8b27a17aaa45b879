import { describe, expect, test } from 'vitest'
import { scoreReports, type Report, type Truth } from './score.ts'

const hour = 3_600_000
const limit = 10 * hour
const fault = (id: string, given: Partial<Truth> = {}): Truth => ({
  id,
  own: true,
  kind: 'bypass',
  target: `House ${id}`,
  after: 0,
  ...given,
})
const report = (id: string, given: Partial<Report> = {}): Report => ({ id, kind: 'bypass', target: 'House a', after: 0, ...given })
const score = (reports: Report[], truth: Truth[], planned = truth.length) => scoreReports(reports, truth, limit, planned)

describe('points', () => {
  test('are 100 when everything is told the moment it begins', () => {
    expect(score([report('1')], [fault('a')])).toMatchObject({ points: 100, found: 1, half: 0, missed: 0, false: 0 })
  })

  test('fall by 20 with the time, and no further', () => {
    expect(score([report('1', { after: 5 * hour })], [fault('a')]).points).toBe(90)
    expect(score([report('1', { after: 10 * hour })], [fault('a')]).points).toBe(80)
    expect(score([report('1', { after: 15 * hour })], [fault('a')]).points).toBe(80)
  })

  test('count the time from the beginning of the fault', () => {
    const late = score([report('1', { after: 7.5 * hour })], [fault('a', { after: 5 * hour })])
    expect(late.points).toBe(90)
    expect(late.judged).toEqual([{ id: '1', outcome: 'found', fault: 'a', delay: 2.5 * hour }])
  })

  test('are 40 for the right place with another kind, however soon', () => {
    const half = score([report('1', { kind: 'exchangerFouled' })], [fault('a')])
    expect(half).toMatchObject({ points: 40, half: 1, found: 0, missed: 0 })
  })

  test('are 0 when everything was missed', () => {
    expect(score([], [fault('a'), fault('b')])).toMatchObject({ points: 0, missed: 2 })
  })

  test('are shared evenly among the faults and rounded', () => {
    expect(score([report('1')], [fault('a'), fault('b'), fault('c')]).points).toBe(33)
    const two = [report('1'), report('2', { target: 'House b', kind: 'offline' })]
    expect(score(two, [fault('a'), fault('b')]).points).toBe(70)
  })

  test('go down by 10 for each false report, but never below 0', () => {
    const wrong = (n: number) => Array.from({ length: n }, (_, i) => report(`w${i}`, { target: `House x${i}` }))
    expect(score([report('1'), ...wrong(1)], [fault('a')])).toMatchObject({ points: 90, false: 1 })
    expect(score([report('1'), ...wrong(3)], [fault('a')]).points).toBe(70)
    expect(score(wrong(4), [fault('a')]).points).toBe(0)
  })

  test('of an exercise in which nothing was broken are 100 for silence', () => {
    expect(score([], []).points).toBe(100)
    expect(score([report('1')], []).points).toBe(90)
  })

  test('are none when it ended before anything began', () => {
    expect(score([report('1')], [], 3).points).toBeNull()
  })
})

describe('a report', () => {
  const outcomes = (reports: Report[], truth: Truth[]) => score(reports, truth).judged.map(({ id, outcome }) => `${id} ${outcome}`)

  test('before the fault began is false', () => {
    expect(outcomes([report('1', { after: hour })], [fault('a', { after: 2 * hour })])).toEqual(['1 false'])
  })

  test('counts once: the first right one finds, a second of the same place is false', () => {
    const reports = [report('2', { after: 2 * hour, kind: 'frozen' }), report('1', { after: hour })]
    expect(outcomes(reports, [fault('a')])).toEqual(['2 false', '1 found'])
  })

  test('of the right kind is preferred to an earlier one of another kind', () => {
    const reports = [report('1', { kind: 'offline', after: hour }), report('2', { after: 3 * hour })]
    const { judged, half, found } = score(reports, [fault('a')])
    expect(judged.map(({ outcome }) => outcome)).toEqual(['false', 'found'])
    expect({ half, found }).toEqual({ half: 0, found: 1 })
  })

  test('of something that was broken before costs nothing and earns nothing', () => {
    const old = fault('z', { own: false, target: 'House z' })
    const result = score([report('1'), report('2', { target: 'House z', kind: 'frozen' })], [fault('a'), old])
    expect(result).toMatchObject({ points: 100, found: 1, missed: 0, false: 0 })
    expect(result.judged[1]).toEqual({ id: '2', outcome: 'known', fault: 'z', delay: null })
  })

  test('of a leak names the network', () => {
    const leak = fault('a', { kind: 'leak', target: 'n17' })
    expect(outcomes([report('1', { kind: 'leak', target: 'network' })], [leak])).toEqual(['1 found'])
    expect(outcomes([report('1', { kind: 'leak', target: 'n17' })], [leak])).toEqual(['1 false'])
  })

  test('of one house of a frozen zone is half right, and the next houses are known', () => {
    const frozen = fault('a', { kind: 'gatewayFrozen', target: 'north', stations: ['House 1', 'House 2'] })
    const houses = ['House 1', 'House 2'].map((target, i) => report(`${i}`, { kind: 'frozen', target }))
    expect(outcomes(houses, [frozen])).toEqual(['0 half', '1 known'])
    const whole = report('w', { kind: 'gatewayFrozen', target: 'north', after: hour })
    expect(outcomes([...houses, whole], [frozen])).toEqual(['0 known', '1 known', 'w found'])
    expect(outcomes([report('1', { kind: 'bypass', target: 'House 1' })], [frozen])).toEqual(['1 false'])
  })

  test('finds each of two faults at one place', () => {
    const truth = [fault('a'), fault('b', { target: 'House a', kind: 'offline', after: hour })]
    expect(outcomes([report('1', { after: hour }), report('2', { kind: 'offline', after: 2 * hour })], truth)).toEqual([
      '1 found',
      '2 found',
    ])
  })
})
