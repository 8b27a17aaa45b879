import { addressKey } from '#shared/acquisition/address.ts'
import type { Address, ReadingsEvent } from '#shared/acquisition/port.ts'
import { Failure } from '#shared/failures.ts'
import type { MeterIdentityInfo } from '#shared/meters/telegram-view.ts'
import type { Host } from '../capability.ts'
import type { PlantDevice } from '../plant.ts'
import { identityNow, isPresent, meterId, partsOf, pointOf } from './parts.ts'
import { insertEvent, insertMeter, readMeters, updateMeter, type StoredMeter } from './store.ts'

export const dayMs = 24 * 3_600_000
const watchMs = 60_000

type Place = { device: string; part: string; isSerial: boolean }
export type Known = { meter: StoredMeter; device: PlantDevice }

/** All meter points: what is stored of them, and what readings say anew. */
export class Registry {
  readonly #host: Host
  readonly #meters = new Map<string, StoredMeter>()
  /** Series that tell of a meter, with the place they belong to. */
  readonly #places = new Map<number, Place>()
  /** What a meter is powered by that is being added, by its address. */
  readonly #expected = new Map<string, NonNullable<StoredMeter['power']>>()
  #last: Promise<void> = Promise.resolve()

  constructor(host: Host) {
    this.#host = host
  }

