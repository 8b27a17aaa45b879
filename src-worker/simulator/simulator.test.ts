import { connect as connectTo, createServer } from 'node:net'
import { once } from 'node:events'
import { deserialize } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import { decode } from '#shared/devices/codec.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import { rowOf } from '#shared/reading.ts'
import { connect, type Remote } from '#shared/rpc.ts'
import type { SimulatorPort } from '#shared/simulator/port.ts'
import { demoTown, plainStation } from './testing/demo-town.ts'
import { foreignClient } from './testing/foreign-client.ts'
import { smallTown } from './testing/small-town.ts'

const minute = 60_000
const quarterHour = 15 * minute
const hour = 60 * minute
const day = 24 * hour
/** A full quarter hour, well before the present of this machine. */
const then = Date.UTC(2026, 0, 20, 6)
const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

type Progress = { done: number; total: number }

/** A worker whose clock shows `present` now. */
function startWorker(present = Date.now(), onProgress: (progress: Progress) => void = () => undefined): Remote<SimulatorPort> {
  const thread = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { clockOffsetMs: present - Date.now() } })
  open.push({ close: () => thread.terminate() })
  return connect<SimulatorPort>(thread, (event, data) => event === 'progress' && onProgress(data as Progress)).call
}

async function client(port: number | undefined) {
  const one = await foreignClient(port ?? 0)
  open.push({ close: () => one.destroy(() => undefined) })
  return one
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20))
}

const measured = () => plainStation().profile.points.filter(({ role }) => role === 'measure' || role === 'state')
const pointOf = (id: string) => {
  const point = plainStation().profile.points.find((one) => one.id === id)
  if (!point) throw new Error(`no point ${id}`)
  return point
}
const addressOf = (id: string) => pointOf(id).address

/** What a saved town remembers, but for its clock. */
function remembered(saved: Uint8Array) {
  const { physics, controllers, faults } = deserialize(saved) as Record<string, unknown>
  return { physics, controllers, faults }
}

describe('the worker', () => {
  test('opens the whole demo town, each controller on its own port with its own serial number', async () => {
    const call = startWorker()
    const { stations, climate } = demoTown()
    const { stations: opened } = await call.open({ stations, ports: null, host: '127.0.0.1', climate })
    expect(new Set(opened.map(({ port }) => port)).size).toBe(stations.length)
    for (const [i, { port }] of opened.entries()) {
      const { profile, serial } = stations[i] ?? plainStation()
      const point = profile.points.find(({ id }) => id === 'identity.serial')
      if (!point) continue
      const { data } = await (await client(port)).readHoldingRegisters(point.address, wordsOf[point.as])
      expect(decode(point, data).value).toBe(serial)
    }
    const { outdoor, speed } = await call.status({})
    expect(outdoor).toBeGreaterThan(-35)
    expect(outdoor).toBeLessThan(40)
    expect(speed).toBe(1)
    const { stations: shown, pipes, plant } = await call.picture({})
    expect(shown).toHaveLength(stations.length)
    expect(pipes).toHaveLength((await call.pipes({})).length)
    expect([...Object.values(plant), ...shown.flatMap((one) => Object.values(one))].every((value) => !Number.isNaN(value))).toBe(true)
  })

  test('opens on the ports it is given, and after close they are free again', async () => {
    const call = startWorker()
    const [first] = (await call.open(smallTown(1))).stations
    const port = first?.port ?? 0
    await call.close({})
    await call.open(smallTown(1, { ports: [port] }))
    expect((await (await client(port)).readInputRegisters(addressOf('identity.address'), 1)).data).toEqual([1])
    await call.close({})
    await expect(client(port)).rejects.toThrow(/ECONNREFUSED/)
    await expect(call.status({})).rejects.toMatchObject({ code: 'notFound' })
  })

  test('opens nothing when one of its ports is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    open.push({ close: () => taken.close() })
    const port = (taken.address() as { port: number }).port
    const call = startWorker()
    const [free] = (await call.open(smallTown(1))).stations
    await expect(call.open(smallTown(2, { ports: [free?.port ?? 0, port] }))).rejects.toThrow(/EADDRINUSE/)
    await expect(client(free?.port)).rejects.toThrow(/ECONNREFUSED/)
  })

  test('its clock follows the host', async () => {
    const july = startWorker(Date.UTC(2031, 6, 15))
    const [first] = (await july.open(smallTown(1))).stations
    expect((await (await client(first?.port)).readHoldingRegisters(addressOf('clock.month'), 2)).data).toEqual([7, 2031])
  })

  test('a poked sensor stays as set, and poking a station that does not exist fails', async () => {
    const call = startWorker()
    const [first] = (await call.open(smallTown(1))).stations
    const one = await client(first?.port)
    await call.poke({ station: 0, address: addressOf('outdoor'), raw: 19_200 })
    expect((await one.readHoldingRegisters(addressOf('outdoor'), 1)).data).toEqual([19_200])
    await call.poke({ station: 0, address: addressOf('circuit1.slope'), raw: 30 })
    expect((await one.readHoldingRegisters(addressOf('circuit1.slope'), 1)).data).toEqual([30])
    await expect(call.poke({ station: 1, address: 0, raw: 0 })).rejects.toMatchObject({ code: 'notFound' })
  })
})

