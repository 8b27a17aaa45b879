import { rm } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { createCalendar } from '#shared/calendar.ts'
import { profiles, startControllers, startWorld } from '../flows/world.ts'
import { ClockedHost, newPlace } from './clocked-host.ts'

const second = 1000
const minute = 60 * second
const quarter = 15 * minute
const hour = 60 * minute
const day = 24 * hour
/** Every device has its turn in the first 20 s of a quarter hour. */
const turn = 21 * second
/** Of a device that answers. */
const longestSilence = minute

const profile = 'danfoss/ecl310-a266.1'
const outdoor = profiles.find(({ id }) => id === profile)?.points.find(({ id }) => id === 'outdoor')?.address ?? 0
const utc = (text: string) => Date.parse(`${text}Z`)

/** A program whose clock runs `rate` times as fast, and a simulated controller whose outdoor temperature is set as it is to be stored. */
async function setUp(rate: number) {
  const place = newPlace()
  const host = new ClockedHost(place, rate)
  onTestFinished(async () => {
    await host.kill()
    host.shim.close()
    await rm(place, { recursive: true })
  })
  const { ports, simulator } = await startControllers()
  let device = ''
  let series = 0
  let measures: number[] = []

  const readings = async (from: number, to: number) => {
    const { at, value } = await host.call('history.readings', { series, from, to, limit: 50_000 })
    return at.map((one, i): [number, number | null] => [one, value[i] ?? null])
  }
  const stored = async (slot: number) => {
    await expect.poll(() => readings(slot, slot + 1), { timeout: 20_000, interval: 20 }).toHaveLength(1)
  }
  const poke = (degrees: number) => simulator.poke({ station: 0, address: outdoor, raw: Math.round(degrees * 100) })
  const contact = async () => (await host.call('devices.get', { id: device })).contact

  return {
    host,
    readings,
    stored,
    poke,
    get measures() {
      return measures
    },
    /** Adds the controller and waits until it is heard. */
    async begin(degrees: number) {
      await poke(degrees)
      const address = { host: '127.0.0.1', port: ports[0] ?? 0 }
      const { id } = await host.call('devices.add', { ...address, name: 'House', unseen: true, profile })
      const { points } = await host.call('devices.get', { id })
      device = id
      series = points.find((point) => point.id === 'outdoor')?.series ?? 0
      measures = points.filter(({ role, served }) => role === 'measure' && served).map((point) => point.series)
      await expect.poll(async () => (await contact()).state, { timeout: 20_000, interval: 20 }).toBe('online')
    },
    /** Sets the clock some seconds into a quarter hour and waits until that is stored. */
    async store(slot: number, degrees: number) {
      await poke(degrees)
      await host.setTime(slot + turn)
      await stored(slot)
      expect((await host.now()) - slot).toBeLessThan(quarter)
    },
    /** Sets the clock and waits until the device is heard at a time after that and not far from it. */
    async hear(at: number) {
      await host.setTime(at)
      const heard = async () => {
        const { lastAnswer } = await contact()
        return lastAnswer !== null && lastAnswer >= at && lastAnswer <= at + longestSilence
      }
      await expect.poll(heard, { timeout: 20_000, interval: 20 }).toBe(true)
      expect((await contact()).state).toBe('online')
    },
  }
}

/** What went wrong by the program's own word, but for a device that was silent for a moment. */
const complaints = (host: ClockedHost) => [...host.logged('error'), ...host.logged('warn').filter((line) => !line.includes('no contact'))]

const berlin = createCalendar('Europe/Berlin')
const nights = [
  { night: '2026-03-29', after: '2026-03-30', quarters: 92 },
  { night: '2026-10-25', after: '2026-10-26', quarters: 100 },
]

test('the local days on which clocks change have 92 and 100 quarter hours, each stored once with its own value', async () => {
  const drive = async ({ night, after, quarters }: (typeof nights)[number]) => {
    const world = await setUp(40)
    const [from, to] = [berlin.startOf(night), berlin.startOf(after)]
    const slots = Array.from({ length: quarters }, (_, i) => from + i * quarter)
    expect(slots.at(-1)).toBe(to - quarter)
    await world.host.start(from - hour)
    await world.begin(-20)
    await world.store(from - quarter, -20)
    const expected = slots.map((slot, i): [number, number] => [slot, i / 2 - 10])
    for (const [slot, degrees] of [...expected, [to, 60] as const]) await world.store(slot, degrees)

    expect(await world.readings(from, to)).toEqual(expected)
    const table = (step: 'raw' | '15min' | 'hour' | 'day') =>
      world.host.call('history.table', { series: world.measures.slice(0, 50), from, to, step, figures: ['mean'], limit: 200 })
    for (const step of ['raw', '15min'] as const) {
      const { at, columns } = await table(step)
      expect(at).toEqual(slots)
      for (const { value } of columns.filter((column) => column.value.some((one) => one !== null))) expect(value).not.toContain(null)
    }
    expect((await table('hour')).at).toHaveLength(quarters / 4)
    expect((await table('day')).at).toEqual([from])
    expect(complaints(world.host)).toEqual([])
  }
  await Promise.all(nights.map(drive))
})

