import { describe, expect, test } from 'vitest'
import { changesInMinute, isFleeting, isStale } from './chatter.ts'
import { kpiOf, type KpiOccurrence } from './kpi.ts'
import { figureNames, kpiSchema, type AlarmKpi, type FigureName } from './kpi-contract.ts'
import { figureOf, spreadMark } from './kpi-figures.ts'

const from = Date.UTC(2026, 10, 1)
const second = 1000
const minute = 60 * second
const hour = 60 * minute
const to = from + 48 * hour

type Entry = { raised: number; cleared?: number; acknowledged?: number; hidden?: boolean }

let number = 0
function log(
  what: Pick<KpiOccurrence, 'rule' | 'device' | 'priority'> & Partial<KpiOccurrence>,
  entries: readonly Entry[],
): KpiOccurrence[] {
  return entries.map(({ raised, cleared, acknowledged, hidden }) => ({
    id: `o${(number += 1)}`,
    alarm: `${what.rule}|${what.device}||`,
    ruleName: `Rule ${what.rule}`,
    deviceName: `Device ${what.device}`,
    point: null,
    part: '',
    kind: 'limit',
    raisedAt: from + raised,
    clearedAt: cleared === undefined ? null : from + cleared,
    acknowledgedAt: acknowledged === undefined ? null : from + acknowledged,
    endedAt: cleared === undefined || acknowledged === undefined ? null : from + Math.max(cleared, acknowledged),
    hidden: hidden ?? false,
    ...what,
  }))
}

const times = (count: number, of: (i: number) => Entry) => Array.from({ length: count }, (_, i) => of(i))

/** Two days, counted by hand. */
const occurrences: KpiOccurrence[] = [
  ...log({ rule: 'supply', device: '1', priority: 'high' }, [
    { raised: 10 * second, cleared: 20 * second },
    { raised: 30 * second, cleared: 40 * second },
    { raised: 2 * hour, cleared: 3 * hour, acknowledged: 2 * hour + 10 * minute },
  ]),
  // Since four hours before the period, and still so.
  ...log({ rule: 'pump', device: '2', priority: 'critical', kind: 'controller' }, [
    { raised: -4 * hour, acknowledged: -4 * hour + 30 * minute },
  ]),
  ...log(
    { rule: 'return', device: '3', priority: 'low' },
    times(10, (i) => {
      const at = (4 + i) * hour
      return { raised: at, cleared: at + 30 * minute, acknowledged: at + 5 * minute }
    }),
  ),
  ...log(
    { rule: 'flow', device: '3', priority: 'low' },
    times(10, (i) => ({ raised: (4 + i) * hour + minute, cleared: (4 + i) * hour + 21 * minute })),
  ),
  // A flood: one every half minute from six in the morning of the second day on.
  ...times(12, (i) => ({ raised: 30 * hour + i * 30 * second, cleared: 30 * hour + 30 * minute, acknowledged: 31 * hour })).flatMap(
    (entry, i) => log({ rule: 'sensor', device: `s${i}`, priority: 'medium', kind: 'sensor' }, [entry]),
  ),
  ...log({ rule: 'shelved', device: '8', priority: 'low' }, [{ raised: 32 * hour, cleared: 33 * hour, hidden: true }]),
  // Acknowledged and cleared only after the period.
  ...log({ rule: 'frost', device: '9', priority: 'critical' }, [
    { raised: 48 * hour - 5 * minute, cleared: 49 * hour, acknowledged: 48 * hour + 5 * minute },
  ]),
]

const edges = Array.from({ length: 49 }, (_, i) => from + i * hour)
const kpi = (): AlarmKpi => kpiOf({ from, to, edges, occurrences, acts: { shelved: 3, outOfService: 1, suppressed: 7 } })
const figure = (name: FigureName) => kpi().figures.find((one) => one.name === name)

