import type { Opened, Opening } from '#shared/simulator/port.ts'
import type { Contact } from './faults/contact.ts'
import { openMeterLine } from './serve/meter-line.ts'
import { openOpcuaServer } from './serve/opcua/opcua-server.ts'
import type { Silence } from './serve/modbus-server.ts'
import { serveController } from './serve/serve-controller.ts'
import type { Town } from './town.ts'

/** Everything of a town that listens. */
export type Servers = { opened: Opened; close(): Promise<void> }

type Server = { port: number; close(): Promise<void>; contact(station: number, contact: Contact): void }

/** Opens all servers of a town. When one port cannot be had, none stays open and the promise is rejected. */
export async function openServers(town: Town, opening: Opening): Promise<Servers> {
  const { stations, meters = [], opcua = [] } = opening
  const behind = stations.flatMap(({ name }, i) => (opcua.includes(name) ? [i] : []))
  const own = [...stations.keys()].filter((i) => !behind.includes(i))
  const attempts = await Promise.allSettled([
    meters.length > 0 ? serveMeters(town, opening) : null,
    behind.length > 0 ? serveOpcua(town, opening, behind) : null,
    ...own.map((i) => serveStation(town, opening, i)),
  ])
  const open = attempts.map((attempt) => (attempt.status === 'fulfilled' ? attempt.value : null))
  const servers = open.filter((server) => server !== null)
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
    for (const server of servers) server.contact(station, contact)
  }
  for (const i of stations.keys()) town.onContact(i, town.contact(i))
  const [line, server, ...ports] = open.map((one) => one?.port ?? null)
  const portOf = new Map(own.map((i, place) => [i, ports[place]]))
  const opened = {
    stations: stations.map((_, i) => ({ port: portOf.get(i) ?? server ?? 0 })),
    meterPort: line ?? null,
    opcuaPort: server ?? null,
  }
  return { opened, close }
}

async function serveStation(town: Town, { host, ports }: Opening, i: number): Promise<Server> {
  const server = await serveController(town.controller(i), host, ports?.[i] ?? 0)
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

async function serveOpcua(town: Town, { host, opcuaPort }: Opening, behind: readonly number[]): Promise<Server> {
  const server = await openOpcuaServer({
    stations: behind.map((i) => {
      const bank = town.controller(i)
      const { name, profile } = bank.station
      return { name, profile, bank, state: () => town.physics.state(i) }
    }),
    clock: () => town.now,
    host,
    port: opcuaPort ?? 0,
    identity: town.opcua,
  })
  town.opcua = server.identity
  return {
    port: server.port,
    close: () => server.close(),
    contact(station, contact) {
      const place = behind.indexOf(station)
      if (place >= 0) server.contact(place, contact)
    },
  }
}

function silenceOf({ offline, noAnswer }: Contact): Silence | null {
  return offline ? 'offline' : noAnswer ? 'noAnswer' : null
}
