import type { LineMeter } from '#shared/simulator/scenario.ts'
import { Failure } from '#shared/failures.ts'
import { buffersOf } from '#shared/reading.ts'
import { Transfer, type Handlers } from '#shared/rpc.ts'
import type { SimulatorPort } from '#shared/simulator/port.ts'
import { coastalClimate } from '#shared/simulator/scenario.ts'
import { SimulatedBus } from './serve/mbus-bus.ts'
import type { MeterOptions } from './serve/mbus-meter.ts'
import { heatTelegram, identityOf } from './serve/heat-telegram.ts'
import { localTime } from './physics/local-time.ts'
import type { Controller } from './image/controller.ts'
import { serveController } from './serve/serve-controller.ts'
import type { ModbusServer } from './serve/modbus-server.ts'
import { pastOf } from './past.ts'
import { townOf, type Town } from './town.ts'

/** What the simulator answers; opening again replaces what was open. When one port cannot be had, none stays open. */
export function simulator(clock: () => number): Handlers<SimulatorPort> {
  let town: Town = townOf(coastalClimate)
  let controllers: Controller[] = []
  let servers: ModbusServer[] = []
  let bus: SimulatedBus | undefined

  const close = async () => {
    const open = servers
    servers = []
    controllers = []
    await bus?.close()
    bus = undefined
    await Promise.all(open.map((server) => server.close()))
  }
  const controller = (station: number): Controller => {
    const found = controllers[station]
    if (!found) throw new Failure('notFound', { what: 'station', station })
    return found
  }

  return {
    async open({ stations, ports, host, climate, meters = [] }) {
      await close()
      town = townOf(climate ?? coastalClimate)
      controllers = stations.map((station) => town.build(station, clock))
      const attempts = await Promise.allSettled(controllers.map((one, i) => serveController(one, host, ports?.[i] ?? 0)))
      servers = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []))
      const failed = attempts.find((attempt) => attempt.status === 'rejected')
      if (failed) {
        await close()
        throw failed.reason
      }
      bus = meters.length > 0 ? new SimulatedBus({ meters: lineOf(meters, (climate ?? coastalClimate).timeZone, clock) }) : undefined
      return { stations: servers.map(({ port }) => ({ port })), meterPort: (await bus?.listen()) ?? null }
    },
    status: () => ({ outdoor: Math.round(town.surroundings(clock()).outdoor * 10) / 10 }),
    past({ station, series, from, to }) {
      const batch = pastOf(controller(station), series, from, to)
      return new Transfer(batch, buffersOf(batch))
    },
    poke: ({ station, address, raw }) => controller(station).poke(address, raw),
    close,
  }
}

/** The meters of the line, each with a clock that shows the time of the town. */
function lineOf(meters: readonly LineMeter[], timeZone: string, clock: () => number): MeterOptions[] {
  const { offset } = localTime(timeZone)
  return meters.map((meter) => {
    let access = 0
    return {
      address: meter.address,
      identity: identityOf(meter),
      telegrams: () => [heatTelegram(meter, clock(), clock() + offset(clock()), access++)],
    }
  })
}