describe('figures match a hand-counted log', () => {
  test.each<[FigureName, number, string | null]>([
    ['alarmCount', 36, null],
    ['currentAlarmRate', 1, 'met'],
    ['averageAlarmRate', 36 / 288, 'met'],
    ['alarmsPerDay', 18, 'met'],
    ['maximumAlarmRate', 12, 'missed'],
    ['worstHour', 12, 'met'],
    ['worstMinute', 2, 'met'],
    ['busyShare', 1 / 288, 'met'],
    ['floodCount', 1, null],
    // Fewer than five were left when the eighth was ten minutes old.
    ['longestFlood', 13.5 * minute, null],
    ['floodShare', 13.5 / (48 * 60), 'met'],
    ['stale', 1, 'met'],
    ['chattering', 1, 'missed'],
    ['fleeting', 2, 'missed'],
    // 10 + 10 + 3 and seven of those that came once.
    ['topTenShare', 30 / 36, null],
    // Ten of 5 min, one of 10, twelve of 54.5 to 60: the 12th and the 21st of 23.
    ['medianToAcknowledge', 54.5 * minute, null],
    ['longToAcknowledge', 59 * minute, null],
    ['neverAcknowledged', 13, null],
    ['maximumActiveState', 52 * hour, null],
    ['maximumUnAck', 48 * hour - 10 * second, null],
    ['maximumReAlarmCount', 9, null],
    ['shelved', 3, null],
    ['outOfService', 1, null],
    ['suppressed', 7, null],
  ])('%s is %d', (name, value, met) => {
    expect(figure(name)?.value).toBeCloseTo(value, 9)
    expect(figure(name)?.met).toBe(met)
  })

  test('every figure stands once, in the form of the contract', () => {
    expect(kpi().figures.map(({ name }) => name)).toHaveLength(figureNames.length)
    expect(new Set(kpi().figures.map(({ name }) => name)).size).toBe(figureNames.length)
    expect(kpiSchema.parse(kpi())).toEqual(kpi())
  })

  test('the spread of priorities is counted', () => {
    expect(kpi().spread.map(({ priority, count, share }) => [priority, count, share])).toEqual([
      ['critical', 1, 1 / 36],
      ['high', 3, 3 / 36],
      ['medium', 12, 12 / 36],
      ['low', 20, 20 / 36],
    ])
  })

  test('the sources that came most often stand first, each with what to do', () => {
    const { sources } = kpi()
    expect(sources).toHaveLength(10)
    expect(sources.slice(0, 4).map(({ rule, count, suggestion }) => [rule, count, suggestion])).toEqual([
      ['flow', 10, 'suppress'],
      ['return', 10, 'review'],
      ['supply', 3, 'deadband'],
      ['frost', 1, null],
    ])
    expect(sources[0]?.comesWith?.ruleName).toBe('Rule return')
    expect(sources[2]).toMatchObject({ changes: 4, fleeting: 2, share: 3 / 36 })
  })

  test('stale and chattering ones are named, also when they did not come in the period', () => {
    expect(kpi().stale).toMatchObject([{ rule: 'pump', count: 0, activeSince: from - 4 * hour, suggestion: 'stale' }])
    expect(kpi().chattering).toMatchObject([{ rule: 'supply', changes: 4 }])
  })

  test('bars hold every alarm of the period by priority', () => {
    const { bars } = kpi()
    expect(bars).toHaveLength(48)
    expect(bars[0]?.counts).toEqual({ critical: 0, high: 2, medium: 0, low: 0 })
    expect(bars[30]?.counts.medium).toBe(12)
    expect(bars[47]?.counts.critical).toBe(1)
    expect(bars.reduce((sum, { counts }) => sum + Object.values(counts).reduce((a, b) => a + b), 0)).toBe(36)
  })

  test('a flood says with which alarm it began', () => {
    expect(kpi().floods).toMatchObject([
      { from: from + 30 * hour, to: from + 30 * hour + 13.5 * minute, count: 12, firstOut: { deviceName: 'Device s0' } },
    ])
  })
})

test('shares are judged only where there are enough alarms to meet the goal', () => {
  const judged = (count: number) => {
    const of = log(
      { rule: 'a', device: '1', priority: 'low' },
      times(count, (i) => ({ raised: i * 5 * minute, cleared: i * 5 * minute + 2 * minute })),
    )
    const { figures, spread } = kpiOf({
      from,
      to,
      edges: [from, to],
      occurrences: of,
      acts: { shelved: 0, outOfService: 0, suppressed: 0 },
    })
    return [figures.find(({ name }) => name === 'topTenShare')?.met, spread.find(({ priority }) => priority === 'medium')?.met]
  }
  expect(judged(99)).toEqual([null, null])
  expect(judged(199)).toEqual([null, 'met'])
  expect(judged(200)).toEqual(['missed', 'met'])
})

test('a period without alarms has rates of zero and nothing to judge by share', () => {
  const { figures, spread, sources } = kpiOf({
    from,
    to,
    edges: [from, to],
    occurrences: [],
    acts: { shelved: 0, outOfService: 0, suppressed: 0 },
  })
  const value = (name: FigureName) => figures.find((one) => one.name === name)?.value
  expect([value('averageAlarmRate'), value('maximumAlarmRate'), value('topTenShare'), value('medianToAcknowledge')]).toEqual([
    0,
    0,
    null,
    null,
  ])
  expect(spread.every(({ share, met }) => share === null && met === null)).toBe(true)
  expect(sources).toEqual([])
})

