import { expect, test } from 'vitest'
import type { Priority } from '#shared/alarms/priority.ts'
import type { Occurrence } from '#shared/alarms/row.ts'
import { weightiest, within } from './on-chart.ts'

const occurrence = (id: string, raisedAt: number, clearedAt: number | null, more: Partial<Occurrence> = {}): Occurrence => ({
  id,
  alarm: `rule|device|flow|${id}`,
  priority: 'low',
  kind: 'limit',
  rule: 'rule',
  ruleName: 'Too cold',
  device: 'device',
  deviceName: 'School',
  place: '',
  point: 'flow',
  part: 'low',
  series: 1,
  is: 'temperature',
  value: 20,
  limit: 30,
  raisedAt,
  clearedAt,
  acknowledged: null,
  resetAt: null,
  endedAt: null,
  hidden: null,
  beneath: null,
  ...more,
})
const ids = (found: readonly Occurrence[]) => found.map(({ id }) => id)

test('an alarm that came before the chart begins is in it as long as it stood', () => {
  const found = [occurrence('gone', 10, 90), occurrence('in', 10, 110), occurrence('stands', 10, null), occurrence('later', 200, null)]
  expect(ids(within(found, 100, 200))).toEqual(['in', 'stands'])
})

test('what another alarm stood for is not drawn, what a person shelved is', () => {
  const found = [occurrence('child', 10, null, { hidden: 'suppressed' }), occurrence('shelved', 10, null, { hidden: 'shelved' })]
  expect(ids(within(found, 0, 100))).toEqual(['shelved'])
})

test('of too many alarms the most urgent stay, then the newest, in the order of time', () => {
  const of = (id: string, at: number, priority: Priority) => occurrence(id, at, null, { priority })
  const found = [of('old low', 1, 'low'), of('critical', 2, 'critical'), of('new low', 3, 'low'), of('high', 4, 'high')]
  const { kept, left } = weightiest(found, 3)
  expect(ids(kept)).toEqual(['critical', 'new low', 'high'])
  expect(left).toBe(1)
})
