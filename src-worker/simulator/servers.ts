import type { Opened, Opening } from '#shared/simulator/port.ts'
import type { Contact } from './faults/contact.ts'
import { openMeterLine } from './serve/meter-line.ts'
import type { Silence } from './serve/modbus-server.ts'
import { serveController } from './serve/serve-controller.ts'
import type { Town } from './town.ts'

/** Everything of a town that listens. */
export type Servers = { opened: Opened; close(): Promise<void> }

type Server = { port: number; close(): Promise<void>; contact?(station: number, contact: Contact): void }

/** Opens all servers of a town. When one port cannot be had, none stays open and the promise is rejected. */
export async function openServers(town: Town, opening: Opening): Promise<Servers> {
  const { ports, meters = [] } = opening
  const attempts = await Promise.allSettled([
    ...town.controllers.map((_, i) => serveStation(town, i, opening.host, ports?.[i] ?? 0)),
    ...(meters.length > 0 ? [serveMeters(town, opening)] : []),
  ])
  const servers = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []))
  const close = async () => {
    town.onContact = () => undefined
    await Promise.all(servers.map((server) => server.close()))
  }
  const failed = attempts.find((attempt) => attempt.status === 'rejected')
  if (failed) {
    await close()
    throw failed.reason
  }
  town.onContact = (station, contact) => {
    for (const server of servers) server.contact?.(station, contact)
  }
  for (const i of town.controllers.keys()) town.onContact(i, town.contact(i))
  const size = town.controllers.length
  const opened = {
    stations: servers.slice(0, size).map(({ port }) => ({ port })),
    meterPort: servers[size]?.port ?? null,
    opcuaPort: null,
  }
  return { opened, close }
}

async function serveStation(town: Town, i: number, host: string, port: number): Promise<Server> {
  const controller = town.controllers[i]
  if (!controller) throw new RangeError(`station ${i}`)
  const server = await serveController(controller, host, port)
  return {
    port: server.port,
    close: () => server.close(),
    contact(station, contact) {
      if (station === i) server.silence(silenceOf(contact))
    },
  }
}

async function serveMeters(town: Town, { stations, meters = [], host, meterPort }: Opening): Promise<Server> {
  const places = new Map(stations.map(({ name }, i) => [name, i]))
  const place = (station: string) => {
    const found = places.get(station)
    if (found === undefined) throw new RangeError(`a meter counts for ${station}, which is not there`)
    return found
  }
  for (const { station } of meters) if (station !== undefined) place(station)
  const line = await openMeterLine({
    meters,
    state: (station) => town.physics.state(place(station)).meter,
    delivered: (station) => town.delivered[place(station)] ?? 0,
    clock: () => town.now,
    offset: (at) => town.zone.offset(at),
    host,
    port: meterPort ?? 0,
  })
  return {
    port: line.port,
    close: () => line.close(),
    contact(station, contact) {
      for (const [i, meter] of meters.entries()) {
        if (meter.station !== undefined && place(meter.station) === station) line.contact(i, contact)
      }
    },
  }
}

function silenceOf({ offline, noAnswer }: Contact): Silence | null {
  return offline ? 'offline' : noAnswer ? 'noAnswer' : null
}
