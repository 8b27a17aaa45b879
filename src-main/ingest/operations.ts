import type { Contact } from '#shared/devices/contract.ts'
import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import { ingestPath, type Gateway, type ingest } from '#shared/ingest/contract.ts'
import { usualFormat } from '#shared/ingest/format.ts'
import { qualities, toBatch, type ReadingBatch } from '#shared/reading.ts'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import type { PlantDevice } from '../plant.ts'
import { Contacts } from './contacts.ts'
import { Door, type IngestDoor } from './door.ts'
import { insertGateway, readGateways, updateGateway, type StoredGateway } from './gateways.ts'
import { documentOf, profileName } from './mapping.ts'
import { presentKeys } from './present.ts'
import { Members } from './members.ts'
import { Sieve } from './sift.ts'
import { hashOf, newToken } from './token.ts'

const lookEveryMs = 5000

export type IngestCapability = Capability & { door: IngestDoor }

/** What the host lends: the way to disk, the way to whoever looks, and what is on disk already. */
export type IngestWays = {
  store(batch: ReadingBatch): Promise<void>
  show(batch: ReadingBatch): void
  stored(): ReadingBatch
}

/** Gateways that send values by themselves. */
export function createIngest(host: Host, { store, show, stored }: IngestWays): IngestCapability {
  const log = host.log.for('ingest')
  const gateways = new Map<string, StoredGateway>()
  const members = new Members(host.plant)
  const contacts = new Contacts()
  const sieve = new Sieve(host.workers.history.call, stored)
  let looking: NodeJS.Timeout | undefined

  const look = (devices: readonly PlantDevice[]) => {
    const changed = devices.filter((device) => {
      const before = device.contact
      device.contact = contacts.contactOf(device.id, before, host.clock())
      if (device.contact.state === before.state) return false
      noteContact(device, device.contact)
      return true
    })
    if (changed.length > 0) host.events.announce({ event: 'status', devices: changed.map(({ id }) => id) })
  }

  const noteContact = (device: PlantDevice, { state, failure }: Contact) => {
    if (state !== 'offline') return log.info('contact', { device: device.name, state })
    log.warn('no contact', { device: device.name, reason: failure?.code })
    // The value is gone and its time stays, so that a late message with an older stamp is still newer than nothing.
    const lost = device.series.flatMap((series) => host.latest.get(series) ?? [])
    if (lost.length > 0) show(toBatch(lost.map((reading) => ({ ...reading, value: null, quality: offline }))))
  }

  const door = new Door({
    gateways,
    members,
    sieve,
    clock: host.clock,
    log,
    store,
    show,
    shownAt: (series) => host.latest.get(series)?.at ?? 0,
    heard: (ids) => {
      for (const id of ids) contacts.hear(id, host.clock())
      look([...ids].flatMap((id) => host.plant.get(id) ?? []))
    },
  })

  const find = (id: string): StoredGateway => {
    const gateway = gateways.get(id)
    if (!gateway) throw new Failure('notFound', { what: 'gateway' })
    return gateway
  }

  const change = async (gateway: StoredGateway, next: Partial<Omit<StoredGateway, 'id'>>) => {
    await updateGateway(host.database, gateway.id, next)
    gateways.set(gateway.id, { ...gateway, ...next })
  }

  const present = ({ id, name, tokenMadeAt, tokenHash, format }: StoredGateway): Gateway => {
    const { taken, refused, lastAt, tally } = door.traffic(id)
    return {
      id,
      name,
      path: pathOf(id),
      tokenMadeAt: tokenHash === null ? null : tokenMadeAt,
      format,
      devices: members.of(id).length,
      requests: taken,
      refused,
      lastAt,
      tally,
    }
  }

  const operations: Handlers<typeof ingest, Context> = {
    gateways: () => [...gateways.values()].map(present),

    async addGateway({ name, zone = host.timeZone }) {
      const token = newToken()
      const tokenMadeAt = host.clock()
      const format = { ...usualFormat, zone }
      const gateway = await insertGateway(host.database, { name, format, tokenHash: hashOf(token), tokenMadeAt }, tokenMadeAt)
      gateways.set(gateway.id, gateway)
      return { id: gateway.id, token, path: pathOf(gateway.id) }
    },

    async changeGateway({ id, name, format }) {
      await change(find(id), { ...(name === undefined ? {} : { name }), ...(format === undefined ? {} : { format }) })
      return { done: true }
    },

    async makeToken({ id }) {
      const token = newToken()
      await change(find(id), { tokenHash: hashOf(token), tokenMadeAt: host.clock() })
      return { id, token }
    },

    async revokeToken({ id }) {
      await change(find(id), { tokenHash: null })
      return { done: true }
    },

    async removeGateway({ id }) {
      const { name } = find(id)
      const devices = members.of(id).length
      if (devices > 0) throw new Failure('ingest.inUse', { name, devices })
      await updateGateway(host.database, id, { tokenHash: null, removedAt: host.clock() })
      gateways.delete(id)
      door.forget(id)
      return { done: true }
    },

    keys({ id }) {
      find(id)
      return presentKeys(id, door.traffic(id).keys(), members)
    },

    requests({ id }) {
      find(id)
      return door.traffic(id).requests
    },

    async map({ id, member, name, place, points }, { actor }) {
      const gateway = find(id)
      const document = documentOf(gateway, member, name, points)
      const known = members.device(id, member)
      const as = { actor }
      const file = profileName(gateway, member, (taken) => host.plant.all().some((other) => other !== known && other.profile.id === taken))
      const { profile } = await host.call('profiles.save', { name: file, document, replace: true }, as)
      if (known) return host.call('devices.change', { id: known.id, name, place }, as)
      const address = { host: id, port: 0, unit: 0, way: 'push' as const, member }
      return host.call('devices.add', { ...address, name, place, profile, unseen: true }, as)
    },
  }

  return {
    operations,
    door,
    async deviceChanged({ kind, device }) {
      members.changed()
      if (kind === 'removed') contacts.forget(device.id)
    },
    async profileChanged() {
      members.changed()
    },
    async start() {
      for (const gateway of await readGateways(host.database)) gateways.set(gateway.id, gateway)
      looking = setInterval(() => look(members.all()), lookEveryMs)
    },
    async stop() {
      clearInterval(looking)
    },
  }
}

const offline = qualities[2]

const pathOf = (gateway: string) => `${ingestPath}/${gateway}`
