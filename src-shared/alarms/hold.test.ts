import { expect, test } from 'vitest'
import { seeded } from './checks/testing/run.ts'
import type { Change, Verdict } from './check.ts'
import { Hold } from './hold.ts'

const delays = { onMs: 60, offMs: 30 }
type Step = [at: number, verdict: Verdict | 'tick']

/** What each step brought; the alarm is raised and cleared accordingly. */
function changes(steps: readonly Step[], active = false, hold = new Hold()): Change[] {
  let is = active
  return steps.map(([at, verdict]) => {
    const change = verdict === 'tick' ? hold.tick(at, is, delays) : hold.take(verdict, at, is, delays)
    if (change !== null) is = change === 'raise'
    return change
  })
}

test.each<[string, boolean, Step[], Change[]]>([
  [
    'is raised once the delay is over',
    false,
    [
      [0, 'beyond'],
      [59, 'beyond'],
      [60, 'beyond'],
      [70, 'beyond'],
    ],
    [null, null, 'raise', null],
  ],
  [
    'is raised by time alone while the last value is believed',
    false,
    [
      [0, 'beyond'],
      [59, 'tick'],
      [60, 'tick'],
    ],
    [null, null, 'raise'],
  ],
  [
    'a value within breaks the delay',
    false,
    [
      [0, 'beyond'],
      [50, 'within'],
      [55, 'beyond'],
      [100, 'beyond'],
      [115, 'beyond'],
    ],
    [null, null, null, null, 'raise'],
  ],
  [
    'a lost value breaks the delay',
    false,
    [
      [0, 'beyond'],
      [50, 'unknown'],
      [70, 'tick'],
      [80, 'beyond'],
      [139, 'beyond'],
      [140, 'beyond'],
    ],
    [null, null, null, null, null, 'raise'],
  ],
  [
    'clears once the other delay is over',
    true,
    [
      [0, 'within'],
      [29, 'within'],
      [30, 'within'],
      [40, 'within'],
    ],
    [null, null, 'clear', null],
  ],
  [
    'a lost value breaks clearing',
    true,
    [
      [0, 'within'],
      [20, 'unknown'],
      [40, 'tick'],
      [50, 'within'],
      [79, 'tick'],
      [80, 'tick'],
    ],
    [null, null, null, null, null, 'clear'],
  ],
  [
    'a value beyond breaks clearing',
    true,
    [
      [0, 'within'],
      [20, 'beyond'],
      [25, 'within'],
      [54, 'within'],
      [55, 'within'],
    ],
    [null, null, null, null, 'clear'],
  ],
  [
    'lost values change nothing, however long',
    true,
    [
      [0, 'unknown'],
      [1000, 'tick'],
      [2000, 'unknown'],
    ],
    [null, null, null],
  ],
  [
    'readings far apart count for all the time between',
    false,
    [
      [0, 'beyond'],
      [900, 'beyond'],
    ],
    [null, 'raise'],
  ],
  [
    'a clock set back begins the delay anew, and it ends',
    false,
    [
      [1000, 'beyond'],
      [500, 'beyond'],
      [559, 'tick'],
      [560, 'tick'],
    ],
    [null, null, null, 'raise'],
  ],
  [
    'a clock set back without a reading begins the delay anew',
    false,
    [
      [1000, 'beyond'],
      [500, 'tick'],
      [559, 'beyond'],
      [560, 'beyond'],
    ],
    [null, null, null, 'raise'],
  ],
  [
    'comes again after it cleared',
    true,
    [
      [0, 'within'],
      [30, 'within'],
      [40, 'beyond'],
      [100, 'beyond'],
    ],
    [null, 'clear', null, 'raise'],
  ],
])('%s', (_name, active, steps, expected) => expect(changes(steps, active)).toEqual(expected))

test('without delays it is raised and cleared at once', () => {
  const hold = new Hold()
  expect(hold.take('beyond', 5, false, { onMs: 0, offMs: 0 })).toBe('raise')
  expect(hold.take('within', 6, true, { onMs: 0, offMs: 0 })).toBe('clear')
})

test('says when it will be raised or clear, as long as it is on its way', () => {
  const hold = new Hold()
  expect(hold.pendingUntil(false, delays)).toBeNull()
  hold.take('beyond', 100, false, delays)
  expect([hold.pendingUntil(false, delays), hold.pendingUntil(true, delays), hold.clearingUntil(true, delays)]).toEqual([160, null, null])
  hold.take('within', 200, true, delays)
  expect([hold.pendingUntil(false, delays), hold.clearingUntil(true, delays), hold.clearingUntil(false, delays)]).toEqual([null, 230, null])
  hold.take('unknown', 210, true, delays)
  expect([hold.pendingUntil(false, delays), hold.clearingUntil(true, delays)]).toEqual([null, null])
})

test('after a reset nothing is on its way', () => {
  const hold = new Hold()
  hold.take('beyond', 0, false, delays)
  hold.reset()
  expect([hold.tick(1000, false, delays), hold.pendingUntil(false, delays)]).toEqual([null, null])
})

test('is raised exactly when it was beyond without a break for the delay, whatever comes', () => {
  const random = seeded(7)
  for (let round = 0; round < 300; round++) {
    const onMs = Math.floor(random() * 200)
    const offMs = Math.floor(random() * 200)
    const hold = new Hold()
    let active = false
    let verdict: Verdict = 'unknown'
    let since = 0
    let at = 0
    for (let step = 0; step < 100; step++) {
      at += Math.floor(random() * 60)
      const isTick = random() < 0.3
      const next: Verdict =
        random() < 0.7 && verdict !== 'unknown' ? verdict : random() < 0.5 ? 'beyond' : random() < 0.7 ? 'within' : 'unknown'
      if (!isTick && next !== verdict) [verdict, since] = [next, at]
      const change: Change = isTick ? hold.tick(at, active, { onMs, offMs }) : hold.take(next, at, active, { onMs, offMs })
      const wanted =
        verdict === 'beyond' && !active && at - since >= onMs
          ? 'raise'
          : verdict === 'within' && active && at - since >= offMs
            ? 'clear'
            : null
      expect(change).toBe(wanted)
      if (change !== null) active = change === 'raise'
    }
  }
})
