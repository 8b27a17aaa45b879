import type { CallInput, CallOutput } from '#shared/api.ts'
import { Failure } from '#shared/failures.ts'
import type { Scenario } from '#shared/simulator/scenario.ts'
import { systemContext, type Host } from '../capability.ts'
import type { PlantDevice } from '../plant.ts'
import { loopback } from './opening.ts'
import type { DemoRecord } from './record.ts'

const unit = 1
/** Controllers that are added at a time: each waits for its answers most of the time. */
const atOnce = 4

/**
 * Adds each station that is no device yet through the same door as a person would, labelled with its zone, and notes it in the record.
 * Throws `cancelled` once `stopped` says so.
 */
export async function addControllers(host: Host, scenario: Scenario, record: DemoRecord, stopped: () => boolean): Promise<void> {
  const zoneOf = new Map(scenario.town?.zones.map(({ id, name }) => [id, name]))
  const waiting = scenario.stations.entries()
  const addNext = async () => {
    for (const [i, { name, place, zone }] of waiting) {
      const entry = record.stations[i]
      if (!entry || scenario.opcua?.includes(name)) continue
      if (entry.device !== null && host.plant.get(entry.device)) continue
      if (stopped()) throw new Failure('cancelled')
      const { port } = entry
      const known = host.plant.all().find(({ address }) => address.host === loopback && address.port === port)
      const label = zoneOf.get(zone ?? '')
      const tags = label === undefined ? [] : [label.slice(0, 40)]
      const input = { host: loopback, port, unit, name, place, tags, simulated: true }
      entry.device = known?.id ?? (await addPatiently(host, input, stopped)).id
    }
  }
  const all = await Promise.allSettled(Array.from({ length: atOnce }, addNext))
  const failed = all.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
}

/** A machine with much to do lets its own controllers wait longer than a person would; they are there all the same. */
async function addPatiently(
  host: Host,
  station: CallInput<'devices.add'>,
  stopped: () => boolean,
  tries = 5,
): Promise<CallOutput<'devices.add'>> {
  try {
    return await host.call('devices.add', station, systemContext)
  } catch (error) {
    const late = error instanceof Failure && (error.code === 'device.silent' || error.code === 'device.wrongUnit')
    if (!late || tries === 1 || stopped()) throw error
    return addPatiently(host, station, stopped, tries - 1)
  }
}

/**
 * Devices whose station, or whose line, listens on another port than before are told. Returns the names of those that could not be: two
 * that changed places cannot both be moved.
 */
export async function followPorts(host: Host, before: DemoRecord, now: DemoRecord): Promise<string[]> {
  const buses = [
    { way: 'mbus-tcp', from: before.meterPort, to: now.meterPort },
    { way: 'opcua', from: before.opcuaPort, to: now.opcuaPort },
  ]
  const portOf = ({ id, simulated, address }: PlantDevice): number | null => {
    if (!simulated || address.host !== loopback) return null
    if (address.way === undefined) return now.stations.find(({ device }) => device === id)?.port ?? null
    return buses.find(({ way, from }) => way === address.way && from === address.port)?.to ?? null
  }
  let left = host.plant.all().flatMap((device) => {
    const port = portOf(device)
    return port === null || port === device.address.port ? [] : [{ id: device.id, name: device.name, port }]
  })
  // One may have to wait for another to leave the port that is now its own.
  for (;;) {
    const still: typeof left = []
    for (const moved of left) {
      const change = host.call('devices.change', { id: moved.id, port: moved.port }, systemContext)
      await change.catch(() => still.push(moved))
    }
    if (still.length === 0 || still.length === left.length) return still.map(({ name }) => name)
    left = still
  }
}

/** Stations that were asked before their town was there are asked again at once. */
export async function tryOffline(host: Host, { stations }: DemoRecord): Promise<void> {
  const offline = stations.flatMap(({ device }) => (device !== null && host.plant.get(device)?.contact.state === 'offline' ? [device] : []))
  await Promise.allSettled(offline.map((device) => host.call('acquisition.tryNow', { device }, systemContext)))
}

/** Takes every simulated device out. */
export async function removeSimulated(host: Host): Promise<void> {
  for (const { id, simulated } of host.plant.all()) if (simulated) await host.call('devices.remove', { id }, systemContext)
}
