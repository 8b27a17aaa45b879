import type { Hole, Address } from '#shared/acquisition/port.ts'
import { plainAddress, wayOf } from '#shared/acquisition/address.ts'
import { addressSchema, type Identity } from '#shared/devices/contract.ts'
import { identitySchema } from '#shared/devices/identity-schema.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import type { Selectable, Updateable } from 'kysely'
import type { Database, Tables } from '../database.ts'
import { seriesOf } from '../furnish.ts'

export type StoredDevice = {
  id: string
  name: string
  place: string
  address: Address
  secret?: string | undefined
  profile: string
  recognised: boolean
  chosen: boolean
  tags: readonly string[]
  simulated: boolean
  identity: Identity
  unserved: Hole[]
  addedAt: number
}

/** Every device that was not removed, oldest first. */
export async function readDevices(database: Database): Promise<StoredDevice[]> {
  const rows = await database.selectFrom('device').selectAll().where('removedAt', 'is', null).orderBy('addedAt').orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    place: row.place,
    address: addressOf(row),
    secret: row.secret ?? undefined,
    profile: row.profile,
    recognised: row.recognised === 1,
    chosen: row.chosen === 1,
    tags: JSON.parse(row.tags) as string[],
    simulated: row.simulated === 1,
    identity: identitySchema.parse(JSON.parse(row.identity)),
    unserved: JSON.parse(row.unserved) as Hole[],
    addedAt: row.addedAt,
  }))
}

/** An address as the columns of a row. */
export function placeOf(address: Address) {
  const { host, port, unit, member = '', serial, tls, endpoint } = address
  return { way: wayOf(address), host, port, unit, member, line: JSON.stringify({ serial, tls, endpoint }) }
}

function addressOf({ way, host, port, unit, member, line }: Selectable<Tables['device']>): Address {
  return plainAddress(addressSchema.parse({ host, port, unit, way, member, ...(JSON.parse(line) as object) }))
}

/** Stores a device and gives each of its points a series number, all or nothing. Returns the numbers in point order. */
export function insertDevice(database: Database, device: StoredDevice, profile: FlatProfile): Promise<number[]> {
  return database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('device')
      .values({
        id: device.id,
        name: device.name,
        place: device.place,
        ...placeOf(device.address),
        secret: device.secret ?? null,
        profile: device.profile,
        recognised: device.recognised ? 1 : 0,
        chosen: device.chosen ? 1 : 0,
        tags: JSON.stringify(device.tags),
        simulated: device.simulated ? 1 : 0,
        identity: JSON.stringify(device.identity),
        unserved: JSON.stringify(device.unserved),
        addedAt: device.addedAt,
        removedAt: null,
      })
      .execute()
    return seriesOf(transaction, device.id, profile)
  })
}

export async function updateDevice(database: Database, id: string, change: Updateable<Tables['device']>): Promise<void> {
  if (Object.keys(change).length > 0) await database.updateTable('device').set(change).where('id', '=', id).execute()
}
