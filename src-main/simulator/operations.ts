import type { CallInput, CallOutput } from '#shared/api.ts'
import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { ReadingBatch } from '#shared/reading.ts'
import type { Remote } from '#shared/rpc.ts'
import type { simulator } from '#shared/simulator/contract.ts'
import type { SimulatorPort } from '#shared/simulator/port.ts'
import { stationsOf, type Scenario } from '#shared/simulator/scenario.ts'
import { systemContext, type Capability, type Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { layDownPast, pastRange } from './past.ts'
import { readDemo, writeDemo, type DemoRecord } from './record.ts'

const loopback = '127.0.0.1'
const unit = 1

export type SimulatorCapability = Capability & {
  begin(call: Remote<SimulatorPort>): Promise<void>
  onEvent(event: string, data: unknown): void
}

/** `store` puts samples into history without showing them as live. */
export function createSimulator(host: Host, scenario: () => Scenario, store: (batch: ReadingBatch) => void): SimulatorCapability {
  const log = host.log.for('simulator')
  const thread = host.workers.simulator
  let ports: number[] | null = null
  let meterPort: number | null = null
  let running = false
  let busy = false
  let past = Promise.resolve()
  /** Counts up whenever what lays down the past should stop. */
  let round = 0

  const stations = () => stationsOf(scenario(), host.profiles)

  /** Starts the servers; with ports that are taken meanwhile, on others. */
  const begin = async (call: Remote<SimulatorPort>) => {
    const { climate, meters } = scenario()
    const common = { stations: stations(), host: loopback, climate, meters }
    const take = (opened: Awaited<ReturnType<typeof call.open>>) => {
      ports = opened.stations.map(({ port }) => port)
      meterPort = opened.meterPort
    }
    try {
      take(await call.open({ ...common, ports }))
    } catch (error) {
      if (ports === null) throw error
      log.warn('ports of the demo town are taken, others are used', { error: String(error) })
      take(await call.open({ ...common, ports: null }))
    }
  }

  const startServers = async (): Promise<number[]> => {
    if (!running) await thread.start()
    running = true
    return ports ?? []
  }

  /** Adds each station through the same door as a person would, then lays down its past. */
  const settle = async (): Promise<number> => {
    const open = await startServers()
    const before = await readDemo(host.database)
    const { from: pastFrom, to: pastTo } = pastRange(host.clock())
    const record: DemoRecord = before ? { ...before, stations: [] } : { stations: [], pastFrom, pastTo, pastDone: 0 }
    for (const [i, station] of stations().entries()) {
      const port = open[i] as number
      const known = host.plant.all().find(({ address }) => address.host === loopback && address.port === port)
      const { name, place } = station
      const id = known?.id ?? (await addPatiently(host, { host: loopback, port, unit, name, place, simulated: true })).id
      record.stations.push({ device: id, port })
      host.events.announce({ event: 'jobs', job: 'demo.open', done: i + 1, total: open.length, state: 'running' })
    }
    await writeDemo(host.database, record)
    goOn(record)
    host.events.announce({ event: 'jobs', job: 'demo.open', done: open.length, total: open.length, state: 'done' })
    return open.length
  }

  /** In the background: the town is open as soon as its controllers answer. */
  const goOn = (record: DemoRecord) => {
    const mine = ++round
    past = layDownPast(host, thread.call, record, store, () => round !== mine).catch((error: unknown) => {
      log.error('the past of the demo town is not complete', { error: String(error) })
    })
  }

  const operations: Handlers<typeof simulator, Context> = {
    async status() {
      const { name } = scenario()
      if (!running) return { running, stations: 0, outdoor: null, name, meterLine: null }
      return {
        running,
        stations: ports?.length ?? 0,
        outdoor: (await thread.call.status({})).outdoor,
        name,
        meterLine: meterPort === null ? null : { host: loopback, port: meterPort },
      }
    },
    async open() {
      if (busy) throw new Failure('busy', { what: 'demo' })
      busy = true
      try {
        return { stations: await settle() }
      } finally {
        busy = false
      }
    },
    async close() {
      if (busy) throw new Failure('busy', { what: 'demo' })
      round++
      await past
      for (const device of host.plant.all().filter(({ simulated }) => simulated))
        await host.call('devices.remove', { id: device.id }, systemContext)
      await writeDemo(host.database, null)
      if (running) await thread.stop((call) => call.close({}))
      running = false
      ports = null
      meterPort = null
      return { done: true }
    },
  }

  return {
    operations,
    begin,
    onEvent: () => undefined,
    async start() {
      const record = await readDemo(host.database)
      if (!record) return
      ports = record.stations.map(({ port }) => port)
      const open = await startServers()
      const moved = record.stations.map((station, i) => ({ ...station, port: open[i] ?? station.port }))
      for (const [i, { device, port }] of moved.entries()) {
        if (port !== record.stations[i]?.port && host.plant.get(device))
          await host.call('devices.change', { id: device, port }, systemContext)
      }
      const now = { ...record, stations: moved }
      await writeDemo(host.database, now)
      goOn(now)
    },
    async stop() {
      round++
      await past
      if (running) await thread.stop((call) => call.close({}))
    },
  }
}

/** A machine with much to do lets its own controllers wait longer than a person would; they are there all the same. */
async function addPatiently(host: Host, station: CallInput<'devices.add'>, tries = 5): Promise<CallOutput<'devices.add'>> {
  try {
    return await host.call('devices.add', station, systemContext)
  } catch (error) {
    const late = error instanceof Failure && (error.code === 'device.silent' || error.code === 'device.wrongUnit')
    if (!late || tries === 1) throw error
    return addPatiently(host, station, tries - 1)
  }
}
