import { describe, expect, test } from 'vitest'
import type { Spare } from '#shared/acquisition/port.ts'
import {
  due,
  nextTry,
  noteFailed,
  noteHeard,
  noteSettings,
  noteSlot,
  noteWanted,
  setGuarding,
  slotMs,
  startPace,
  type Job,
  type Pace,
} from './pace.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const quarter = Date.UTC(2026, 9, 25, 0, 45)

const battery: Spare = { watchMs: minute, restMs: day, lastRead: null }
const mains: Spare = { watchMs: minute, restMs: 0, lastRead: null }

function made(spare: Spare, lastSlot: number | null = null, now = quarter - minute): Pace {
  return startPace('meter-7', undefined, lastSlot, now, spare)
}

/** Does every job at once when it is due, watched by a person all the time, and tells what was done when. */
function run(pace: Pace, from: number, to: number, answers = true, guarding = false): { job: Job; at: number }[] {
  pace.watching = !guarding
  setGuarding(pace, guarding, from)
  const done: { job: Job; at: number }[] = []
  for (let now = from; now <= to;) {
    const { job, at } = due(pace, now)
    if (!job) {
      if (at <= now) throw new Error(`nothing is due, and yet at ${at}`)
      now = at
      continue
    }
    done.push({ job, at: now })
    if (answers) {
      noteHeard(pace, now)
      if (job === 'slot') noteSlot(pace, pace.slot)
      if (job === 'watched' || job === 'guarded') noteWanted(pace, job, now)
      if (job === 'settings') noteSettings(pace, true, now)
    } else noteFailed(pace, now)
    now += 1
  }
  return done
}

/** Shortest time from any read to a guarded one. */
const leastStep = (heard: number[], done: { job: Job; at: number }[]) =>
  Math.min(...heard.slice(1).map((at, i) => (done.some((one) => one.job === 'guarded' && one.at === at) ? at - (heard[i] ?? 0) : Infinity)))

describe('a meter with a battery', () => {
  test('is read once a day for the quarter hour and for nothing else, also while somebody looks', () => {
    const pace = made(battery)
    const done = run(pace, quarter - minute, quarter + 10 * day)
    expect(done.map(({ job }) => job)).toEqual(Array(10).fill('slot'))
    done.slice(1).forEach(({ at }, i) => expect(at - (done[i]?.at ?? 0)).toBeGreaterThanOrEqual(day))
    expect(pace.missed).toBe(0)
  })

  test('is read no more often because a rule looks at it', () => {
    const done = run(made(battery), quarter - minute, quarter + 5 * day, true, true)
    expect(done.map(({ job }) => job)).toEqual(Array(5).fill('slot'))
  })

  test('is not read again after a restart before its time', () => {
    expect(due(made(battery, quarter - hour), quarter)).toEqual({ job: null, at: quarter - hour + day })
    expect(due(made({ ...battery, lastRead: quarter - 2 * hour }, quarter - 3 * hour), quarter).at).toBe(quarter - 2 * hour + day)
  })

  test('that a person has just read waits from then on', () => {
    const pace = made(battery, quarter - 20 * hour)
    noteHeard(pace, quarter)
    const { at } = due(pace, quarter + minute)
    expect(at).toBe(quarter + day)
  })

  test('and does not answer is asked ever more seldom', () => {
    const pace = made(battery)
    const done = run(pace, quarter, quarter + 7 * day, false)
    expect(done.length).toBeLessThan(14)
    expect(done.length).toBeGreaterThan(6)
    expect(nextTry(pace)).toBeGreaterThan(quarter + 7 * day)
  })

  test('misses a quarter hour only when it was to be read', () => {
    const pace = made(battery, quarter - hour)
    due(pace, quarter + 5 * hour)
    expect(pace.missed).toBe(0)
    const late = made(battery, quarter - 2 * day)
    due(late, quarter - minute)
    due(late, quarter + slotMs)
    expect(late.missed).toBeGreaterThan(0)
  })
})

describe('a meter on the mains', () => {
  test('is read no more often than once a minute while somebody looks, and every quarter hour', () => {
    const pace = made(mains, quarter - slotMs)
    const done = run(pace, quarter - minute, quarter + 2 * hour)
    const slots = done.filter(({ job }) => job === 'slot')
    expect(slots).toHaveLength(8)
    const watched = done.filter(({ job }) => job === 'watched').map(({ at }) => at)
    expect(watched.length).toBeGreaterThan(100)
    watched.slice(1).forEach((at, i) => expect(at - (watched[i] ?? 0)).toBeGreaterThanOrEqual(minute))
  })

  test('is read for rules as often as it may be', () => {
    const often = (watchMs: number) => {
      const done = run(made({ ...mains, watchMs }, quarter - slotMs), quarter - minute, quarter + hour, true, true)
      const heard = done.filter(({ job }) => job === 'guarded' || job === 'slot').map(({ at }) => at)
      return { count: done.filter(({ job }) => job === 'guarded').length, least: leastStep(heard, done) }
    }
    expect(often(minute).count).toBeGreaterThan(50)
    expect(often(minute).least).toBeGreaterThanOrEqual(minute)
    expect(often(5 * minute).count).toBeLessThan(13)
    expect(often(10_000).least).toBeGreaterThanOrEqual(50_000)
  })

  test('is not read merely to keep contact', () => {
    const pace = made(mains, quarter - slotMs)
    noteHeard(pace, quarter - minute)
    expect(run(pace, quarter, quarter + slotMs - minute).some(({ job }) => job === 'contact')).toBe(false)
  })
})