describe('time', () => {
  test('the same town comes to the same state, however it was paced, stopped and jumped', async () => {
    const [even, uneven] = [startWorker(then), startWorker(then)]
    await even.open(smallTown(3, { start: then, speed: 0 }))
    await even.jump({ to: then + 50 * minute })

    await uneven.open(smallTown(3, { start: then, speed: 60 }))
    await until(async () => (await uneven.status({})).now > then + minute)
    await uneven.pace({ speed: 0 })
    await uneven.pace({ speed: 120 })
    await until(async () => (await uneven.status({})).now > then + 3 * minute)
    await uneven.pace({ speed: 0 })
    const { now } = await uneven.status({})
    await uneven.jump({ to: now + 7 * minute })
    await uneven.jump({ to: then + 50 * minute })

    const [a, b] = [await even.save({}), await uneven.save({})]
    expect(remembered(b)).toEqual(remembered(a))
    await uneven.jump({ to: then + 51 * minute })
    expect(remembered(await uneven.save({}))).not.toEqual(remembered(a))
  })

  test('at 600 times the pace thirty stations keep up and go on answering', async () => {
    const call = startWorker(then)
    const { stations } = await call.open(smallTown(30, { speed: 600 }))
    const one = await client(stations[29]?.port)
    const begun = performance.now()
    const { now: from } = await call.status({})
    const seen = new Set<string>()
    await until(async () => {
      seen.add((await one.readHoldingRegisters(addressOf('clock.hour'), 2)).data.join())
      return (await call.status({})).now > from + 30 * minute
    })
    const { now } = await call.status({})
    const asked = (performance.now() - begun) * 600
    expect(now - from).toBeGreaterThan(asked * 0.5)
    expect(now - from).toBeLessThan(asked * 1.2)
    expect(seen.size).toBeGreaterThan(5)
  })

  test('with pace 0 it rests, and a pace beyond 600 is refused', async () => {
    const call = startWorker(then)
    await call.open(smallTown(1, { speed: 600 }))
    await until(async () => (await call.status({})).now > then + minute)
    await call.pace({ speed: 0 })
    await until(async () => {
      const before = (await call.picture({})).at
      await new Promise((resolve) => setTimeout(resolve, 100))
      return (await call.picture({})).at === before
    })
    const { now, speed } = await call.status({})
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect([await call.status({}), (await call.picture({})).speed]).toMatchObject([{ now, speed: 0 }, speed])
    await expect(call.pace({ speed: 601 })).rejects.toMatchObject({ code: 'input.invalid' })
    await expect(call.jump({ to: now - minute })).rejects.toMatchObject({ code: 'input.invalid' })
  })

  test('a jump tells how far it is, and faults that were planned come and go on the way', async () => {
    const told: Progress[] = []
    const call = startWorker(then, (progress) => told.push(progress))
    const faults = [
      { kind: 'exchangerFouled' as const, target: 'S1', fromDay: 0.5, toDay: 1 },
      { kind: 'leak' as const, target: 'n1', params: { flow: 0.5 }, fromDay: 1.5 },
      { kind: 'offline' as const, target: 'S1', fromDay: 8 },
    ]
    await call.open(smallTown(1, { faults, speed: 0 }))
    expect(await call.faults({})).toEqual([])
    told.length = 0
    await call.jump({ to: then + 4 * day })
    expect(await call.faults({})).toEqual([
      { id: 'f1', kind: 'exchangerFouled', target: 'S1', params: { transfer: 25 }, from: then + day / 2, to: then + day },
      { id: 'f2', kind: 'leak', target: 'n1', params: { flow: 0.5 }, from: then + 1.5 * day, to: null },
    ])
    const { pipes } = await call.picture({})
    expect(pipes[0]?.leak).toBeCloseTo(0.5, 1)
    const last = told.at(-1)
    expect(last?.done).toBe(4)
    expect(last?.total).toBe(4)
  })

  test('what was saved lives on in another worker as it would have lived on in the first', async () => {
    const first = startWorker(then)
    const { stations } = await first.open(smallTown(2, { start: then, speed: 0 }))
    const one = await client(stations[0]?.port)
    await one.writeRegister(addressOf('circuit1.slope'), 14)
    const struck = await first.strike({ kind: 'heatingValveStuck', target: 'S2', params: { opening: 30 }, to: then + 35 * minute })
    await first.strike({ kind: 'frozen', target: 'S1' })
    await first.strike({ kind: 'meterSwapped', target: 'S2', params: { energy: 500 } })
    await first.jump({ to: then + 20 * minute })
    const saved = await first.save({})
    await first.jump({ to: then + 45 * minute })

    const second = startWorker(then + day)
    const { stations: again } = await second.open(smallTown(2, { saved }))
    expect(await second.status({})).toMatchObject({ now: then + 20 * minute, speed: 0 })
    await second.jump({ to: then + 45 * minute })
    expect(remembered(await second.save({}))).toEqual(remembered(await first.save({})))
    expect((await second.faults({})).find(({ id }) => id === struck.id)?.to).toBe(then + 35 * minute)
    expect((await (await client(again[0]?.port)).readHoldingRegisters(addressOf('circuit1.slope'), 1)).data).toEqual([14])
  })

  test('a saved town lives through the time in which nobody was there', async () => {
    const first = startWorker(then)
    await first.open(smallTown(1))
    await first.jump({ to: then + 2 * day })
    const saved = await first.save({})
    const later = startWorker(then + 5 * day)
    await later.open(smallTown(1, { saved }))
    const { now } = await later.status({})
    expect(now).toBeGreaterThan(then + 7 * day - hour)
    expect(now).toBeLessThan(then + 7 * day + hour)
  })

  test('what was saved of another town, or is damaged, is refused', async () => {
    const call = startWorker(then)
    await call.open(smallTown(2))
    const saved = await call.save({})
    await expect(call.open(smallTown(3, { saved }))).rejects.toMatchObject({ code: 'conflict', params: { why: 'scenario' } })
    await expect(call.open(smallTown(2, { saved: saved.subarray(9) }))).rejects.toMatchObject({
      code: 'conflict',
      params: { why: 'damaged' },
    })
    expect((await call.open(smallTown(2, { saved }))).stations).toHaveLength(2)
  })

  test('closing it while it is made ends that at once', async () => {
    let making: () => void = () => undefined
    const begun = new Promise<void>((resolve) => (making = resolve))
    const call = startWorker(then, ({ done, total }) => {
      if (done > 0 && done < total) making()
    })
    const opening = call.open(smallTown(40, { start: then - 2_000 * day })).catch((error: unknown) => error)
    await begun
    await expect(call.save({})).rejects.toMatchObject({ code: 'busy' })
    await call.close({})
    expect(await opening).toMatchObject({ code: 'cancelled' })
    expect((await call.open(smallTown(1))).stations).toHaveLength(1)
  })
})

