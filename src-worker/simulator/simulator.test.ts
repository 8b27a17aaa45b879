import { createServer } from 'node:net'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import { connect } from '#shared/rpc.ts'
import { rowOf } from '#shared/reading.ts'
import type { SimulatorPort } from '#shared/simulator/port.ts'
import { demoTown, plainStation } from './testing/demo-town.ts'
import { foreignClient } from './testing/foreign-client.ts'

const quarterHour = 15 * 60_000
const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

function startWorker(clockOffsetMs = 0) {
  const thread = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { clockOffsetMs } })
  open.push({ close: () => thread.terminate() })
  return connect<SimulatorPort>(thread, () => undefined).call
}

async function client(port: number) {
  const one = await foreignClient(port)
  open.push({ close: () => one.destroy(() => undefined) })
  return one
}

const measured = () => plainStation().profile.points.filter(({ role }) => role === 'measure' || role === 'state')
const addressOf = (id: string) => plainStation().profile.points.find((point) => point.id === id)?.address ?? Number.NaN

describe('the worker', () => {
  test('opens the whole demo town, each controller on its own port with its own serial number', async () => {
    const call = startWorker()
    const { stations, climate } = demoTown()
    const { stations: opened } = await call.open({ stations, ports: null, host: '127.0.0.1', climate })
    expect(new Set(opened.map(({ port }) => port)).size).toBe(24)
    for (const [i, { port }] of opened.entries()) {
      const one = await client(port)
      const [high = 0, low = 0] = (await one.readHoldingRegisters(addressOf('identity.serial'), 2)).data
      expect(high * 65_536 + low).toBe(stations[i]?.serial)
    }
    const { outdoor } = await call.status({})
    expect(outdoor).toBeGreaterThan(-35)
    expect(outdoor).toBeLessThan(40)
  })

  test('opens on the ports it is given, and after close they are free again', async () => {
    const call = startWorker()
    const [first] = (await call.open({ stations: [plainStation()], ports: null, host: '127.0.0.1' })).stations
    const port = first?.port ?? 0
    await call.close({})
    await call.open({ stations: [plainStation()], ports: [port], host: '127.0.0.1' })
    expect((await (await client(port)).readInputRegisters(addressOf('identity.address'), 1)).data).toEqual([1])
    await call.close({})
    await expect(client(port)).rejects.toThrow(/ECONNREFUSED/)
  })

  test('opens nothing when one of its ports is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    open.push({ close: () => taken.close() })
    const port = (taken.address() as { port: number }).port
    const call = startWorker()
    const [free] = (await call.open({ stations: [plainStation()], ports: null, host: '127.0.0.1' })).stations
    const stations = [plainStation(), plainStation({ seed: 6 })]
    await expect(call.open({ stations, ports: [free?.port ?? 0, port], host: '127.0.0.1' })).rejects.toThrow(/EADDRINUSE/)
    await expect(client(free?.port ?? 0)).rejects.toThrow(/ECONNREFUSED/)
  })

  test('tells the past in columns, with the series it was given', async () => {
    const call = startWorker()
    await call.open({ stations: [plainStation()], ports: null, host: '127.0.0.1' })
    const series = measured().map((_, i) => 1_000 + 7 * i)
    const from = Date.UTC(2025, 10, 3)
    const batch = await call.past({ station: 0, series, from, to: from + 2 * quarterHour })
    expect(batch.series).toHaveLength(2 * series.length)
    const outdoor = series[measured().findIndex(({ id }) => id === 'outdoor')] ?? 0
    const rows = Array.from(batch.series, (_, i) => rowOf(batch, i)).filter((row) => row.series === outdoor)
    expect(rows.map(({ at, quality }) => [at, quality])).toEqual([
      [from, 'good'],
      [from + quarterHour, 'good'],
    ])
  })

  test('its clock follows the host', async () => {
    const july = startWorker(Date.UTC(2031, 6, 15) - Date.now())
    const [first] = (await july.open({ stations: [plainStation()], ports: null, host: '127.0.0.1' })).stations
    const { data } = await (await client(first?.port ?? 0)).readHoldingRegisters(addressOf('clock.month'), 2)
    expect(data).toEqual([7, 2031])
  })

  test('a poked sensor stays as set, and poking a station that does not exist fails', async () => {
    const call = startWorker()
    const [first] = (await call.open({ stations: [plainStation()], ports: null, host: '127.0.0.1' })).stations
    const one = await client(first?.port ?? 0)
    await call.poke({ station: 0, address: addressOf('outdoor'), raw: 19_200 })
    expect((await one.readHoldingRegisters(addressOf('outdoor'), 1)).data).toEqual([19_200])
    await call.poke({ station: 0, address: addressOf('circuit1.slope'), raw: 30 })
    expect((await one.readHoldingRegisters(addressOf('circuit1.slope'), 1)).data).toEqual([30])
    await expect(call.poke({ station: 1, address: 0, raw: 0 })).rejects.toMatchObject({ code: 'notFound' })
  })
})