test('a clock that jumps by an hour or a day, either way, doubles nothing, replaces nothing and holds up no reading', async () => {
  const world = await setUp(20)
  const { host, store, hear } = world
  const noon = utc('2026-11-10T12:00:00')
  await host.start(noon - quarter + 5 * second)
  await world.begin(1)
  await store(noon - quarter, 1)
  await store(noon, 2)
  await store(noon + hour, 3)

  await world.poke(-1)
  await hear(noon + 2 * minute)
  await store(noon + quarter, 4)
  await world.poke(-2)
  await hear(noon + hour + turn)
  await store(noon + hour + quarter, 5)

  await store(noon + day, 6)
  await store(noon + 2 * quarter, 7)
  await store(noon - day, 8)
  await world.poke(-3)
  await hear(noon + turn)
  await store(noon + 3 * quarter, 9)

  // A program that starts anew does not know what it has read; the store does.
  await host.stop()
  await world.poke(-4)
  await host.start(noon + turn)
  const readAgain = async (slot: number) => {
    const lastSlot = async () => (await host.call('acquisition.connections', {}))[0]?.lastSlot
    await expect.poll(lastSlot, { timeout: 20_000, interval: 20 }).toBe(slot)
  }
  await readAgain(noon)
  await host.setTime(noon + quarter + turn)
  await readAgain(noon + quarter)
  await store(noon - 2 * quarter, 10)

  const expected = [
    [noon - day, 8],
    [noon - 2 * quarter, 10],
    [noon - quarter, 1],
    [noon, 2],
    [noon + quarter, 4],
    [noon + 2 * quarter, 7],
    [noon + 3 * quarter, 9],
    [noon + hour, 3],
    [noon + hour + quarter, 5],
    [noon + day, 6],
  ]
  expect(await world.readings(-day, utc('2100-01-01'))).toEqual(expected)
  expect(await host.call('history.status', {})).toMatchObject({ state: 'ready', notice: null })
  expect(complaints(host)).toEqual([])
})

test('a program that starts in 1970 or in 2040 stores as ever, and what comes when the clock is right is kept beside', async () => {
  const world = await setUp(20)
  const [dead, right, far] = [utc('1970-01-01T00:00:00'), utc('2026-11-10T12:00:00'), utc('2040-02-29T23:45:00')]
  await world.host.start(dead + 3 * second)
  await world.begin(1)
  await world.store(dead, 1)
  await world.store(dead + quarter, 2)
  await world.store(right, 3)
  await world.host.stop()
  const expected = [
    [dead, 1],
    [dead + quarter, 2],
    [dead + 2 * quarter, 6],
    [right, 3],
    [right + quarter, 5],
    [far, 4],
  ] as const
  for (const [slot, degrees] of [...expected].filter(([, value]) => value > 3).toSorted(([, a], [, b]) => a - b)) {
    await world.poke(degrees)
    await world.host.start(slot + turn)
    await world.stored(slot)
    if (degrees < 6) await world.host.stop()
  }
  expect(await world.readings(-day, utc('2100-01-01'))).toEqual(expected)
  expect(await world.host.call('history.status', {})).toMatchObject({ state: 'ready', notice: null, first: expect.any(Number) as number })
  expect(complaints(world.host)).toEqual([])
})

test('what a gateway stamps with a wrong clock is refused and counted, and with local time it has 92 and 100 quarter hours', async () => {
  let now = berlin.startOf('2026-03-29')
  const world = await startWorld({ clock: () => now })
  const gateway = await world.call('ingest.addGateway', { name: 'Router', zone: 'Europe/Berlin' })
  const points = [{ key: 'flow', point: 'circuit1.flow', is: 'temperature' as const }]
  const { id } = await world.call('ingest.map', { id: gateway.id, member: 'house', name: 'House', points })
  const series = (await world.call('devices.get', { id })).points[0]?.series ?? 0
  const send = async (ts: unknown, flow: number) => {
    const answer = await fetch(world.serving.url + gateway.path, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ device: 'house', ts, flow }),
    })
    expect(answer.status).toBe(200)
    return (await answer.json()) as Record<string, number>
  }
  const stored = async (from: number, to: number) => {
    const { at, value } = await world.call('history.readings', { series, from, to, limit: 1000 })
    return at.map((one, i) => [one, value[i]])
  }

  for (const { night, after, quarters } of nights) {
    const [from, to] = [berlin.startOf(night), berlin.startOf(after)]
    const expected = Array.from({ length: quarters }, (_, i) => [from + i * quarter, i])
    for (const [slot = 0, value = 0] of expected) {
      now = slot + 2 * second
      const wallClock = new Date(slot + berlin.offset(slot)).toISOString().slice(0, 19)
      expect(await send(wallClock, value)).toMatchObject({ stored: 1 })
    }
    expect(await stored(from, to)).toEqual(expected)
  }

  now = utc('2026-11-10T12:00:00')
  expect(await send(now + 4 * minute, 1)).toMatchObject({ stored: 1 })
  expect(await send(now + 6 * minute, 2)).toMatchObject({ stored: 0, future: 1 })
  expect(await send(utc('2040-01-01'), 3)).toMatchObject({ stored: 0, future: 1 })
  expect(await send(utc('1970-01-02') / second, 4)).toMatchObject({ stored: 0, old: 1 })
  expect(await send(0, 5)).toMatchObject({ stored: 0, badTime: 1 })
  expect(await send(now - 365 * day, 6)).toMatchObject({ stored: 1 })
  // This computer's clock goes back: right stamps look early until it is set again, and no stored value changes.
  now -= hour
  expect(await send(now + hour, 7)).toMatchObject({ stored: 0, future: 1 })
  now += hour
  expect(await send(now, 8)).toMatchObject({ stored: 1 })
  expect(await send(now + 4 * minute, 9)).toMatchObject({ stored: 0, conflicts: 1 })
  expect(await stored(now - day, now + day)).toEqual([
    [now, 8],
    [now + 4 * minute, 1],
  ])
  const [seen] = await world.call('ingest.gateways', {})
  expect(seen?.tally).toMatchObject({ future: 3, old: 1, badTime: 1, conflicts: 1, stored: 195 })
})
