import { expect, test } from 'vitest'
import { createCalendar } from '#shared/calendar.ts'
import { cellStates } from '#shared/history/table.ts'
import { askFor, linesOf, momentsOf, pageRowsOf, type Page, type Question } from './pages.ts'

const minute = 60_000
const quarter = 15 * minute
const { startOf } = createCalendar('Europe/Berlin')
const from = startOf('2026-01-01')

const question = (change: Partial<Question>): Question => ({
  series: [3],
  from,
  to: startOf('2027-01-01'),
  step: '15min',
  figures: ['mean'],
  timeZone: 'Europe/Berlin',
  ...change,
})

function pageOf(at: number[], next: number | null = null): Page {
  return {
    at,
    columns: [{ series: 3, figure: null, value: at.map(() => 1), state: at.map(() => cellStates.indexOf('good')) }],
    total: null,
    next,
  }
}

test('the pages of a year of quarter hours meet without overlap and end with the year', () => {
  const asked = question({})
  const moments = momentsOf(asked)
  expect(moments?.length).toBe(35_041)
  const pages = Array.from({ length: 37 }, (_, k) => askFor(asked, moments, [], k))
  expect(pages.at(-1)).toBeNull()
  const whole = pages.slice(0, -1)
  expect([whole[0]?.from, whole.at(-1)?.to]).toEqual([asked.from, asked.to])
  whole.slice(1).forEach((page, i) => expect(page?.from).toBe(whole[i]?.to))
  expect(whole.every((page) => page?.limit === 1000)).toBe(true)
})

test('pages of many columns have fewer rows', () => {
  const many = question({ series: Array.from({ length: 50 }, (_, i) => i), figures: ['min', 'max', 'mean', 'last', 'delta'] })
  expect([pageRowsOf(question({})), pageRowsOf(many), pageRowsOf({ ...many, step: 'raw' })]).toEqual([1000, 200, 1000])
})

test('a long day has 25 hours and each its moment', () => {
  const day = question({ step: 'hour', from: startOf('2026-10-25'), to: startOf('2026-10-26') })
  expect(momentsOf(day)?.length).toBe(26)
  expect(askFor(day, momentsOf(day), [], 0)).toMatchObject({ from: day.from, to: day.to })
})

test('pages of stored samples begin where the one before ended', () => {
  const raw = question({ step: 'raw' })
  expect(momentsOf(raw)).toBeNull()
  expect(askFor(raw, null, [], 0)?.from).toBe(raw.from)
  expect(askFor(raw, null, [from + 5], 1)?.from).toBe(from + 5)
  expect(askFor(raw, null, [from + 5], 2)).toBeNull()
})

test('a period that has not begun has no rows', () => {
  const asked = question({ from: 100, to: 100 })
  expect(askFor(asked, momentsOf(asked), [], 0)).toBeNull()
  expect(askFor({ ...asked, step: 'raw' }, null, [], 0)).toBeNull()
})

test('where nothing was stored stands a line that says from when to when, also at the ends', () => {
  const page = pageOf([from + 60 * minute, from + 75 * minute, from + 150 * minute])
  expect(linesOf(page, from, from + 240 * minute)).toEqual([
    { kind: 'gap', from, to: from + 60 * minute },
    { kind: 'row', page, row: 0 },
    { kind: 'row', page, row: 1 },
    { kind: 'gap', from: from + 75 * minute, to: from + 150 * minute },
    { kind: 'row', page, row: 2 },
    { kind: 'gap', from: from + 150 * minute, to: from + 240 * minute },
  ])
})

test('one missed value, and values that come once a day, are no gaps', () => {
  const missed = pageOf([from, from + quarter, from + 3 * quarter])
  expect(linesOf(missed, from, null).every(({ kind }) => kind === 'row')).toBe(true)
  const daily = pageOf(Array.from({ length: 9 }, (_, i) => from + i * 96 * quarter))
  expect(linesOf(daily, from, null).every(({ kind }) => kind === 'row')).toBe(true)
})

test('a period without any sample is one gap', () => {
  expect(linesOf(pageOf([]), from, from + 96 * quarter)).toEqual([{ kind: 'gap', from, to: from + 96 * quarter }])
})
