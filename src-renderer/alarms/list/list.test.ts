import { expect, test } from 'vitest'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { isNarrow, choiceOf, toggled } from './choice.ts'
import { narrow, ordered } from './arrange.ts'
import { commandOf } from './keys.ts'
import { kept, nothingSelected, reach, toggle } from './select.ts'
import { shelfTimes } from './shelf-times.ts'
import { steady } from './steady.ts'
import { actable, asksFirst } from './acts.ts'
import { entriesOf } from './entries.ts'

const row = (id: string, change: Partial<AlarmRow> = {}): AlarmRow => ({
  id,
  occurrence: `o-${id}`,
  state: 'unacknowledged',
  active: true,
  priority: 'low',
  kind: 'limit',
  rule: 'r',
  ruleName: 'Return too hot',
  device: 'd',
  deviceName: 'School',
  place: 'Main Street 1',
  line: '',
  point: 'circuit1.flow',
  part: 'high',
  series: 1,
  is: 'temperature',
  decimals: 1,
  value: 71,
  raisedValue: 70,
  limit: 65,
  raisedAt: 1000,
  clearedAt: null,
  changedAt: 1000,
  acknowledged: null,
  waiting: 1,
  recent: [1000],
  pendingUntil: null,
  respondBy: null,
  shelf: null,
  suppression: null,
  out: null,
  beneath: 0,
  unsaved: false,
  ...change,
})
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
const filterOf = (address: Record<string, string>) => choiceOf(address).filter
const textOf = ({ ruleName, deviceName, place }: AlarmRow) => `${ruleName} ${deviceName} ${place}`

test('open alarms stand unacknowledged first, then by priority, then the newest', () => {
  const rows = [
    row('seen critical', { state: 'acknowledged', priority: 'critical' }),
    row('old high', { priority: 'high', raisedAt: 1 }),
    row('new high', { priority: 'high', raisedAt: 2 }),
    row('unseen low', { raisedAt: 9 }),
  ]
  expect(ids(ordered(rows, 'open'))).toEqual(['new high', 'old high', 'unseen low', 'seen critical'])
})

test('the other views stand by what comes next', () => {
  const shelf = (until: number | null) => ({ at: 0, by: 'anna', reason: 'r', until, oneShot: until === null })
  const shelved = [row('never', { shelf: shelf(null) }), row('later', { shelf: shelf(20) }), row('soon', { shelf: shelf(10) })]
  expect(ids(ordered(shelved, 'shelved'))).toEqual(['soon', 'later', 'never'])
  const pending = [row('b', { pendingUntil: 7 }), row('a', { pendingUntil: 3 })]
  expect(ids(ordered(pending, 'pending'))).toEqual(['a', 'b'])
})

test('every word of the filter is looked for, besides priority, state, kind, rule and device', () => {
  const rows = [
    row('a', { priority: 'high' }),
    row('b', { deviceName: 'Town hall', state: 'returned' }),
    row('c', { rule: 'other', kind: 'offline' }),
  ]
  const left = (address: Record<string, string>) => ids(narrow(rows, filterOf(address), textOf))
  expect(left({})).toEqual(['a', 'b', 'c'])
  expect(left({ q: 'hall  RETURN' })).toEqual(['b'])
  expect(left({ priority: 'critical,high' })).toEqual(['a'])
  expect(left({ state: 'returned' })).toEqual(['b'])
  expect(left({ kind: 'offline' })).toEqual(['c'])
  expect(left({ rule: 'r', device: 'd' })).toEqual(['a', 'b'])
})

test('words of the address that make no sense are no filter', () => {
  const { view, filter } = choiceOf({ view: 'nowhere', priority: 'urgent', state: 'shelved', kind: 'x' })
  expect(view).toBe('open')
  expect(isNarrow(filter)).toBe(false)
  expect(isNarrow(filterOf({ q: ' ' }))).toBe(false)
  expect(isNarrow(filterOf({ priority: 'low' }))).toBe(true)
})

test('turning priorities on and off keeps their order, and all are the same as none', () => {
  expect(toggled(['low'], 'critical')).toBe('critical,low')
  expect(toggled(['low'], 'low')).toBeUndefined()
  expect(toggled(['critical', 'high', 'medium'], 'low')).toBeUndefined()
})

