import { describe, expect, test } from 'vitest'
import { localTime } from './physics/local-time.ts'
import { modelOf } from './image/model.ts'
import { Bank } from './image/bank.ts'
import { follow, regimes, type Mode } from './regimes.ts'
import { settingsOf } from './image/settings.ts'
import { plainStation } from './testing/demo-town.ts'
import type { Week } from './physics/week.ts'

const minute = 60_000
const hour = 60 * minute
const zone = localTime('UTC')
const settings = settingsOf(new Bank(modelOf(plainStation().profile)), 0)
const later = { ...settings, clockOffset: hour }
const week: Week = Array.from({ length: 7 }, () => [[360, 1_320] as const])
const noon = Date.UTC(2025, 0, 8, 12)
const circuit = (mode: Mode) => () => ({ mode, week })

describe('regimes', () => {
  test('come newest first and reach back as far as asked', () => {
    const list = regimes([{ at: -Infinity, settings }], circuit(1), zone, noon, 24 * hour)
    expect(list.map(({ phase, since }) => [phase, (noon - since) / hour])).toEqual([
      ['comfort', 6],
      ['saving', 12],
      ['saving', 14],
      ['comfort', 30],
    ])
  })

  test('a change of settings begins a new one', () => {
    const timeline = [
      { at: -Infinity, settings },
      { at: noon - 2 * hour, settings: later },
    ]
    const list = regimes(timeline, circuit(2), zone, noon, 24 * hour)
    expect(list.map(({ since, settings: valid }) => [since, valid.clockOffset])).toEqual([
      [noon - 2 * hour, hour],
      [-Infinity, 0],
    ])
    expect(regimes(timeline, circuit(2), zone, noon - 2 * hour - 1, hour)[0]?.settings).toBe(settings)
    expect(regimes(timeline, circuit(2), zone, noon - 2 * hour, hour)[0]?.settings).toBe(later)
  })

  test('a clock that is ahead turns to comfort ahead', () => {
    const early = regimes([{ at: -Infinity, settings: later }], circuit(1), zone, noon - 7 * hour, hour)
    expect(early[0]?.phase).toBe('comfort')
    expect(regimes([{ at: -Infinity, settings }], circuit(1), zone, noon - 7 * hour, hour)[0]?.phase).toBe('saving')
  })

  test.each([
    [0, 'manual'],
    [2, 'comfort'],
    [3, 'saving'],
    [4, 'frost'],
  ] as const)('mode %i is %s whatever the program says', (mode, phase) => {
    const list = regimes([{ at: -Infinity, settings }], circuit(mode), zone, noon, 24 * hour)
    expect(list.map((regime) => regime.phase)).toEqual([phase])
  })
})

describe('follow', () => {
  const at = noon
  const steps = [
    { since: at - 10 * minute, phase: 'comfort' as const, settings },
    { since: -Infinity, phase: 'saving' as const, settings },
  ]
  const target = ({ phase }: { phase: string }) => (phase === 'comfort' ? 60 : 40)

  test('goes to its target by the time constant', () => {
    expect(follow(steps, at, 10 * minute, target)).toBeCloseTo(60 - 20 / Math.E, 10)
    expect(follow(steps, at - 10 * minute, 10 * minute, target)).toBe(40)
  })

  test('rests on a target that does not change', () => {
    expect(follow(steps, at, 10 * minute, () => 51)).toBeCloseTo(51, 10)
  })

  test('has no jump where a regime begins', () => {
    const before = follow(steps.slice(1), at - 10 * minute - 1, 10 * minute, target)
    expect(Math.abs(follow(steps, at - 10 * minute + 1, 10 * minute, target) - before)).toBeLessThan(0.001)
  })
})
