import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { ReadingBatch } from '#shared/reading.ts'
import type { Remote } from '#shared/rpc.ts'
import type { simulator } from '#shared/simulator/contract.ts'
import type { SimulatorPort } from '#shared/simulator/port.ts'
import { stationsOf, type Scenario } from '#shared/simulator/scenario.ts'
import { systemContext, type Capability, type Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { readDemo, writeDemo, type DemoRecord } from './record.ts'

const loopback = '127.0.0.1'
const unit = 1
const quarterHourMs = 15 * 60_000
/** The demo town opens with a week of history, made by the same model that drives its registers. */
const pastMs = 7 * 24 * 60 * 60_000

export type SimulatorCapability = Capability & {
  begin(call: Remote<SimulatorPort>): Promise<void>
  onEvent(event: string, data: unknown): void
}

/** `store` puts samples into history without showing them as live. */
export function createSimulator(host: Host, scenario: () => Scenario, store: (batch: ReadingBatch) => void): SimulatorCapability {
  const log = host.log.for('simulator')
  const thread = host.workers.simulator
  let ports: number[] | null = null
  let running = false
  let busy = false

  const stations = () => stationsOf(scenario(), host.profiles)

  /** Starts the servers; with ports that are taken meanwhile, on others. */
  const begin = async (call: Remote<SimulatorPort>) => {
    const common = { stations: stations(), host: loopback, climate: scenario().climate }
    try {
      ports = (await call.open({ ...common, ports })).stations.map(({ port }) => port)
    } catch (error) {
      if (ports === null) throw error
      log.warn('ports of the demo town are taken, others are used', { error: String(error) })
      ports = (await call.open({ ...common, ports: null })).stations.map(({ port }) => port)
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
    const record: DemoRecord = { stations: [] }
    for (const [i, station] of stations().entries()) {
      const port = open[i] as number
      const known = host.plant.all().find(({ address }) => address.host === loopback && address.port === port)
      const { name, place } = station
      const id =
        known?.id ?? (await host.call('devices.add', { host: loopback, port, unit, name, place, simulated: true }, systemContext)).id
      record.stations.push({ device: id, port })
      host.events.announce({ event: 'jobs', job: 'demo.open', done: i + 1, total: open.length, state: 'running' })
    }
    await writeDemo(host.database, record)
    await layDownPast(record)
    host.events.announce({ event: 'jobs', job: 'demo.open', done: open.length, total: open.length, state: 'done' })
    return open.length
  }

  const layDownPast = async (record: DemoRecord) => {
    const to = Math.floor(host.clock() / quarterHourMs) * quarterHourMs + 1
    for (const [station, { device: id }] of record.stations.entries()) {
      const device = host.plant.get(id)
      if (!device) continue
      const series = device.profile.points.flatMap(({ role }, i) =>
        role === 'measure' || role === 'state' ? [device.series[i] as number] : [],
      )
      store(await thread.call.past({ station, series, from: to - 1 - pastMs, to }))
    }
  }

  const operations: Handlers<typeof simulator, Context> = {
    async status() {
      const { name } = scenario()
      if (!running) return { running, stations: 0, outdoor: null, name }
      return { running, stations: ports?.length ?? 0, outdoor: (await thread.call.status({})).outdoor, name }
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
      for (const device of host.plant.all().filter(({ simulated }) => simulated))
        await host.call('devices.remove', { id: device.id }, systemContext)
      await writeDemo(host.database, null)
      if (running) await thread.stop((call) => call.close({}))
      running = false
      ports = null
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
      await writeDemo(host.database, { stations: moved })
    },
    async stop() {
      if (running) await thread.stop((call) => call.close({}))
    },
  }
}
