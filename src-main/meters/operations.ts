import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import { anyMeter, selectionText } from '#shared/mbus/address.ts'
import type { Baud } from '#shared/mbus/baud.ts'
import type { meters } from '#shared/meters/contract.ts'
import { viewOf } from '#shared/meters/telegram-view.ts'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { addMeter, askMeter, describe, meterAddress } from './adding.ts'
import { consumptionNow } from './consumption.ts'
import { presentMeter } from './present.ts'
import { dayMs, Registry, type Known } from './registry.ts'
import { checkReplacement, propose } from './replacement.ts'
import { Scan } from './scan.ts'
import { insertEvent, insertReplacement, readEvents, readReplacements } from './store.ts'

/** A meter that is read by its serial number is asked by that of the new one from then on. */
function memberFor({ device: { address } }: Known, serial: string | null): string | undefined {
  if (!address.member || serial === null || !/^\d{8}$/.test(serial)) return undefined
  return selectionText({ ...anyMeter, id: serial })
}

export function createMeters(host: Host): Capability {
  const registry = new Registry(host)
  const scan = new Scan(host)
  const log = host.log.for('meters')
  let unsubscribe: () => void = () => undefined
  const present = (known: Known) => presentMeter(known, host.latest, host.clock())
  const after = async (id: string, work: Promise<unknown>) => {
    await work
    return present(registry.get(id))
  }

  /** The meter, when it is read over M-Bus and not through a controller. */
  const direct = (id: string): Known => {
    const known = registry.get(id)
    if (known.meter.part !== '') throw new Failure('meter.notDirect', { name: known.device.name })
    return known
  }

  /** Lets the thread that reads know how the device is spared from now on. */
  const respare = async ({ device }: Known) => {
    if (registry.spare(device)) await host.deviceChanged({ kind: 'changed', device })
  }

  const operations: Handlers<typeof meters, Context> = {
    list: () => registry.all().map(present),

    async look(given) {
      const address = meterAddress(given)
      return describe(host, address, await askMeter(host, address))
    },

    add: async (asked, context) => present(registry.get((await addMeter(host, registry, asked, context)).id)),

    async change({ id, power, restMs }) {
      const known = direct(id)
      const to = power ?? known.meter.power ?? 'mains'
      await registry.change(id, { power: to, restMs: restMs ?? (known.meter.restMs || dayMs) })
      if (power) await insertEvent(host.database, id, host.clock(), 'power', { power })
      await respare(known)
      return present(known)
    },

    async read({ id }) {
      const { meter, device } = direct(id)
      const points = device.profile.points.flatMap(({ id: point, formula }) => (formula ? [] : [point]))
      await host.workers.acquisition.call.readNow({ device: device.id, points })
      await registry.noteRead(meter, host.clock())
      host.events.announce({ event: 'changed', kind: 'meter', ids: [id] })
      const answer = await host.workers.acquisition.call.meterAnswer({ address: device.address, fresh: false })
      if (!answer) throw new Failure('notFound', { what: 'telegram' })
      return viewOf(answer.frames, answer)
    },

    async telegram({ id }) {
      const { device } = direct(id)
      const answer = await host.workers.acquisition.call.meterAnswer({ address: device.address, fresh: false })
      return { telegram: answer ? viewOf(answer.frames, answer) : null }
    },

    scan: (asked) => scan.begin(asked),
    scanState: () => scan.info,
    async scanStop() {
      await scan.stop()
      return { done: true }
    },

    consumption: ({ meter: ids }) => consumptionNow(host, ids ? ids.map((id) => registry.get(id)) : registry.all()),
    replacements: () => readReplacements(host.database),

    events: ({ id }) => readEvents(host.database, registry.get(id).meter.id),
    proposal: ({ id, at }) => propose(host, registry.get(id), at),

    async replace({ id, unit, member, reason, ...asked }, context) {
      const known = registry.get(id)
      await checkReplacement(host, known, { id, unit, member, reason, ...asked })
      const { meter, device } = known
      const to = member ?? memberFor(known, asked.newSerial)
      if (unit !== undefined || to !== undefined) {
        await host.call('devices.change', { id: direct(id).device.id, unit, member: to, plainOutside: true }, context)
      }
      const person = context.actor?.name ?? ''
      const noted = { ...asked, oldSerial: meter.serial, person, reason, notedAt: host.clock() }
      const change = { serial: asked.newSerial, otherSerial: null, otherSince: null }
      context.entry?.note({ meter: id, device: device.name, oldSerial: meter.serial, newSerial: asked.newSerial })
      return after(
        id,
        registry.change(id, change, () => insertReplacement(host.database, id, noted, change)),
      )
    },

    async keep({ id }) {
      const { meter } = registry.get(id)
      if (meter.otherSerial === null) throw new Failure('conflict', { what: 'meter' })
      const change = { serial: meter.otherSerial, otherSerial: null, otherSince: null }
      await insertEvent(host.database, id, host.clock(), 'sameMeter', { from: meter.serial, to: meter.otherSerial })
      return after(id, registry.change(id, change))
    },

    async setBaud({ id, baud }, context) {
      const { device } = direct(id)
      await host.workers.acquisition.call.meterBaud({ address: device.address, baud: baud as Baud })
      const { serial } = device.address
      if (serial) await host.call('devices.change', { id: device.id, serial: { ...serial, baud } }, context)
      return { done: true }
    },
  }

  /** Controllers that came since the start and have not been in contact yet. */
  const fresh = new Set<string>()
  const examine = (id: string) => {
    const device = host.plant.get(id)
    const up = device?.contact.state === 'online' || device?.contact.state === 'degraded'
    if (!device || !up || !fresh.delete(id)) return
    registry.examine(device).catch((error: unknown) => {
      // The next quarter hour brings the same.
      if (!(error instanceof Failure))
        log.error('a new controller was not asked for its meters', { device: device.name, error: String(error) })
    })
  }

  return {
    operations,
    take: (event) => registry.take(event),
    async deviceChanged({ kind, device }) {
      if (kind === 'removed') registry.forget(device)
      else registry.learn(device)
      if (kind === 'added' && device.profile.protocol === 'modbus') fresh.add(device.id)
      return Promise.resolve()
    },
    async start() {
      await registry.start()
      unsubscribe = host.events.subscribe((event) => {
        if (event.event === 'status') for (const id of event.devices) examine(id)
      })
    },
    async stop() {
      unsubscribe()
      await scan.stop().catch(() => undefined)
      await registry.settled()
    },
  }
}
