import type { Hole, UnservedEvent } from '#shared/acquisition/port.ts'
import type { Host } from '../capability.ts'
import type { Log } from '../log.ts'
import type { PlantDevice } from '../plant.ts'

/** Keeps which registers a device does not have, so that the next start need not find out again. */
export async function storeUnserved(host: Host, log: Log, { device: id, holes }: UnservedEvent): Promise<void> {
  const device = host.plant.get(id)
  if (!device) return
  device.unserved.push(...holes)
  await keep(host, log, device, 'registers not served', holes)
}

/** Registers that were missing and are there now. */
export async function storeServed(host: Host, log: Log, { device: id, holes }: UnservedEvent): Promise<void> {
  const device = host.plant.get(id)
  if (!device) return
  device.unserved = device.unserved.filter((known) => !holes.some(({ area, address }) => area === known.area && address === known.address))
  await keep(host, log, device, 'registers are served after all', holes)
}

async function keep(host: Host, log: Log, { id, name, unserved }: PlantDevice, what: string, holes: readonly Hole[]): Promise<void> {
  try {
    await host.database
      .updateTable('device')
      .set({ unserved: JSON.stringify(unserved) })
      .where('id', '=', id)
      .execute()
    log.info(what, { device: name, count: holes.length })
    host.events.announce({ event: 'changed', kind: 'device', ids: [id] })
  } catch (error) {
    log.error('unserved registers not stored', { device: name, error: String(error) })
  }
}
