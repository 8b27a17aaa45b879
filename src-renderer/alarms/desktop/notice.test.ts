import { expect, test } from 'vitest'
import { priorities } from '#shared/alarms/priority.ts'
import type { AlarmRow, AlarmSummary } from '#shared/alarms/row.ts'
import { leastGapMs, newsOf, othersOf, waitingOf } from './notice.ts'

const summary = (changes: Partial<AlarmSummary>): AlarmSummary => ({
  at: 0,
  priorities: priorities.map((priority) => ({ priority, unacknowledged: 1, acknowledged: 5, returned: 2 })),
  open: 0,
  pending: 0,
  shelved: 0,
  suppressed: 0,
  outOfService: 0,
  oldestUnacknowledged: null,
  newest: { id: 'a' } as AlarmRow,
  annunciated: 1000,
  sounding: 'high',
  flood: { active: false, since: null, count: 0, firstOut: null },
  unsaved: 0,
  ...changes,
})
const told = { at: 900, shownAt: 0 }
const now = 1_000_000

test('what stood when the page was opened is not told; what comes after is, once', () => {
  expect(newsOf(summary({}), null, now)).toBe(null)
  expect(newsOf(summary({}), told, now)).toBe('show')
  expect(newsOf(summary({}), { at: 1000, shownAt: 0 }, now)).toBe(null)
})

test('nothing is told when its alarm is acknowledged or gone already', () => {
  expect(newsOf(summary({ newest: null }), told, now)).toBe(null)
})

test('in a flood there is one notice in five seconds', () => {
  expect(newsOf(summary({}), { at: 900, shownAt: now - leastGapMs + 1 }, now)).toBe('later')
  expect(newsOf(summary({}), { at: 900, shownAt: now - leastGapMs }, now)).toBe('show')
})

test('the others are the active ones that nobody has acknowledged; what is gone unseen waits for a person too', () => {
  expect(othersOf(summary({}))).toBe(3)
  expect(waitingOf(summary({}))).toBe(12)
})
