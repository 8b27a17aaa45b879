import { expect, onTestFinished, test } from 'vitest'
import { apiBase } from '#shared/api.ts'
import type { RuleContentInput } from '#shared/alarms/rule.ts'
import { toBatch, type SeriesReading } from '#shared/reading.ts'
import { ruleOf, tooHot } from './alarm-rule.ts'
import { eventually, quarterHour, startWorld } from './world.ts'

const end = Date.UTC(2026, 5, 1)
const dayMs = 24 * 3_600_000
const from = end - 30 * dayMs

/** Houses whose flow temperature and return temperature were stored each quarter hour of 30 days; `flowOf` undefined: nothing was. */
async function housesWithPast(names: readonly string[], flowOf: (house: number, slot: number) => number | undefined) {
  const world = await startWorld({ clock: () => end })
  const houses = []
  for (const [i, name] of names.entries()) {
    const added = await world.call('devices.add', {
      host: '127.0.0.1',
      port: 9,
      unit: i + 1,
      name,
      unseen: true,
      profile: 'danfoss/ecl310-a266.1',
    })
    const { points } = await world.call('devices.get', { id: added.id })
    const series = (id: string) => points.find((point) => point.id === id)?.series ?? -1
    // Contact is told by the first measured points.
    const [first] = points.filter(({ role }) => role === 'measure')
    houses.push({ id: added.id, flow: series('circuit1.flow'), first: first?.series ?? -1 })
  }
  const { append } = world.serving.host.workers.history.call
  const rows: SeriesReading[] = houses.flatMap(({ flow, first }, house) =>
    Array.from({ length: 30 * 96 }, (_, slot) => slot).flatMap((slot) => {
      const value = flowOf(house, slot)
      const at = from + slot * quarterHour
      return value === undefined ? [] : [...new Set([flow, first])].map((series) => ({ series, at, value, quality: 'good' as const }))
    }),
  )
  await append(toBatch(rows))
  const attempt = (change: Partial<RuleContentInput>, job?: string) =>
    world.call('alarms.tryRule', { content: ruleOf(change), from: from - 300 * dayMs, to: end, ...(job !== undefined && { job }) })
  return { ...world, houses, attempt }
}

test('a rule is told how often it would have come up, where, and which deadband would calm it', async () => {
  // House 0 swings about the limit for two hours of each day: four times each; house 1 is too hot once, for five hours; house 2 never.
  const world = await housesWithPast(['Swings', 'Once', 'Calm'], (house, slot) => {
    if (house === 0 && slot % 96 < 8) return slot % 2 === 0 ? 80.4 : 79.8
    if (house === 1 && slot >= 960 && slot < 980) return 90
    return 60
  })
  const trial = await world.attempt({ test: { ...tooHot, deadband: 0 } })
  expect(trial).toMatchObject({ untried: null, from, to: end, conditions: 3, samples: 3 * 30 * 96 })
  expect(trial.covered).toBe(1)
  expect(trial.now).toMatchObject({
    occurrences: 121,
    chattering: 120,
    fleeting: 120,
    devices: 2,
    activeMs: 120 * quarterHour + 20 * quarterHour,
  })
  expect(trial.now.perWeek).toBeCloseTo((121 * 7) / 30, 6)
  const half = trial.variants.find(({ deadband, onDelayS }) => deadband === 0.5 && onDelayS === 0)
  expect(half).toMatchObject({ lost: 0, outcome: { occurrences: 31, chattering: 0, devices: 2 } })
  expect(trial.suggestion).toEqual({ deadband: 0.5, onDelayS: 0 })
  expect(trial.places.map(({ deviceName, occurrences, limit, is }) => [deviceName, occurrences, limit, is])).toEqual([
    ['Swings', 120, 80, 'temperature'],
    ['Once', 1, 80, 'temperature'],
  ])
  expect(trial.places[1]?.times).toEqual([{ from: from + 960 * quarterHour, to: from + 980 * quarterHour, value: 90 }])
})

test('devices outside of the scope and those taken out are not looked at, and others have their own limit', async () => {
  const world = await housesWithPast(['A', 'B', 'C'], (house) => 81 + house)
  const [a, b] = world.houses
  const scope = { by: 'devices' as const, devices: [a?.id ?? '', b?.id ?? ''] }
  const off = { device: a?.id ?? '', off: true }
  expect((await world.attempt({ scope, overrides: [off] })).places.map(({ deviceName }) => deviceName)).toEqual(['B'])
  const higher = { device: b?.id ?? '', values: { high: 85 } }
  expect((await world.attempt({ scope, overrides: [higher] })).places.map(({ deviceName }) => deviceName)).toEqual(['A'])
})