describe('faults', () => {
  test('of contact change how a station answers, and it answers again when they are mended', async () => {
    const call = startWorker(then)
    const { stations } = await call.open(smallTown(2, { speed: 600 }))
    const port = stations[0]?.port
    const clock = async () => {
      const one = await client(port)
      try {
        return (await one.readHoldingRegisters(addressOf('clock.hour'), 2)).data
      } finally {
        one.destroy(() => undefined)
      }
    }
    await clock()

    const offline = await call.strike({ kind: 'offline', target: 'S1' })
    await expect(clock()).rejects.toThrow(/ECONN|closed|Timed out|Port Not Open/i)
    await call.heal({ id: offline.id })
    await clock()

    const mute = await call.strike({ kind: 'gatewayNoAnswer', target: 'S1' })
    await expect(clock()).rejects.toMatchObject({ modbusCode: 11 })
    await call.heal({ id: mute.id })

    const frozen = await call.strike({ kind: 'gatewayFrozen', target: 'Z1' })
    const stood = await clock()
    const { now } = await call.status({})
    await until(async () => (await call.status({})).now > now + 3 * minute)
    expect(await clock()).toEqual(stood)
    await call.heal({ id: frozen.id })
    expect(await clock()).not.toEqual(stood)
    expect((await call.faults({})).map(({ kind, to }) => [kind, to !== null])).toEqual([
      ['offline', true],
      ['gatewayNoAnswer', true],
      ['gatewayFrozen', true],
    ])
  })

  test('that cannot be are refused by name', async () => {
    const call = startWorker(then)
    await call.open(smallTown(1, { speed: 0 }))
    await expect(call.strike({ kind: 'bypass', target: 'S9' })).rejects.toMatchObject({ code: 'notFound', params: { target: 'S9' } })
    await expect(call.strike({ kind: 'leak', target: 'S1' })).rejects.toMatchObject({ code: 'notFound', params: { what: 'node' } })
    await expect(call.strike({ kind: 'bypass', target: 'S1', params: { share: 300 } })).rejects.toMatchObject({ code: 'input.invalid' })
    await expect(call.heal({ id: 'f1' })).rejects.toMatchObject({ code: 'notFound' })
    const plan = [{ kind: 'offline' as const, target: 'Nobody', fromDay: 0 }]
    await expect(call.open(smallTown(1, { faults: plan }))).rejects.toMatchObject({ code: 'notFound', params: { target: 'Nobody' } })
    await expect(call.status({})).rejects.toMatchObject({ code: 'notFound' })
  })
})

