import { describe, expect, test } from 'vitest'
import { FloodWatch } from './flood.ts'
import { groupRows, mostGroups } from './group.ts'
import { normal } from './state.ts'
import type { AlarmRow, Flood } from './row.ts'
import { stateOf, step } from './step.ts'

const start = Date.UTC(2026, 0, 12, 5)
const quiet: Flood = { active: false, since: null, count: 0, firstOut: null }
const flood: Flood = { active: true, since: start, count: 500, firstOut: 'r0|d0||' }

function row(over: Partial<AlarmRow> & { rule: string; device: string }): AlarmRow {
  return {
    id: `${over.rule}|${over.device}||`,
    occurrence: 'o',
    state: 'unacknowledged',
    active: true,
    priority: 'medium',
    kind: 'limit',
    ruleName: `Rule ${over.rule}`,
    deviceName: over.device,
    place: '',
    line: '',
    point: null,
    part: '',
    series: null,
    is: null,
    decimals: 1,
    value: null,
    raisedValue: null,
    limit: null,
    raisedAt: start,
    clearedAt: null,
    changedAt: start,
    acknowledged: null,
    waiting: 1,
    recent: [],
    pendingUntil: null,
    respondBy: null,
    shelf: null,
    suppression: null,
    out: null,
    beneath: 0,
    unsaved: false,
    ...over,
  }
}

const many = (count: number, of: (i: number) => AlarmRow) => Array.from({ length: count }, (_, i) => of(i))
const shape = (rows: readonly AlarmRow[]) => groupRows(rows, flood).map(({ by, name, rows: of }) => `${by} ${name} ${of.length}`)

/** Raises every row within ten minutes as the engine does, and looks at the list after each of them. */
function replay(rows: readonly AlarmRow[]): { most: number; last: ReturnType<typeof groupRows> } {
  const watch = new FloodWatch()
  const shown: AlarmRow[] = []
  let most = 0
  const lost: string[] = []
  rows.forEach((one, i) => {
    const at = start + Math.floor((i * 600_000) / rows.length)
    const { standing, effects } = step(normal, { event: 'raise', id: `o${i}` }, { latched: false })
    if (effects.some(({ effect }) => effect === 'annunciate')) watch.take(at, one.id)
    shown.push({ ...one, state: stateOf(standing), active: standing.active, occurrence: standing.occurrence, raisedAt: at })
    const groups = groupRows(shown, watch.look(at))
    most = Math.max(most, groups.length)
    const within = new Set(groups.flatMap((group) => group.rows.map(({ id }) => id)))
    lost.push(...shown.filter(({ id }) => !within.has(id)).map(({ id }) => id))
    expect(within.size).toBe(shown.length)
    expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length)
    for (const { rows: of, counts } of groups) expect(Object.values(counts).reduce((a, b) => a + b)).toBe(of.length)
  })
  expect(lost).toEqual([])
  return { most, last: groupRows(shown, watch.look(start + 600_000)) }
}

