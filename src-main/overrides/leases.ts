import { randomUUID } from 'node:crypto'
import type { ReadingsEvent } from '#shared/acquisition/port.ts'
import { mayAs, type ParsedOf } from '#shared/contract.ts'
import { checkValue, isSame } from '#shared/devices/writing.ts'
import { Failure } from '#shared/failures.ts'
import type { LeaseReason, overrides } from '#shared/overrides/contract.ts'
import { rowOf } from '#shared/reading.ts'
import { systemContext, type Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { endedLeases, insertLease, openLeases, removeLease, saveLease, type LeaseRow } from './lease-store.ts'

type Asked = ParsedOf<(typeof overrides)['lease']>
/** A lease that runs. `seenAt`: when the value was last known to be there; null after a write of which nobody knew the end. */
type Running = { row: LeaseRow; series: number; seenAt: number | null; returning: boolean; tries: number; nextTry: number; contact: number }

const tickMs = 1000
/** Waits between attempts to write the fallback; the last one again and again. */
const waitsMs = [5000, 10_000, 30_000, 60_000, 300_000, 900_000]

/** Values lent to a controller: written now, and written back when nobody asks for more time. */
export class Leases {
  readonly #host: Host
  readonly #running = new Map<string, Running>()
  readonly #bySeries = new Map<number, Running>()
  #timer: NodeJS.Timeout | undefined
  readonly #work = new Set<Promise<unknown>>()

  constructor(host: Host) {
    this.#host = host
  }

  async start(): Promise<void> {
    for (const row of await openLeases(this.#host.database)) {
      // A crash between the note and the write: nobody knows, and what is read when it ends decides.
      if (row.state === 'starting') row.state = 'active'
      this.#keep(row, null)
    }
    this.#timer = setInterval(() => this.#tick(), tickMs)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await Promise.all(this.#work)
  }

  async list(): Promise<LeaseRow[]> {
    return [...[...this.#running.values()].map(({ row }) => row), ...(await endedLeases(this.#host.database))]
  }

  /** Rejects with what `devices.write` rejects with, and keeps nothing then. */
  async take(asked: Asked, { actor }: Context): Promise<LeaseRow> {
    const { device, point: id, value, fallback, expect, confirm, owner } = asked
    const point = this.#host.plant.get(device)?.profile.points.find((one) => one.id === id)
    if (!point?.write) throw new Failure('notFound', { what: 'point' })
    checkValue(point, fallback)
    if (isSame(value, fallback)) throw new Failure('input.invalid', { fields: 'fallback: is the value itself' })
    if ([...this.#running.values()].some(({ row }) => row.device === device && row.point === id))
      throw new Failure('conflict', { what: 'lease' })
    const now = this.#host.clock()
    const lifetimeMs = asked.lifetimeS * 1000
    const row: LeaseRow = {
      id: randomUUID(),
      device,
      point: id,
      value,
      fallback,
      before: expect,
      lifetimeMs,
      owner,
      actor: actor?.name ?? '',
      state: 'starting',
      reason: null,
      outcome: null,
      found: null,
      attempts: 0,
      createdAt: now,
      expiresAt: now + lifetimeMs,
      endedAt: null,
    }
    const lease = this.#keep(row, null)
    await insertLease(this.#host.database, row)
    try {
      const result = await this.#host.call('devices.write', { id: device, point: id, value, expect, confirm }, { actor })
      row.state = 'active'
      row.outcome = result.outcome
      if (result.outcome === 'done') lease.seenAt = result.foundAt
      if (result.outcome === 'refused' || result.outcome === 'different') await this.#end(lease, result.outcome, result.found)
      else await this.#save(lease)
    } catch (error) {
      if (!(error instanceof Failure) || error.code === 'internal') {
        row.state = 'active'
        await this.#save(lease)
        throw error
      }
      this.#forget(lease)
      await removeLease(this.#host.database, row.id)
      throw error
    }
    return row
  }

  async renew(id: string, context: Context): Promise<LeaseRow> {
    const lease = this.#find(id, context)
    if (lease.row.state !== 'active') throw new Failure('conflict', { what: 'lease' })
    lease.row.expiresAt = this.#host.clock() + lease.row.lifetimeMs
    await this.#save(lease)
    return lease.row
  }

  /** Ends it now: written back at once when there is contact, otherwise at the first one. */
  async end(id: string, context: Context): Promise<LeaseRow> {
    const lease = this.#find(id, context)
    if (lease.row.state === 'starting') throw new Failure('busy', { what: 'lease' })
    await this.#due(lease, 'released')
    await this.#giveBack(lease, { actor: context.actor })
    return lease.row
  }

  heard({ batch, reason }: ReadingsEvent): void {
    if (this.#bySeries.size === 0 || reason === 'slot') return
    for (let i = 0; i < batch.series.length; i++) {
      const lease = this.#bySeries.get(batch.series[i] ?? -1)
      if (!lease || lease.row.state !== 'active' || lease.returning) continue
      const { value, quality, at } = rowOf(batch, i)
      if (value === null || quality !== 'good' || at <= (lease.seenAt ?? lease.row.createdAt)) continue
      if (isSame(value, lease.row.value)) lease.seenAt = at
      else if (lease.seenAt !== null || lease.row.before === null || !isSame(value, lease.row.before))
        this.#run(this.#end(lease, 'conflict', value))
    }
  }

  gone(device: string): void {
    for (const lease of this.#running.values()) if (lease.row.device === device) this.#run(this.#end(lease, 'removed', null))
  }

  #tick(): void {
    const now = this.#host.clock()
    for (const lease of this.#running.values()) {
      const { row } = lease
      if (row.state === 'active' && now >= row.expiresAt) this.#run(this.#due(lease, 'expired'))
      if (row.state !== 'returning' || lease.returning) continue
      const contact = this.#host.plant.get(row.device)?.contact
      if (!contact || contact.state === 'offline' || contact.state === 'waiting') continue
      // Contact came back since the last try: now, whatever the wait was.
      if (contact.since > lease.contact || now >= lease.nextTry) this.#run(this.#giveBack(lease, systemContext))
    }
  }

  async #due(lease: Running, reason: LeaseReason): Promise<void> {
    if (lease.row.state === 'ended') return
    lease.row.state = 'returning'
    lease.row.reason = reason
    await this.#save(lease)
  }

  /** One attempt to write the fallback. It begins with a read, so that it never repeats a write that was taken. */
  async #giveBack(lease: Running, context: Context): Promise<void> {
    const { row } = lease
    if (lease.returning || row.state !== 'returning') return
    lease.returning = true
    lease.contact = this.#host.plant.get(row.device)?.contact.since ?? 0
    try {
      const [reading] = await this.#host.call('devices.readSettings', { id: row.device, points: [row.point] }, systemContext)
      if (!reading || (reading.quality !== 'good' && reading.quality !== 'fault')) throw new Failure('device.offline')
      const { value } = reading
      if (value !== null && isSame(value, row.fallback)) return await this.#end(lease, row.reason, null)
      if (value === null || !isSame(value, row.value)) {
        const untouched = lease.seenAt === null && value !== null && row.before !== null && isSame(value, row.before)
        return await this.#end(lease, untouched ? 'notTaken' : 'conflict', value)
      }
      row.attempts++
      const asked = { id: row.device, point: row.point, value: row.fallback, expect: value, confirm: true }
      const result = await this.#host.call('devices.write', asked, context)
      row.outcome = result.outcome
      if (result.outcome === 'done') await this.#end(lease, row.reason, null)
      else await this.#later(lease)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      await this.#later(lease)
    } finally {
      lease.returning = false
    }
  }

  async #later(lease: Running): Promise<void> {
    lease.nextTry = this.#host.clock() + (waitsMs[Math.min(lease.tries++, waitsMs.length - 1)] ?? 0)
    await this.#save(lease)
  }

  async #end(lease: Running, reason: LeaseReason | null, found: number | null): Promise<void> {
    if (lease.row.state === 'ended') return
    Object.assign(lease.row, { state: 'ended', reason, found, endedAt: this.#host.clock() })
    this.#forget(lease)
    await this.#save(lease)
  }

  #find(id: string, { actor }: Context): Running {
    const lease = this.#running.get(id)
    if (!lease) throw new Failure('notFound', { what: 'lease' })
    if (lease.row.actor !== actor?.name && !mayAs(actor?.role ?? 'public', 'full'))
      throw new Failure('access.denied', { operation: 'overrides.lease', needed: 'full' })
    return lease
  }

  #keep(row: LeaseRow, seenAt: number | null): Running {
    const device = this.#host.plant.get(row.device)
    const series = device?.series[device.profile.points.findIndex(({ id }) => id === row.point)] ?? -1
    const lease: Running = { row, series, seenAt, returning: false, tries: 0, nextTry: 0, contact: 0 }
    this.#running.set(row.id, lease)
    this.#bySeries.set(series, lease)
    return lease
  }

  #forget({ row, series }: Running): void {
    this.#running.delete(row.id)
    this.#bySeries.delete(series)
  }

  async #save({ row }: Running): Promise<void> {
    await saveLease(this.#host.database, row)
    this.#host.events.announce({ event: 'changed', kind: 'lease', ids: [row.id] })
  }

  #run(work: Promise<unknown>): void {
    const told = work.catch((error: unknown) => this.#host.log.error('a lease could not be looked after', { error: String(error) }))
    this.#work.add(told)
    void told.finally(() => this.#work.delete(told))
  }
}
