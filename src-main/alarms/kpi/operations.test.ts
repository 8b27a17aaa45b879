import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { FigureName } from '#shared/alarms/kpi-contract.ts'
import { kpiRows } from '#shared/alarms/kpi-contract.ts'
import { createCalendar } from '#shared/calendar.ts'
import { systemContext } from '../../capability.ts'
import { openDatabase, type Tables } from '../../database.ts'
import type { Download } from '../../download.ts'
import { kpiOperations } from './operations.ts'

const timeZone = 'Europe/Vienna'
const calendar = createCalendar(timeZone)
const hour = 3_600_000
const day = 24 * hour
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A host with a database file, a first rule from the first of October, and a clock that stands at noon of 20 November. */
async function world(now = calendar.momentOf('2026-11-20T12:00')) {
  const { database, close } = openDatabase(join(mkdtempSync(join(tmpdir(), 'kpi-')), 'config.sqlite'))
  closers.push(close)
  const createdAt = calendar.startOf('2026-10-01')
  const rule = { id: 'r1', version: 1, library: null, content: '{}', createdAt, changedAt: createdAt, changedBy: 'anna', removedAt: null }
  await database.insertInto('alarmRule').values(rule).execute()
  const { kpi, kpiFile } = kpiOperations({ database, clock: () => now, timeZone })
  let number = 0
  const raise = (raisedAt: number, over: Partial<Tables['alarmOccurrence']> = {}) =>
    database
      .insertInto('alarmOccurrence')
      .values({
        id: `o${(number += 1)}`,
        alarm: 'r1|d1||',
        rule: 'r1',
        ruleName: 'Supply too low',
        kind: 'limit',
        priority: 'medium',
        device: 'd1',
        deviceName: 'Main street 1',
        place: '',
        point: null,
        part: '',
        series: null,
        quantity: null,
        value: null,
        limitValue: null,
        raisedAt,
        clearedAt: null,
        acknowledgedAt: null,
        acknowledgedBy: null,
        comment: null,
        resetAt: null,
        endedAt: null,
        hidden: null,
        beneath: null,
        ...over,
      })
      .execute()
  const happen = (at: number, what: string) =>
    database
      .insertInto('alarmHappening')
      .values({ alarm: 'r1|d1||', occurrence: null, at, what, by: null, text: '', value: null, priority: 'low' })
      .execute()
  const figure = async (from: number, to: number, name: FigureName) => {
    const found = kpiRows.kpi.output.parse(await kpi({ from, to }, systemContext))
    return found.figures.find((one) => one.name === name)?.value
  }
  return { database, raise, happen, figure, kpi, kpiFile, now }
}

const [first, next] = [calendar.startOf('2026-11-01'), calendar.startOf('2026-12-01')]

test('counts what was raised in the period and to be seen, up to now', async () => {
  const { raise, figure, kpi, now } = await world()
  await raise(first - hour, { clearedAt: first - hour / 2, endedAt: first - hour / 2 })
  await raise(first)
  await raise(first + day, { clearedAt: first + day + hour, acknowledgedAt: first + day + hour, endedAt: first + day + hour })
  await raise(first + 2 * day, { hidden: 'shelved' })
  expect(await figure(first, next, 'alarmCount')).toBe(2)
  expect(await figure(first, next, 'alarmsPerDay')).toBeCloseTo(2 / 19.5)
  const found = await kpi({ from: first, to: next }, systemContext)
  expect([found.from, found.to]).toEqual([first, now])
})

test('what was raised before the period and still stands is stale, what had ended is not', async () => {
  const { raise, kpi } = await world()
  await raise(first - 5 * day)
  await raise(first - 5 * day, { alarm: 'r1|d2||', clearedAt: first - hour, endedAt: first - hour })
  await raise(first - 5 * day, { alarm: 'r1|d3||', clearedAt: first + hour, endedAt: first + hour })
  const { stale } = await kpi({ from: first, to: next }, systemContext)
  expect(stale.map(({ alarm, activeSince }) => [alarm, activeSince])).toEqual([['r1|d1||', first - 5 * day]])
})

test('a value from before the first rule that raised an alarm is counted', async () => {
  const { database, raise, figure, now } = await world()
  await database
    .updateTable('alarmRule')
    .set({ createdAt: now - hour })
    .execute()
  await raise(now - 2 * hour)
  expect(await figure(first, next, 'alarmCount')).toBe(1)
})

