import { randomUUID } from 'node:crypto'
import { addressKey, plainAddress } from '#shared/acquisition/address.ts'
import type { Address } from '#shared/acquisition/port.ts'
import type { ParsedOf } from '#shared/contract.ts'
import type { Contact, Device, devices } from '#shared/devices/contract.ts'
import { generalOf } from '#shared/devices/detect.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { checkAddress } from '#shared/devices/sound-address.ts'
import { Failure } from '#shared/failures.ts'
import type { Host } from '../capability.ts'
import { furnish } from '../furnish.ts'
import type { PlantDevice } from '../plant.ts'
import { commission, type Asked } from './commission.ts'
import { goesOutsidePlain } from './outside.ts'
import { presentDevice } from './present.ts'
import { insertDevice, placeOf, updateDevice } from './store.ts'
import { refuseTaken } from './taken.ts'

type Added = ParsedOf<(typeof devices)['add']>
type Changed = ParsedOf<(typeof devices)['change']>

export function waiting(since: number): Contact {
  return { state: 'waiting', since, lastAnswer: null, failure: null }
}

/** Brings devices in, and lets them become others without losing what is stored of them. */
export function createAdding(host: Host, find: (id: string) => PlantDevice) {
  /** Addresses on their way in: two people adding the same controller at once add it once. */
  const adding = new Set<string>()

  return {
    async add({
      name,
      place,
      tags,
      simulated,
      evenIfTooOld,
      plainOutside,
      unseen,
      secret,
      profile: wanted,
      ...at
    }: Added): Promise<Device> {
      const address = plainAddress(at)
      checkAddress(address)
      refuseTaken(host.plant, address)
      const key = addressKey(address)
      if (adding.has(key)) throw new Failure('busy', { what: 'device' })
      adding.add(key)
      try {
        await askConsent(address, plainOutside)
        const known = await learn(host, { address, secret, profile: wanted, unseen }, evenIfTooOld)
        const id = randomUUID()
        const addedAt = host.clock()
        const stored = { id, name, place, tags: distinct(tags), address, secret, simulated, unserved: [], addedAt, ...known }
        const series = await insertDevice(host.database, { ...stored, profile: known.profile.id }, known.profile)
        const device: PlantDevice = { ...stored, series, contact: waiting(addedAt) }
        host.plant.put(device)
        await host.deviceChanged({ kind: 'added', device })
        return presentDevice(device)
      } finally {
        adding.delete(key)
      }
    },

    async change(asked: Changed): Promise<Device> {
      const device = find(asked.id)
      const address = movedTo(device.address, asked)
      const moved = JSON.stringify(address) !== JSON.stringify(device.address)
      if (moved) {
        checkAddress(address)
        refuseTaken(host.plant, address, device.id)
        await askConsent(address, asked.plainOutside)
      }
      const secret = asked.secret ?? device.secret
      const { profile: wanted } = asked
      const known =
        wanted === undefined ? {} : await learn(host, { address, secret, profile: wanted ?? undefined, unseen: asked.unseen }, false)
      const { name = device.name, place = device.place } = asked
      const next = { ...device, name, place, tags: distinct(asked.tags ?? device.tags), address, secret, ...known }
      await updateDevice(host.database, device.id, columnsOf(next))
      const same = !moved && secret === device.secret && next.profile === device.profile
      if (same) {
        Object.assign(device, next)
        return presentDevice(device)
      }
      const furnished = await furnish(host.database, device.id, next.profile)
      const changed = { ...next, ...furnished, contact: waiting(host.clock()) }
      host.plant.put(changed)
      await host.deviceChanged({ kind: 'changed', device: changed })
      return presentDevice(changed)
    },
  }
}

/** What the device says of itself, and the profile that it is read with from now on. */
async function learn(host: Host, asked: Asked, evenIfTooOld: boolean) {
  if (asked.unseen && asked.profile === undefined) throw new Failure('device.needsProfile')
  const { finding, profile: found, firmware, chosen } = await commission(host, asked)
  if (firmware && !evenIfTooOld) throw new Failure('device.firmwareTooOld', firmware)
  // What a controller is read with whose firmware its own profile must not be used for.
  const profile: FlatProfile = firmware ? (generalOf(host.profiles, found) ?? found) : found
  return { profile, identity: finding.identity, recognised: finding.recognised && profile === found, chosen }
}

async function askConsent(address: Address, consented: boolean): Promise<void> {
  if (!consented && (await goesOutsidePlain(address))) throw new Failure('device.plainOutside', { host: address.host })
}

/** The address of before with what was asked for in its place. A change of way leaves nothing behind that the new way does not have. */
function movedTo(before: Address, asked: Changed): Address {
  const { host, port, unit, way, member, serial, tls, endpoint } = { ...before, ...defined(asked) }
  return plainAddress({ host, port, unit, way, member, serial, tls, endpoint })
}

function defined(asked: Changed): Partial<Address> {
  const { host, port, unit, way, member, serial, tls, endpoint } = asked
  const fields = Object.entries({ host, port, unit, way, member, serial, tls, endpoint })
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined)) as Partial<Address>
}

function columnsOf({ name, place, tags, address, secret, profile, recognised, chosen, identity }: PlantDevice) {
  return {
    name,
    place,
    tags: JSON.stringify(tags),
    ...placeOf(address),
    secret: secret ?? null,
    profile: profile.id,
    recognised: recognised ? (1 as const) : (0 as const),
    chosen: chosen ? (1 as const) : (0 as const),
    identity: JSON.stringify(identity),
  }
}

const distinct = (tags: readonly string[]) => [...new Set(tags)]
