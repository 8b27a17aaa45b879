import { expect, test } from 'vitest'
import { priorities } from '#shared/alarms/priority.ts'
import { tones, toSound } from './sounding.ts'

const calm = { active: false, since: null, count: 0, firstOut: null }
const flood = { active: true, since: 1000, count: 40, firstOut: 'k' }

test('what was silenced is heard again only when something new comes', () => {
  const heard = { annunciated: 500, sounding: 'high', flood: calm } as const
  expect(toSound(heard, null)).toBe('high')
  expect(toSound(heard, { at: 500, priority: 'high' })).toBeNull()
  expect(toSound({ ...heard, annunciated: 501 }, { at: 500, priority: 'high' })).toBe('high')
})

test('nothing is heard when all is acknowledged', () => {
  expect(toSound({ annunciated: 500, sounding: null, flood: calm }, null)).toBeNull()
})

test('in a flood a silence lasts until something more urgent comes', () => {
  const silence = { at: 1200, priority: 'high' } as const
  expect(toSound({ annunciated: 1300, sounding: 'high', flood }, silence)).toBeNull()
  expect(toSound({ annunciated: 1300, sounding: 'critical', flood }, silence)).toBe('critical')
  // Silenced before the flood began: it is heard once.
  expect(toSound({ annunciated: 1300, sounding: 'high', flood }, { at: 900, priority: 'high' })).toBe('high')
})

test('each priority has a tone of its own that fits before it comes again', () => {
  expect(new Set(priorities.map((one) => JSON.stringify(tones[one].notes))).size).toBe(4)
  const every = priorities.map((one) => tones[one].everyMs)
  expect(every).toEqual(every.toSorted((a, b) => a - b))
  for (const one of priorities) {
    expect(Math.max(...tones[one].notes.map(({ atMs, forMs }) => atMs + forMs))).toBeLessThan(tones[one].everyMs)
  }
})