  async start(): Promise<void> {
    for (const meter of await readMeters(this.#host.database)) this.#meters.set(meter.id, meter)
    for (const device of this.#host.plant.all()) {
      this.learn(device)
      for (const part of partsOf(device))
        if (part !== '') this.#keep(device.id, () => this.#look(meterId(device.id, part), device, part, false, null))
    }
  }

  /** Reads once what tells whether a new controller has meters, since the next quarter hour may be long away. */
  async examine(device: PlantDevice): Promise<void> {
    const telling = ['energy', 'volume', 'address', 'useSecondaryAddress', 'serial', 'maker', 'medium', 'version']
    const points = partsOf(device).flatMap((part) =>
      part === '' ? [] : telling.flatMap((name) => pointOf(device, part, name)?.point.id ?? []),
    )
    if (points.length > 0) await this.#host.workers.acquisition.call.readNow({ device: device.id, points })
  }

  /** Resolves when nothing that readings told is still being stored. */
  settled(): Promise<void> {
    return this.#last
  }

  /** A device came, or is another now. */
  learn(device: PlantDevice): void {
    for (const [series, place] of this.#places) if (place.device === device.id) this.#places.delete(series)
    for (const part of partsOf(device)) {
      for (const name of ['energy', 'volume', 'serial', 'status']) {
        const found = pointOf(device, part, name)
        if (found) this.#places.set(found.series, { device: device.id, part, isSerial: name === 'serial' })
      }
    }
    this.spare(device)
  }

  forget(device: PlantDevice): void {
    for (const [series, place] of this.#places) if (place.device === device.id) this.#places.delete(series)
  }

  /** Puts on a device how far it is spared. Returns whether that is new to it. */
  spare(device: PlantDevice): boolean {
    if (device.profile.protocol !== 'mbus') return false
    const { power, restMs, lastRead } = this.#meters.get(device.id) ?? this.#newcomer(device)
    const rest = power === 'battery' ? restMs : 0
    const changed = device.spare?.restMs !== rest
    device.spare = { watchMs, restMs: rest, lastRead }
    return changed
  }

  /** What powers the meter that is about to be added at this address. Its first quarter hour is not to be waited for. */
  expect(address: Address, power: NonNullable<StoredMeter['power']>): void {
    this.#expected.set(addressKey(address), power)
  }

  #newcomer({ address, profile }: PlantDevice): Pick<StoredMeter, 'power' | 'restMs' | 'lastRead'> {
    const expected = this.#expected.get(addressKey(address))
    const power = expected ?? (profile.battery ? 'battery' : 'mains')
    return { power, restMs: dayMs, lastRead: null }
  }

  all(): Known[] {
    return [...this.#meters.values()].flatMap((meter) => {
      const device = this.#host.plant.get(meter.device)
      return device ? [{ meter, device }] : []
    })
  }

  /** Throws notFound. */
  get(id: string): Known {
    const meter = this.#meters.get(id)
    const device = meter && this.#host.plant.get(meter.device)
    if (!meter || !device) throw new Failure('notFound', { what: 'meter' })
    return { meter, device }
  }

  /** Changes what is stored of a meter point. `also` is stored with it, all or nothing. */
  async change(id: string, change: Partial<StoredMeter>, also?: () => Promise<void>): Promise<void> {
    if (also) await also()
    else await updateMeter(this.#host.database, id, change)
    const meter = this.#meters.get(id)
    if (meter) Object.assign(meter, change)
    this.#host.events.announce({ event: 'changed', kind: 'meter', ids: [id] })
  }

  async add(
    device: PlantDevice,
    part: string,
    identity: MeterIdentityInfo,
    power: StoredMeter['power'],
    restMs: number,
  ): Promise<StoredMeter> {
    const now = this.#host.clock()
    const id = meterId(device.id, part)
    this.#expected.delete(addressKey(device.address))
    const known = this.#meters.get(id)
    if (known) {
      await this.change(id, { ...definedOf(identity), power, restMs })
      return known
    }
    const meter: StoredMeter = {
      id,
      device: device.id,
      part,
      ...identity,
      firstSeen: now,
      power,
      restMs,
      lastRead: null,
      reads: part === '' ? 1 : 0,
      readsYear: yearOf(now),
      otherSerial: null,
      otherSince: null,
    }
    await insertMeter(this.#host.database, meter)
    this.#meters.set(id, meter)
    this.spare(device)
    this.#host.events.announce({ event: 'changed', kind: 'meter', ids: [id] })
    return meter
  }

  /** A read that the meter has answered. */
  noteRead(meter: StoredMeter, at: number): Promise<void> {
    const year = yearOf(at)
    const reads = meter.readsYear === year ? meter.reads + 1 : 1
    Object.assign(meter, { lastRead: at, reads, readsYear: year })
    const { spare } = this.#host.plant.get(meter.device) ?? {}
    if (spare) spare.lastRead = at
    return updateMeter(this.#host.database, meter.id, { lastRead: at, reads, readsYear: year })
  }

  take({ batch, reason }: ReadingsEvent): void {
    const seen = new Map<string, Place & { serialAt: number | null }>()
    batch.series.forEach((series, i) => {
      const place = this.#places.get(series)
      if (!place) return
      const id = meterId(place.device, place.part)
      seen.set(id, { ...place, serialAt: place.isSerial ? (batch.at[i] ?? null) : (seen.get(id)?.serialAt ?? null) })
    })
    for (const [id, { serialAt, part, device: of }] of seen) {
      const device = this.#host.plant.get(of)
      if (device) this.#keep(id, () => this.#look(id, device, part, reason === 'slot', serialAt))
    }
  }

  /** One after the other, so that nothing is stored of a meter that is being stored. */
  #keep(id: string, work: () => Promise<void>): void {
    this.#last = this.#last
      .then(work)
      .catch((error: unknown) =>
        this.#host.log.for('meters').error('what a meter told was not stored', { meter: id, error: String(error) }),
      )
  }

  async #look(id: string, device: PlantDevice, part: string, scheduled: boolean, serialAt: number | null): Promise<void> {
    const meter = this.#meters.get(id)
    const identity = identityNow(device, part, this.#host.latest)
    if (!meter) {
      if (part !== '' && isPresent(device, part, this.#host.latest)) await this.add(device, part, identity, null, 0)
      else if (part === '')
        await this.add(device, part, identity, device.profile.battery ? 'battery' : 'mains', device.profile.battery ? dayMs : 0)
      return
    }
    if (scheduled && meter.power === 'battery' && device.contact.state !== 'offline') await this.noteRead(meter, this.#host.clock())
    if (serialAt !== null) await this.#compare(meter, identity, serialAt)
  }

  /**
   * Another serial number where one is known: kept as an event, and told until a person says what it means. `at` is when it was
   * read: what is stored for a quarter hour bears the time of its beginning, also when it was read after something else.
   */
  async #compare(meter: StoredMeter, identity: MeterIdentityInfo, at: number): Promise<void> {
    const { serial } = identity
    if (serial === null) return
    if (serial === meter.otherSerial) {
      if (at < (meter.otherSince ?? 0)) await this.change(meter.id, { otherSince: at })
      return
    }
    if (meter.serial === null) return this.change(meter.id, definedOf(identity))
    if (serial === meter.serial) {
      if (meter.otherSerial !== null) await this.change(meter.id, { otherSerial: null, otherSince: null })
      return
    }
    await insertEvent(this.#host.database, meter.id, at, 'otherSerial', { from: meter.serial, to: serial })
    await this.change(meter.id, { otherSerial: serial, otherSince: at })
  }
}

/** What a meter says of itself, without what it leaves open. */
function definedOf(identity: MeterIdentityInfo): Partial<StoredMeter> {
  return Object.fromEntries(Object.entries(identity).filter(([, value]) => value !== null))
}

export function yearOf(at: number): number {
  return new Date(at).getUTCFullYear()
}
