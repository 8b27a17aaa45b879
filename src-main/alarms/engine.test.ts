import { describe, expect, test } from 'vitest'
import type { Check } from '#shared/alarms/check.ts'
import { keyOf } from '#shared/alarms/condition-key.ts'
import { ruleSchema } from '#shared/alarms/rule.ts'
import { stateOf } from '#shared/alarms/step.ts'
import { toBatch, type Quality } from '#shared/reading.ts'
import { Condition } from './condition.ts'
import { Engine } from './engine.ts'
import type { Change } from './record.ts'

const minute = 60_000
const rule = (onDelayS: number, latched = false) =>
  ruleSchema.parse({
    id: 'r',
    version: 1,
    library: null,
    createdAt: 0,
    changedAt: 0,
    changedBy: '',
    removedAt: null,
    name: 'Out of contact',
    description: '',
    enabled: true,
    priority: 'low',
    scope: { by: 'all' },
    test: { kind: 'offline' },
    while: [],
    onDelayS,
    offDelayS: 0,
    latched,
    cause: '',
    consequence: '',
    action: '',
    respondMinutes: null,
    link: '',
    notify: { steps: [], resolved: false, schedule: null },
    overrides: [],
  })

/** An engine with a line and two devices behind it; what it decides is listed as it comes. */
function plant(onDelayS = 0, latched = false) {
  const changes: Change[] = []
  const busy = new Set<string>()
  const engine = new Engine(
    async (some) => void changes.push(...some),
    (device) => busy.has(device),
  )
  const add = (device: string, part: string) => {
    const place = { rule: 'r', device, point: '', part, name: device || part, line: '', series: null }
    const condition = Condition.ofSource(rule(onDelayS, latched), null, place)
    engine.add(condition)
    return condition
  }
  const [line, north, south] = [add('', 'line:a'), add('north', ''), add('south', '')]
  for (const one of [north, south]) engine.place(one, keyOf(line.place), 0)
  const states = () => [line, north, south].map(({ kept }) => stateOf(kept.standing))
  const heard = () => changes.filter(({ annunciates }) => annunciates).map(({ condition }) => condition.name)
  return { engine, line, north, south, busy, states, heard, changes }
}

describe('what stands for others', () => {
  test('is raised alone when all fail together, in whatever order that is noticed', () => {
    for (const order of [
      ['north', 'south', 'line'],
      ['line', 'south', 'north'],
    ] as const) {
      const world = plant(600)
      order.forEach((name, i) => world.engine.tell(world[name], 'beyond', i * 1000))
      world.engine.tick(5 * minute)
      expect(world.states()).toEqual(['normal', 'normal', 'normal'])
      world.engine.tick(600_000)
      world.engine.tick(602_000)
      expect(world.states()).toEqual(['unacknowledged', 'suppressed', 'suppressed'])
      expect(world.heard()).toEqual(['line:a'])
    }
  })

  test('gives back what still stands when it is over, and ends what does not', () => {
    const { engine, line, north, south, states, heard } = plant()
    for (const one of [line, north, south]) engine.tell(one, 'beyond', 1000)
    engine.tell(north, 'within', 2000)
    engine.tell(line, 'within', 3000)
    expect(states()).toEqual(['returned', 'normal', 'unacknowledged'])
    expect(heard()).toEqual(['line:a', 'south'])
  })

  test('waits with those beneath it, and lets them be seen when it does not come', () => {
    const { engine, line, north, states, heard } = plant(600)
    engine.tell(north, 'beyond', 0)
    engine.tell(line, 'beyond', 5 * minute)
    engine.tick(10 * minute)
    expect(states()).toEqual(['normal', 'suppressed', 'normal'])
    engine.tell(line, 'within', 11 * minute)
    expect(states()).toEqual(['normal', 'unacknowledged', 'normal'])
    expect(heard()).toEqual(['north'])
  })

  test('is there before them: what a maintenance hides comes back with it', () => {
    const { engine, north, busy, states } = plant()
    busy.add('north')
    engine.tell(north, 'beyond', 0)
    expect(states()[1]).toBe('suppressed')
    busy.clear()
    engine.hide([north], 1000)
    expect(states()[1]).toBe('unacknowledged')
  })
})