test('more alarms than are read at once are counted once each', async () => {
  const { database, raise, figure } = await world()
  await raise(first + hour)
  const one = await database.selectFrom('alarmOccurrence').selectAll().executeTakeFirstOrThrow()
  const more = Array.from({ length: 4500 }, (_, i) => ({ ...one, id: `more${i}`, raisedAt: first + hour + Math.floor(i / 3) }))
  for (let i = 0; i < more.length; i += 500)
    await database
      .insertInto('alarmOccurrence')
      .values(more.slice(i, i + 500))
      .execute()
  expect(await figure(first, next, 'alarmCount')).toBe(4501)
})

test('acts of people and of logic are counted from the log of the period', async () => {
  const { happen, figure } = await world()
  for (const what of ['shelved', 'shelved', 'unshelved', 'removed', 'suppressed', 'suppressed', 'suppressed'])
    await happen(first + hour, what)
  await happen(first - hour, 'shelved')
  expect(await figure(first, next, 'shelved')).toBe(2)
  expect(await figure(first, next, 'outOfService')).toBe(1)
  expect(await figure(first, next, 'suppressed')).toBe(3)
})

test('the time before the first rule does not make the average better', async () => {
  const { database, raise, figure, now } = await world()
  await database
    .updateTable('alarmRule')
    .set({ createdAt: now - 2 * day })
    .execute()
  await raise(now - day)
  expect(await figure(first, next, 'alarmsPerDay')).toBeCloseTo(0.5)
})

test('bars stand by local days in a month and by hours in a week', async () => {
  const { raise, kpi } = await world(calendar.startOf('2026-11-01'))
  await raise(calendar.momentOf('2026-10-25T23:30'))
  const month = await kpi({ from: calendar.startOf('2026-10-01'), to: calendar.startOf('2026-11-01') }, systemContext)
  expect(month.bars).toHaveLength(31)
  // The day on which the clocks go back has 25 hours.
  expect(month.bars[24]).toMatchObject({ counts: { medium: 1 } })
  expect((month.bars[24]?.to ?? 0) - (month.bars[24]?.from ?? 0)).toBe(25 * hour)
  const week = await kpi({ from: calendar.startOf('2026-10-19'), to: calendar.startOf('2026-10-26') }, systemContext)
  expect(week.bars).toHaveLength(7 * 24 + 1)
})

test('a period the wrong way round, or of many years, is refused', async () => {
  const { kpi } = await world()
  await expect(kpi({ from: next, to: first }, systemContext)).rejects.toMatchObject({ code: 'input.invalid' })
  await expect(kpi({ from: 0, to: next }, systemContext)).rejects.toMatchObject({ code: 'input.invalid' })
})

test('a period in the future has nothing to count', async () => {
  const { figure } = await world()
  expect(await figure(next, next + day, 'alarmCount')).toBe(0)
  expect(await figure(next, next + day, 'averageAlarmRate')).toBeNull()
})

test('the report of a month is a table that a spreadsheet opens as it stands', async () => {
  const { raise, kpiFile } = await world()
  await raise(calendar.momentOf('2026-11-10T07:30'), { deviceName: '=cmd()', ruleName: 'Supply; too low' })
  const file = (await kpiFile({ month: '2026-11', delimiter: 'semicolon', decimal: 'comma' }, systemContext)) as Download
  const parts: Uint8Array[] = []
  for await (const piece of file.pieces) parts.push(piece)
  const lines = Buffer.concat(parts).toString().replace('\uFEFF', '').trimEnd().split('\r\n')
  expect(file.name).toBe('alarms-2026-11.csv')
  expect(lines[0]).toBe('section;name;value;unit;goal;met;device;note')
  expect(lines).toContain('period;from;2026-11-01 00:00:00 UTC+01:00;;;;;')
  expect(lines).toContain('figure;alarmCount;1;;;;;')
  expect(lines).toContain('figure;alarmsPerDay;0,051;;150;met;;')
  expect(lines).toContain('source;"Supply; too low";1;;;;\'=cmd();stale')
  expect(lines).toContain('rate;2026-11-10 00:00:00 UTC+01:00;1;alarms;;;;')
  expect(lines.every((line) => line.replaceAll(/"[^"]*"/g, '').split(';').length === 8)).toBe(true)
})