test('what belongs together changes together in the registers', async () => {
  const call = startWorker(then)
  const { stations } = await call.open(smallTown(1, { speed: 600 }))
  const one = await client(stations[0]?.port)
  const masks = new Set<number>()
  await until(async () => {
    const { data } = await one.readHoldingRegisters(addressOf('outputMask'), 7)
    const [mask = 0, ...triacs] = data
    masks.add(mask)
    expect(triacs).toEqual([0, 1, 2, 3, 4, 5].map((bit) => (mask >> bit) & 1))
    return masks.size > 2
  })
})

test('meters and an OPC UA server listen too, on the ports of before, and the server is the same one', async () => {
  const meter = { address: 1, serial: '71230001', manufacturer: 'KAM', version: 8, medium: 4, energy: 1, power: 1, seed: 1, station: 'S1' }
  const town = smallTown(2, { meters: [meter], opcua: ['S2'] })
  const call = startWorker(then)
  const opened = await call.open(town)
  expect(opened.stations[1]?.port).toBe(opened.opcuaPort)
  const line = connectTo({ host: '127.0.0.1', port: opened.meterPort ?? 0 })
  open.push({ close: () => line.destroy() })
  line.write(Uint8Array.of(0x10, 0x5b, 0x01, 0x5c, 0x16))
  const [telegram] = (await once(line, 'data')) as [Buffer]
  expect(telegram[0]).toBe(0x68)

  const saved = await call.save({})
  await call.close({})
  const { meterPort, opcuaPort } = opened
  expect(await call.open({ ...town, saved, ports: opened.stations.map(({ port }) => port), meterPort, opcuaPort })).toEqual(opened)
  const identity = (bytes: Uint8Array) => (deserialize(bytes) as { opcua: unknown }).opcua
  expect(identity(saved)).toMatchObject({ key: expect.stringContaining('PRIVATE KEY') as string })
  expect(identity(await call.save({}))).toEqual(identity(saved))
})