test('a period that has not begun, or is shorter than a day, is not stretched to one', () => {
  const none = { shelved: 0, outOfService: 0, suppressed: 0 }
  const value = (end: number, name: FigureName) =>
    kpiOf({ from, to: end, edges: [from, end], occurrences, acts: none }).figures.find((one) => one.name === name)?.value
  expect(value(from, 'averageAlarmRate')).toBeNull()
  expect(value(from + hour, 'alarmsPerDay')).toBeNull()
  expect(value(from + 5 * minute, 'averageAlarmRate')).toBe(2)
})

test('an alarm that mostly goes by itself at once wants an on-delay, one that flaps without a limit an off-delay', () => {
  const none = { shelved: 0, outOfService: 0, suppressed: 0 }
  const suggestion = (of: KpiOccurrence[]) => kpiOf({ from, to, edges: [from, to], occurrences: of, acts: none }).sources[0]?.suggestion
  const short = log(
    { rule: 'a', device: '1', priority: 'low' },
    times(4, (i) => ({ raised: i * hour, cleared: i * hour + 40 * second })),
  )
  const flapping = log(
    { rule: 'b', device: '1', priority: 'low', kind: 'offline' },
    times(4, (i) => ({ raised: i * 20 * second, cleared: i * 20 * second + 10 * second })),
  )
  expect(suggestion(short)).toBe('onDelay')
  expect(suggestion(flapping)).toBe('offDelay')
})

test('an alarm that comes all the time is not what another one follows', () => {
  const none = { shelved: 0, outOfService: 0, suppressed: 0 }
  const always = log(
    { rule: 'always', device: '1', priority: 'low' },
    times(600, (i) => ({ raised: i * 90 * second, cleared: i * 90 * second + 70 * second })),
  )
  const other = log(
    { rule: 'other', device: '2', priority: 'low' },
    times(4, (i) => ({ raised: (i + 1) * hour, cleared: (i + 1) * hour + 30 * minute })),
  )
  const { sources } = kpiOf({ from, to, edges: [from, to], occurrences: [...always, ...other], acts: none })
  expect(sources.find(({ rule }) => rule === 'other')).toMatchObject({ comesWith: null, suggestion: null })
})

test('more than 150 a day is more than the goal, more than 300 must be acted on', () => {
  expect([150, 151, 300, 301].map((value) => figureOf('alarmsPerDay', value).met)).toEqual(['met', 'near', 'near', 'missed'])
  expect([4, 5].map((value) => figureOf('stale', value).met)).toEqual(['met', 'missed'])
  expect([0.8, 0.7].map((share) => spreadMark('low', share))).toEqual(['met', 'missed'])
})

test('three changes within a minute are chattering, spread wider they are not', () => {
  const stay = (raised: number, cleared: number | null) => ({
    raisedAt: raised * second,
    clearedAt: cleared === null ? null : cleared * second,
    acknowledgedAt: null,
  })
  expect(changesInMinute([stay(0, 20), stay(59, null)])).toBe(3)
  expect(changesInMinute([stay(0, 30), stay(60, 90)])).toBe(2)
  expect([[], [stay(0, null)], [stay(0, 59)], [stay(0, 60)]].map(changesInMinute)).toEqual([0, 1, 2, 1])
})

test('a fleeting alarm went within a minute without being acknowledged', () => {
  const stay = { raisedAt: 0, clearedAt: 59_999, acknowledgedAt: null }
  expect(isFleeting(stay)).toBe(true)
  expect(isFleeting({ ...stay, clearedAt: 60_000 })).toBe(false)
  expect(isFleeting({ ...stay, clearedAt: null })).toBe(false)
  expect(isFleeting({ ...stay, acknowledgedAt: 30_000 })).toBe(false)
  expect(isFleeting({ ...stay, acknowledgedAt: 90_000 })).toBe(true)
})

test('a stale alarm is active for more than a day', () => {
  const stay = { raisedAt: 0, clearedAt: null, acknowledgedAt: null }
  expect(isStale(stay, 24 * hour)).toBe(false)
  expect(isStale(stay, 24 * hour + 1)).toBe(true)
  expect(isStale({ ...stay, clearedAt: hour }, 48 * hour)).toBe(false)
})
