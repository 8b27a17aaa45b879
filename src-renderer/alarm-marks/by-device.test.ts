import { expect, test } from 'vitest'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { byDevice } from './by-device.ts'

const row = (device: string | null, priority: AlarmRow['priority'], state: AlarmRow['state']) => ({ device, priority, state })

test('a device is marked by its most urgent alarm and says how many there are', () => {
  const found = byDevice([
    row('a', 'low', 'unacknowledged'),
    row('a', 'high', 'acknowledged'),
    row('b', 'medium', 'returned'),
    row('a', 'medium', 'returned'),
  ])
  expect(found.get('a')).toEqual({ priority: 'high', state: 'acknowledged', count: 3 })
  expect(found.get('b')).toEqual({ priority: 'medium', state: 'returned', count: 1 })
})

test('of two as urgent, the one that nobody has seen decides how the mark looks, in whichever order they come', () => {
  const rows = [row('a', 'high', 'returned'), row('a', 'high', 'unacknowledged'), row('a', 'high', 'acknowledged')]
  expect(byDevice(rows).get('a')?.state).toBe('unacknowledged')
  expect(byDevice(rows.toReversed()).get('a')?.state).toBe('unacknowledged')
})

test('what failed that is no device marks none', () => {
  expect(byDevice([row(null, 'critical', 'unacknowledged')]).size).toBe(0)
})