describe('the past', () => {
  test('holds what the registers said at the quarter hours', async () => {
    const slots = 3
    const recorded = startWorker(then + slots * quarterHour)
    await recorded.open(smallTown(2, { start: then, record: true }))
    const points = measured()
    const series = points.map((_, i) => 1_000 + 7 * i)
    const { batch, next } = await recorded.past({ station: 1, series, from: 0, slots: 96 })
    expect(next).toBeNull()
    const rows = Array.from(batch.series, (_, i) => rowOf(batch, i))

    const live = startWorker(then)
    const { stations } = await live.open(smallTown(2, { start: then, speed: 0 }))
    const one = await client(stations[1]?.port)
    for (let slot = 1; slot <= slots; slot++) {
      const at = then + slot * quarterHour
      await live.jump({ to: at })
      let compared = 0
      for (const [i, point] of points.entries()) {
        const row = rows.find((found) => found.series === series[i] && found.at === at)
        if (!row) continue
        const { data } = await one.readHoldingRegisters(point.address, wordsOf[point.as])
        expect([point.id, row.value, row.quality]).toEqual([point.id, ...Object.values(decode(point, data))])
        compared++
      }
      expect(compared).toBeGreaterThan(15)
    }
  })

  test('tells measures each quarter hour, states each hour and what stands still once a day, in parts', async () => {
    const call = startWorker(then + 2 * day)
    await call.open(smallTown(1, { start: then, record: true }))
    const series = measured().map((_, i) => i)
    const place = (id: string) => measured().findIndex((point) => point.id === id)
    const at = new Map<number, number[]>()
    let from: number | null = 0
    while (from !== null) {
      const part: { batch: Parameters<typeof rowOf>[0]; next: number | null } = await call.past({ station: 0, series, from, slots: 50 })
      for (let i = 0; i < part.batch.series.length; i++) {
        const row = rowOf(part.batch, i)
        at.set(row.series, [...(at.get(row.series) ?? []), row.at])
      }
      from = part.next
    }
    expect(at.get(place('outdoor'))).toEqual(Array.from({ length: 192 }, (_, i) => then + (i + 1) * quarterHour))
    expect(at.get(place('outputMask'))).toEqual(Array.from({ length: 48 }, (_, i) => then + (i + 1) * hour))
    const midnight = then - (then % day)
    expect(at.get(place('input16'))).toEqual([then + quarterHour, midnight + day, midnight + 2 * day])
    await expect(call.past({ station: 1, series, from: 0, slots: 1 })).rejects.toMatchObject({ code: 'notFound' })
    await call.forget({})
    await expect(call.past({ station: 0, series, from: 0, slots: 1 })).rejects.toMatchObject({ code: 'notFound' })
  })

  test('has no values while a station did not answer, and the same ones while it was frozen', async () => {
    const call = startWorker(then + day)
    const faults = [
      { kind: 'offline' as const, target: 'S1', fromDay: -0.5, toDay: -0.25 },
      { kind: 'gatewayFrozen' as const, target: 'Z1', fromDay: -0.25 + 22 / (24 * 60), toDay: -0.125 },
    ]
    await call.open(smallTown(1, { start: then, record: true, faults }))
    const series = measured().map((_, i) => i)
    const flow = measured().findIndex(({ id }) => id === 'circuit1.flow')
    const { batch } = await call.past({ station: 0, series, from: 0, slots: 96 })
    const rows = Array.from(batch.series, (_, i) => rowOf(batch, i)).filter((row) => row.series === flow)
    const within = (from: number, to: number) => rows.filter(({ at }) => at > then + from * day && at <= then + to * day)
    expect(new Set(within(0.5, 0.75).map(({ quality, value }) => `${quality} ${value}`))).toEqual(new Set(['offline null']))
    // It froze seven minutes after it was read last.
    const [before] = within(0.75, 0.75 + 16 / (24 * 60))
    const frozen = new Set(within(0.75 + 16 / (24 * 60), 0.875).map(({ value }) => value))
    expect(before?.quality).toBe('good')
    expect(frozen.size).toBe(1)
    expect(frozen).not.toContain(before?.value)
    expect(new Set(within(0.875, 1).map(({ value }) => value)).size).toBeGreaterThan(5)
    expect(new Set(within(0, 0.5).map(({ quality }) => quality))).toEqual(new Set(['good']))
  })
})