describe('500 alarms in ten minutes show at most ten entries and lose none', () => {
  test('when one gateway of many is lost', () => {
    const rows = many(500, (i) => row({ rule: `r${i % 60}`, device: `d${i}`, line: i < 350 ? '10.0.0.5:502' : `10.0.1.${i}:502` }))
    const { most, last } = replay(rows)
    expect(most).toBeLessThanOrEqual(mostGroups)
    expect(last[0]).toMatchObject({ by: 'line', name: '10.0.0.5:502' })
  })

  test('when a cold snap leaves 200 houses without supply', () => {
    const low = many(200, (i) => row({ rule: 'supply', device: `d${i}`, priority: 'high', line: `l${i % 40}` }))
    const rest = many(300, (i) => row({ rule: `r${i % 30}`, device: `e${i}`, priority: i % 5 === 0 ? 'medium' : 'low' }))
    const { most, last } = replay([...low, ...rest])
    expect(most).toBeLessThanOrEqual(mostGroups)
    expect(last[0]).toMatchObject({ id: 'rule:supply', by: 'rule', name: 'Rule supply' })
    expect(last[0]?.rows).toHaveLength(200)
    expect(last.at(-1)).toMatchObject({ id: 'priority:low', counts: { low: 240 } })
  })

  test('when 20 rules fire on 300 devices', () => {
    const priorities = ['low', 'low', 'low', 'medium', 'high'] as const
    const rows = many(500, (i) =>
      row({ rule: `r${Math.floor(i / 25)}`, device: `d${i % 300}`, line: `l${i % 12}`, priority: priorities[i % 5] ?? 'low' }),
    )
    expect(replay(rows).most).toBeLessThanOrEqual(mostGroups)
  })

  test('when no two have anything in common', () => {
    const { most, last } = replay(many(500, (i) => row({ rule: `r${i}`, device: `d${i}`, line: `l${i}` })))
    expect(most).toBe(mostGroups)
    expect(last.slice(0, 9).every(({ by }) => by === 'row')).toBe(true)
    expect(last[9]?.rows).toHaveLength(491)
  })

  test('when all of them are critical', () => {
    const { most, last } = replay(many(500, (i) => row({ rule: `r${i % 100}`, device: `d${i}`, priority: 'critical' })))
    expect(most).toBeLessThanOrEqual(mostGroups)
    expect(last.map(({ by }) => by)).toEqual(['rule', 'rule', 'rule', 'priority'])
  })
})

test('outside a flood every row stands for itself, unacknowledged and urgent ones first', () => {
  const rows = [
    row({ rule: 'a', device: '1', priority: 'low', raisedAt: start + 9 }),
    row({ rule: 'b', device: '1', priority: 'critical', state: 'acknowledged' }),
    row({ rule: 'c', device: '1', priority: 'high', raisedAt: start }),
    row({ rule: 'd', device: '1', priority: 'high', raisedAt: start + 5 }),
    row({ rule: 'e', device: '1', priority: 'high', state: 'returned', active: false, raisedAt: start + 9 }),
  ]
  const groups = groupRows(rows, quiet)
  expect(groups.map(({ rows: [first] }) => first?.rule)).toEqual(['d', 'c', 'e', 'a', 'b'])
  expect(groups.every(({ by, rows: of }) => by === 'row' && of.length === 1)).toBe(true)
})

test('in a flood critical ones come first and low ones stand in one entry', () => {
  const rows = [
    ...many(5, (i) => row({ rule: 'low', device: `l${i}`, priority: 'low' })),
    ...many(6, (i) => row({ rule: 'sensor', device: `m${i}` })),
    row({ rule: 'frost', device: 'c', priority: 'critical' }),
    row({ rule: 'pump', device: 'p', priority: 'high' }),
  ]
  expect(shape(rows)).toEqual(['row  1', 'row  1', 'rule Rule sensor 6', 'priority  5'])
  expect(groupRows(rows, flood).map(({ priority }) => priority)).toEqual(['critical', 'high', 'medium', 'low'])
})

test('an entry keeps its id while rows come and go', () => {
  const rows = many(30, (i) => row({ rule: 'supply', device: `d${i}`, priority: 'high' }))
  const ids = (of: readonly AlarmRow[]) => groupRows(of, flood).map(({ id }) => id)
  expect(ids(rows)).toEqual(['rule:supply'])
  expect(ids(rows.slice(7))).toEqual(['rule:supply'])
  expect(ids([...rows, row({ rule: 'pump', device: 'p' })])[0]).toBe('rule:supply')
})

test('an entry says how many of its rows nobody has acknowledged', () => {
  const rows = many(4, (i) => row({ rule: 'supply', device: `d${i}`, state: i < 3 ? 'acknowledged' : 'unacknowledged' }))
  expect(groupRows(rows, flood)[0]).toMatchObject({ unacknowledged: 1, counts: { medium: 4, critical: 0 } })
})
