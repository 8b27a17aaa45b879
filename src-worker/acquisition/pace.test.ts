import { describe, expect, it } from 'vitest'
import {
  due,
  isOpen,
  nextTry,
  noteFailed,
  noteHeard,
  noteSettings,
  noteSlot,
  noteWanted,
  resumePace,
  setGuarding,
  slotMs,
  slotOf,
  startPace,
  watchMs,
  type Job,
  type Pace,
} from './pace.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** A quarter hour in the night in which clocks go back in Europe: 25 October 2026, 00:45 UTC. */
const quarter = Date.UTC(2026, 9, 25, 0, 45)

/** A device that has been heard and whose settings are known, so that only the slot and what the test wants is due. */
function settled(now: number, lastSlot: number | null = null, device = 'sub-014', idleCloseMs?: number): Pace {
  const pace = startPace(device, idleCloseMs, lastSlot, now)
  noteHeard(pace, now)
  noteSettings(pace, true, now)
  return pace
}

/** Does every job at once when it is due, as a device in perfect health would, and tells what was done when. */
function run(pace: Pace, from: number, to: number): { job: Job; at: number }[] {
  const done: { job: Job; at: number }[] = []
  for (let now = from; now <= to;) {
    const { job, at } = due(pace, now)
    if (!job) {
      if (at <= now) throw new Error(`nothing is due, and yet at ${at}`)
      now = at
      continue
    }
    done.push({ job, at: now })
    noteHeard(pace, now)
    if (job === 'slot') noteSlot(pace, pace.slot)
    if (job === 'watched' || job === 'guarded') noteWanted(pace, job, now)
    if (job === 'settings') noteSettings(pace, true, now)
  }
  return done
}

const times = (done: { job: Job; at: number }[], job: Job) => done.filter((one) => one.job === job).map((one) => one.at)

describe('the quarter hour', () => {
  it('is read once in every quarter hour of a day, within 20 s, whatever the local clocks do', () => {
    const pace = settled(quarter - 1000, quarter - slotMs)
    const slots = times(run(pace, quarter - 1000, quarter + day - 1000), 'slot')
    expect(slots).toHaveLength(96)
    expect(slots.map(slotOf)).toEqual(slots.map((_, i) => quarter + i * slotMs))
    for (const at of slots) expect(at - slotOf(at)).toBeLessThanOrEqual(20_000)
    expect(pace).toMatchObject({ missed: 0, lastSlot: quarter + 95 * slotMs })
  })

  it('comes at its own moment for each device and always the same for one', () => {
    const offset = (device: string) =>
      (times(run(settled(quarter - 1, null, device), quarter - 1, quarter + minute), 'slot')[0] ?? NaN) - quarter
    const offsets = Array.from({ length: 200 }, (_, i) => offset(`sub-${i}`))
    expect(offset('sub-7')).toBe(offsets[7])
    for (let part = 0; part < 20; part++) {
      const here = offsets.filter((one) => one >= part * 1000 && one < (part + 1) * 1000).length
      expect(here).toBeGreaterThan(0)
      expect(here).toBeLessThan(30)
    }
  })

  it('is not read again after a restart in the same quarter hour', () => {
    expect(times(run(settled(quarter + 2 * minute, quarter), quarter + 2 * minute, quarter + 10 * minute), 'slot')).toEqual([])
  })

  it('is still read by a start up to 5 minutes late, and no later', () => {
    expect(due(settled(quarter + 4 * minute), quarter + 4 * minute)).toMatchObject({ job: 'slot' })
    const late = settled(quarter + 6 * minute, quarter - slotMs)
    expect(times(run(late, quarter + 6 * minute, quarter + 14 * minute), 'slot')).toEqual([])
    expect(late.missed).toBe(0)
  })

  it('is missed when it is not read within 5 minutes, and counted once', () => {
    const pace = settled(quarter - 1, quarter - slotMs)
    noteFailed(pace, quarter - 1)
    for (let now = quarter; now < quarter + slotMs; now += minute) due(pace, now)
    expect(pace.missed).toBe(1)
    expect(isOpen(pace, quarter, quarter + 6 * minute)).toBe(false)
    noteHeard(pace, quarter + slotMs)
    expect(due(pace, quarter + slotMs + 20_000)).toMatchObject({ job: 'slot' })
  })

  it('is tried again after 30 s when it was not complete', () => {
    const pace = settled(quarter, quarter - slotMs)
    pace.slotTried = quarter + 20_000
    expect(due(pace, quarter + 20_000)).toEqual({ job: null, at: quarter + 50_000 })
    expect(due(pace, quarter + 50_000)).toMatchObject({ job: 'slot' })
  })

  it('counts the quarter hours that a sleeping laptop missed and goes on with the one that it is', () => {
    const pace = settled(quarter, quarter)
    const woken = quarter + 8 * hour + 2 * minute
    expect(due(pace, woken)).toMatchObject({ job: 'slot' })
    expect(pace).toMatchObject({ slot: quarter + 8 * hour, missed: 31 })
  })
})

