import type { UnservedEvent } from '#shared/acquisition/port.ts'
import type { Host } from '../capability.ts'
import type { Log } from '../log.ts'

/** Keeps which registers a device does not have, so that the next start need not find out again. */
export async function storeUnserved(host: Host, log: Log, { device: id, holes }: UnservedEvent): Promise<void> {
  const device = host.plant.get(id)
  if (!device) return
  device.unserved.push(...holes)
  try {
    await host.database
      .updateTable('device')
      .set({ unserved: JSON.stringify(device.unserved) })
      .where('id', '=', id)
      .execute()
    log.info('registers not served', { device: device.name, count: holes.length })
    host.events.announce({ event: 'changed', kind: 'device', ids: [id] })
  } catch (error) {
    log.error('unserved registers not stored', { device: device.name, error: String(error) })
  }
}