test('rows that somebody looks at stay where they are while others come and go', () => {
  const before = [row('a'), row('b'), row('c')]
  const now = [row('new'), row('c', { state: 'acknowledged' }), row('a')]
  const { shown, fresh, gone } = steady(before, now)
  expect(ids(shown)).toEqual(['a', 'b', 'c'])
  expect(shown[2]?.state).toBe('acknowledged')
  expect(fresh).toBe(1)
  expect([...gone]).toEqual(['b'])
})

test('a range is selected from where the last one was, in both directions', () => {
  const order = ['a', 'b', 'c', 'd']
  const one = toggle(nothingSelected, 'c')
  expect([...reach(one, 'a', order).ids].sort()).toEqual(['a', 'b', 'c'])
  expect([...reach(one, 'd', order).ids].sort()).toEqual(['c', 'd'])
  expect(toggle(one, 'c').ids.size).toBe(0)
  expect([...reach(nothingSelected, 'b', order).ids]).toEqual(['b'])
})

test('what has left the list is no longer selected', () => {
  const two = toggle(toggle(nothingSelected, 'a'), 'b')
  expect([...kept(two, ['b', 'c']).ids]).toEqual(['b'])
  expect(kept(two, ['a', 'b'])).toBe(two)
})

test('keys with Ctrl, Alt or the command key are left to the browser', () => {
  const press = (key: string, held: Partial<{ ctrlKey: boolean; shiftKey: boolean }> = {}) =>
    commandOf({ key, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...held })
  expect([press('j'), press('ArrowUp'), press('x'), press('a'), press('/'), press('?')]).toEqual([
    'next',
    'previous',
    'select',
    'acknowledge',
    'filter',
    'keys',
  ])
  expect(press('a', { ctrlKey: true })).toBeNull()
  expect(press(' ', { shiftKey: true })).toBe('reach')
  expect(press('q')).toBeNull()
})

test('a critical alarm among the chosen ones shortens the time on the shelf for all', () => {
  expect(shelfTimes(['low', 'medium']).at(-1)).toBe(24 * 60)
  expect(shelfTimes(['low', 'critical']).at(-1)).toBe(60)
  expect(shelfTimes(['critical'])).toContain(15)
})

test('only what fits how an alarm stands can be done with it', () => {
  const person = { at: 0, by: 'anna', reason: 'r' }
  const rows = [
    row('new'),
    row('seen', { state: 'acknowledged' }),
    row('latched', { state: 'latchedAcknowledged', active: false }),
    row('shelved', { state: 'shelved', shelf: { ...person, until: 9, oneShot: false } }),
    row('out', { state: 'outOfService', out: person }),
  ]
  expect(ids(actable('acknowledge', rows))).toEqual(['new'])
  expect(ids(actable('reset', rows))).toEqual(['latched'])
  expect(ids(actable('shelve', rows))).toEqual(['new', 'seen', 'latched'])
  expect(ids(actable('unshelve', rows))).toEqual(['shelved'])
  expect(ids(actable('remove', rows))).toEqual(['new', 'seen', 'latched', 'shelved'])
  expect(ids(actable('return', rows))).toEqual(['out'])
})

test('one alarm is acknowledged at once, several and critical ones are looked at first', () => {
  expect(asksFirst('acknowledge', [row('a')])).toBe(false)
  expect(asksFirst('acknowledge', [row('a'), row('b')])).toBe(true)
  expect(asksFirst('acknowledge', [row('a', { priority: 'critical' })])).toBe(true)
  expect(asksFirst('shelve', [row('a')])).toBe(true)
})

test('in a flood hundreds of alarms are few lines, and all of them are there when unfolded', () => {
  const rows = Array.from({ length: 300 }, (_, i) => row(`r${i}`, { priority: 'high', rule: `rule ${i % 3}` }))
  const flood = { active: true, since: 1, count: 300, firstOut: 'r0' }
  const folded = entriesOf(rows, flood, new Set())
  expect(folded.length).toBeLessThanOrEqual(10)
  const all = entriesOf(rows, flood, new Set(folded.map(({ id }) => id)))
  expect(all.filter((entry) => entry.row).length).toBe(300)
  expect(entriesOf(rows, { ...flood, active: false }, new Set()).length).toBe(300)
})
