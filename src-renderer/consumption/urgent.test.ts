import { expect, test } from 'vitest'
import type { Finding } from '#shared/energy/contract.ts'
import { toLookAt, urgentFirst } from './urgent.ts'

const finding = (id: string, change: Partial<Finding>): Finding => ({
  id,
  rule: 'jump',
  severity: 'warning',
  device: null,
  devices: [],
  meter: null,
  series: null,
  point: null,
  from: 0,
  to: 0,
  figures: [],
  method: 1,
  openSince: 0,
  lastSeen: 0,
  closedAt: null,
  acknowledged: null,
  ...change,
})

const all = [
  finding('gone', { closedAt: 5, severity: 'alarm' }),
  finding('known', { acknowledged: { at: 1, by: 'A', note: '' }, severity: 'alarm' }),
  finding('old', {}),
  finding('new', { to: 9 }),
  finding('alarm', { severity: 'alarm' }),
]

test('what is urgent stands first, what is gone last', () => {
  expect(urgentFirst(all).map(({ id }) => id)).toEqual(['alarm', 'new', 'old', 'known', 'gone'])
})

test('to be looked at is what nobody has acknowledged', () => {
  expect(toLookAt(all).map(({ id }) => id)).toEqual(['old', 'new', 'alarm'])
})