test('an offline rule comes up where nothing was stored of one device while others went on', async () => {
  const world = await housesWithPast(['Gone', 'There'], (house, slot) => {
    // Hearthgrid itself did not run in slots 100 to 199; the first house was silent for five hours later on, and once for 15 minutes.
    if (slot >= 100 && slot < 200) return undefined
    if (house === 0 && ((slot >= 500 && slot < 520) || slot === 700)) return undefined
    return 60
  })
  const trial = await world.attempt({ test: { kind: 'offline' }, onDelayS: 1800 })
  expect(trial.now).toMatchObject({ occurrences: 1, devices: 1 })
  expect(trial.places[0]?.times).toEqual([{ from: from + 502 * quarterHour, to: from + 520 * quarterHour, value: null }])
  expect(trial.covered).toBeCloseTo(1 - 100 / 2880, 2)
})

test('what history does not hold is said to be untried, and a rule that looks nowhere finds nothing', async () => {
  const world = await housesWithPast(['A'], () => 90)
  expect(await world.attempt({ test: { kind: 'meter', severities: 'all' } })).toMatchObject({ untried: 'kind', conditions: 0, places: [] })
  const none = await world.attempt({ scope: { by: 'application', profiles: ['maker/nothing'] } })
  expect(none).toMatchObject({ untried: null, conditions: 0, now: { occurrences: 0 }, suggestion: null, places: [] })
  await expect(world.call('alarms.tryRule', { content: ruleOf(), from: end, to: end })).rejects.toMatchObject({ code: 'input.invalid' })
})

test('a trial that is stopped, or whose asker goes, ends at once and leaves nothing behind', { timeout: 60_000 }, async () => {
  const names = Array.from({ length: 8 }, (_, i) => `House ${i}`)
  const world = await housesWithPast(names, (house, slot) => 70 + ((house + slot) % 20))
  const { append } = world.serving.host.workers.history.call
  for (const { flow } of world.houses) {
    const count = 50_000
    const at = Float64Array.from({ length: count }, (_, i) => from + 2000 + i * 50_000)
    const value = Float64Array.from({ length: count }, (_, i) => 70 + (i % 20))
    await append({ series: new Uint32Array(count).fill(flow), at, value, quality: new Uint8Array(count) })
  }
  const { events } = world.serving.host
  const states: string[] = []
  const once = (job: string, begun: () => void) =>
    onTestFinished(
      events.subscribe((event) => {
        if (event.event !== 'jobs' || event.job !== `alarms.trial.${job}`) return
        states.push(`${job} ${event.state}`)
        if (states.filter((state) => state === `${job} running`).length === 1 && event.state === 'running') begun()
      }),
    )

  const second: Promise<unknown>[] = []
  once('mine', () => {
    second.push(world.attempt({}, 'mine').catch((error: unknown) => error))
    second.push(world.call('alarms.stopTrial', { job: 'mine' }))
  })
  await expect(world.attempt({}, 'mine')).rejects.toMatchObject({ code: 'cancelled' })
  expect((await Promise.all(second))[0]).toMatchObject({ code: 'conflict' })
  await expect(world.call('alarms.stopTrial', { job: 'mine' })).rejects.toMatchObject({ code: 'notFound' })

  const gone = new AbortController()
  once('left', () => gone.abort())
  const body = JSON.stringify({ content: ruleOf(), from, to: end, job: 'left' })
  const headers = { authorization: `Bearer ${world.token}`, 'content-type': 'application/json' }
  await expect(
    fetch(`${world.serving.url}${apiBase}/alarms/rules/try`, { method: 'POST', headers, body, signal: gone.signal }),
  ).rejects.toMatchObject({ name: 'AbortError' })
  await eventually(
    () => states,
    (all) => all.includes('left cancelled'),
  )
  expect(states.filter((state) => !state.endsWith('running'))).toEqual(['mine cancelled', 'left cancelled'])

  once('whole', () => undefined)
  expect((await world.attempt({}, 'whole')).now.devices).toBe(8)
  expect(states.at(-1)).toBe('whole done')
})