describe('a changed task', () => {
  it('keeps the quarter hours that were read and counted before', () => {
    const before = settled(quarter, quarter - slotMs)
    run(before, quarter, quarter + 30_000)
    before.missed = 3
    const pace = startPace('sub-014', undefined, null, quarter + minute)
    resumePace(pace, before)
    expect(pace).toMatchObject({ slotOpen: false, missed: 3, lastSlot: quarter })
  })
})

describe('a clock that is set', () => {
  it('back an hour: stores no quarter hour twice and does not wait for an hour with the rest', () => {
    const pace = settled(quarter - 1000, quarter - 8 * slotMs)
    pace.watching = true
    const before = times(run(pace, quarter - 4 * slotMs, quarter + minute), 'slot')
    expect(before.map(slotOf)).toEqual([-4, -3, -2, -1, 0].map((i) => quarter + i * slotMs))
    const again = run(pace, quarter - hour + minute, quarter + 2 * slotMs - 1)
    expect(times(again, 'slot').map(slotOf)).toEqual([quarter + slotMs])
    expect(times(again, 'watched')).toHaveLength(Math.round((hour + 2 * slotMs - minute) / watchMs) + 1)
    expect(pace.missed).toBe(0)
  })

  it('back an hour and forward again: counts no quarter hour as missed that was read', () => {
    const pace = settled(quarter - hour - 1000, quarter - hour - slotMs)
    run(pace, quarter - hour - 1000, quarter + minute)
    run(pace, quarter - hour + minute, quarter - hour + 2 * minute)
    run(pace, quarter + 2 * minute, quarter + 3 * minute)
    expect(pace.missed).toBe(0)
  })

  it('forward by years and back again: loses no quarter hour and counts none', () => {
    const pace = settled(quarter, quarter)
    const wrong = Date.UTC(2040, 0, 1, 0, 0, 30)
    expect(times(run(pace, wrong, wrong + hour), 'slot')).toHaveLength(5)
    expect(times(run(pace, quarter + 5 * minute, quarter + hour + minute), 'slot').map(slotOf)).toEqual(
      [1, 2, 3, 4].map((i) => quarter + i * slotMs),
    )
    expect(pace.missed).toBe(0)
  })

  it('back: is no reason to wait for a device that failed before', () => {
    const pace = settled(quarter)
    noteFailed(pace, quarter)
    expect(due(pace, quarter - hour)).toMatchObject({ job: 'contact' })
  })

  it('to 1970 at the start, where no sample has ever been stored', () => {
    expect(times(run(settled(0), 0, hour - 1), 'slot')).toHaveLength(4)
  })
})

describe('watched points', () => {
  it('are read at once and then every 10 s', () => {
    const pace = settled(quarter + hour / 10, quarter)
    pace.watching = true
    const start = quarter + hour / 10
    const reads = times(run(pace, start, start + minute), 'watched')
    expect(reads[0]).toBe(start)
    const steps = reads.slice(2).map((at, i) => at - (reads[i + 1] ?? 0))
    expect(steps).toEqual(steps.map(() => watchMs))
    expect(reads.length).toBeGreaterThanOrEqual(6)
  })

  it('are not read when nobody looks', () => {
    const start = quarter + 6 * minute
    expect(run(settled(start, quarter), start, start + 40_000)).toEqual([])
  })
})