test('a verdict that is not known breaks what was on its way, and leaves what stands', () => {
  const { engine, north, south, states } = plant(600)
  engine.tell(north, 'beyond', 0)
  engine.tell(north, 'unknown', 5 * minute)
  engine.tell(north, 'beyond', 6 * minute)
  engine.tick(15 * minute)
  expect(states()[1]).toBe('normal')
  engine.tick(16 * minute)
  expect(states()[1]).toBe('unacknowledged')
  engine.tell(north, 'unknown', 17 * minute)
  engine.tick(60 * minute)
  expect(states()[1]).toBe('unacknowledged')
  expect(engine.pending()).toEqual([])
  engine.tell(south, 'beyond', 60 * minute)
  expect(engine.pending()).toEqual([south])
})

test('a condition that goes ends what stood of it, once', async () => {
  const { engine, north, changes } = plant()
  engine.tell(north, 'beyond', 0)
  await engine.apply(north, { event: 'acknowledge' }, { at: 1, by: 'Ada', what: 'acknowledged', text: 'seen' })
  engine.drop(north, 2)
  const last = changes.at(-1)
  expect(last).toMatchObject({ ends: true, happening: { what: 'ruleChanged' }, notify: [{ what: 'ended' }] })
  expect(engine.conditions.get(north.key)).toBeUndefined()
})

test('a latched alarm comes again as another occurrence, and the former one ends first', async () => {
  const { engine, north, changes, states } = plant(0, true)
  engine.tell(north, 'beyond', 0)
  await engine.apply(north, { event: 'acknowledge' }, { at: 1, by: 'Ada', what: 'acknowledged' })
  engine.tell(north, 'within', 2)
  expect(states()[1]).toBe('latchedAcknowledged')
  engine.tell(north, 'beyond', 3)
  expect(changes.at(-1)).toMatchObject({ ends: true, begins: {}, kept: { waiting: 1, acknowledged: null } })
  expect(states()[1]).toBe('unacknowledged')
})

describe('readings of several series', () => {
  /** A condition that is beyond once both its series have said more than 10. */
  function both() {
    const values = [0, 0]
    const check: Check = {
      series: [1, 2],
      take: (i, value) => {
        values[i] = value
        return values.every((one) => one > 10) ? 'beyond' : 'within'
      },
      shown: () => ({ value: values[0] ?? 0, limit: 10 }),
    }
    const { engine } = plant()
    const place = { rule: 'r', device: 'north', point: 'flow', part: '' }
    const planned = {
      place,
      priority: 'low',
      series: 1,
      point: null,
      delays: { onMs: 0, offMs: 0 },
      make: () => check,
      memoryMs: 0,
      beneath: null,
    } as const
    const condition = Condition.ofReadings(rule(0), null, planned, '')
    engine.add(condition)
    const tell = (quality: Quality, ...rows: [series: number, value: number, at: number][]) =>
      engine.take({ batch: toBatch(rows.map(([series, value, at]) => ({ series, value, at, quality }))), store: false, reason: 'live' })
    const take = (...rows: [series: number, value: number, at: number][]) => tell('good', ...rows)
    return { take, tell, state: () => stateOf(condition.kept.standing) }
  }

  test('count also when one is stamped a moment before the other', () => {
    const { take, state } = both()
    take([1, 20, 10_400], [2, 20, 10_000])
    expect(state()).toBe('unacknowledged')
  })

  test('do not count when they come from the log of a device, which is told of another time', () => {
    const { tell, state } = both()
    tell('log', [1, 20, minute], [2, 20, minute])
    expect(state()).toBe('normal')
  })

  test('do not count when an older one of the same series comes late, and do after the clock was set back', () => {
    const { take, state } = both()
    take([1, 20, minute * 60], [2, 5, minute * 60])
    take([2, 20, minute * 59])
    expect(state()).toBe('normal')
    take([1, 20, minute * 2], [2, 20, minute * 2])
    expect(state()).toBe('unacknowledged')
  })
})