describe('points that rules look at', () => {
  const start = quarter + 6 * minute
  const guarded = (device = 'sub-014', idleCloseMs?: number) => {
    const pace = settled(start, quarter, device, idleCloseMs)
    setGuarding(pace, true, start)
    return pace
  }

  it('are read every 50 s, also while nobody looks, and such a read keeps contact', () => {
    const done = run(guarded(), start, start + 8 * minute)
    const reads = times(done, 'guarded')
    expect(reads.slice(1).map((at, i) => at - (reads[i] ?? 0))).toEqual(reads.slice(1).map(() => 50_000))
    expect(reads.length).toBeGreaterThanOrEqual(9)
    expect(times(done, 'contact')).toEqual([])
  })

  it('are first read when their device has its turn, so that a rule for all devices is no flood', () => {
    const firsts = Array.from(
      { length: 200 },
      (_, i) => (times(run(guarded(`sub-${i}`), start, start + minute), 'guarded')[0] ?? NaN) - start,
    )
    for (let part = 0; part < 10; part++) {
      const here = firsts.filter((one) => one >= part * 5000 && one < (part + 1) * 5000).length
      expect(here).toBeGreaterThan(5)
      expect(here).toBeLessThan(40)
    }
  })

  it('leave the contact reads of a device that closes sooner', () => {
    const done = run(guarded('sub-1', 30_000), start, start + 8 * minute)
    const heard = done.map(({ at }) => at)
    expect(times(done, 'guarded').length).toBeGreaterThanOrEqual(9)
    for (const [i, at] of heard.slice(1).entries()) expect(at - (heard[i] ?? 0)).toBeLessThanOrEqual(20_000)
  })

  it('are read beside the quarter hour and the settings, one read at a time, and no contact is made meanwhile', () => {
    const pace = guarded()
    const late = start + 2 * minute
    expect(due(pace, late, { watched: false, guarded: false, other: true }).job).toBe('guarded')
    expect(due(pace, late, { watched: false, guarded: true, other: true })).toEqual({ job: null, at: Infinity })
    expect(due(pace, late, { watched: false, guarded: true, other: false }).job).toBeNull()
    noteFailed(pace, late)
    expect(due(pace, late + minute, { watched: false, guarded: true, other: false })).toEqual({ job: null, at: Infinity })
  })

  it('are not read any more when no rule looks', () => {
    const pace = guarded()
    setGuarding(pace, false, start)
    expect(times(run(pace, start, start + 8 * minute), 'guarded')).toEqual([])
  })
})

describe('settings', () => {
  it('are read at the start and once a day, each device at its own hour', () => {
    const start = quarter + 6 * minute
    const pace = startPace('sub-1', undefined, quarter, start)
    const reads = times(run(pace, start, start + 3 * day), 'settings')
    expect(reads).toHaveLength(4)
    expect((reads[3] ?? 0) - (reads[2] ?? 0)).toBeCloseTo(day, -2)
  })

  it('are asked again after a quarter of an hour when they were not complete', () => {
    const now = quarter + 6 * minute
    const pace = settled(now, quarter)
    noteSettings(pace, false, now)
    const done = run(pace, now, now + 20 * minute)
    expect(times(done, 'settings')).toEqual([now + 15 * minute])
  })
})

describe('contact', () => {
  it('is made first of all', () => {
    expect(due(startPace('sub-1', undefined, null, quarter), quarter)).toMatchObject({ job: 'contact' })
  })

  it('is kept by a small read every 50 s, sooner for a device that closes sooner', () => {
    const start = quarter + 6 * minute
    const gaps = (idleCloseMs?: number) => {
      const reads = times(run(settled(start, quarter, 'sub-1', idleCloseMs), start, start + 8 * minute), 'contact')
      return new Set(reads.slice(1).map((at, i) => at - (reads[i] ?? 0)))
    }
    expect(gaps()).toEqual(new Set([50_000]))
    expect(gaps(75_000)).toEqual(new Set([50_000]))
    expect(gaps(30_000)).toEqual(new Set([20_000]))
  })

  it('is tried after 2 s, 4 s and so on up to a minute, a little earlier for some, and nothing else is tried', () => {
    const pace = settled(quarter)
    pace.watching = true
    const waits: number[] = []
    for (let now = quarter; waits.length < 8;) {
      noteFailed(pace, now)
      expect(due(pace, now + 1).job).toBeNull()
      waits.push((nextTry(pace) - now) / 1000)
      now = nextTry(pace)
      expect(due(pace, now)).toMatchObject({ job: 'contact' })
    }
    const full = [2, 4, 8, 16, 32, 60, 60, 60]
    for (const [i, wait] of waits.entries()) {
      expect(wait).toBeLessThanOrEqual(full[i] ?? 0)
      expect(wait).toBeGreaterThanOrEqual((full[i] ?? 0) * 0.8)
    }
    noteHeard(pace, quarter + hour)
    noteFailed(pace, quarter + hour)
    expect(nextTry(pace) - quarter - hour).toBeLessThanOrEqual(2000)
  })
})
