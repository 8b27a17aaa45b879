import { randomUUID } from 'node:crypto'
import { addressKey } from '#shared/acquisition/address.ts'
import type { Address } from '#shared/acquisition/port.ts'
import type { Scan, ScanPlace } from '#shared/commissioning/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { lanesOf, type Lane } from './lanes.ts'
import { deleteScans, insertHit, insertScan, readScan, updateScan, type StoredHit, type StoredScan } from './scan-store.ts'

export const scanJob = 'commissioning.scan'

/** Lines asked at the same time. Few enough that neither an old switch nor a gateway notices. */
const lanesAtOnce = 16
const saveEveryMs = 2000
const announceEveryMs = 250

/** Nobody is at such an address, so that its other units need not be asked. */
const nobodyThere = new Set<string>(['device.unreachable', 'device.refused', 'device.nameUnknown', 'device.closed'])
/** Nobody has this unit, but others may. */
const noSuchUnit = new Set<string>(['device.silent', 'device.gateway', 'device.wrongUnit'])

/** Looks for controllers, one scan at a time, and remembers what the last one found. Writes to no device. */
export class Scanner {
  readonly #host: Host
  #scan: StoredScan | null = null
  #running: { cancelled: boolean; ended: Promise<void> } | null = null

  constructor(host: Host) {
    this.#host = host
  }

  /** What the program was doing when it ended is not gone on with by itself. */
  async start(): Promise<void> {
    const { database, clock } = this.#host
    this.#scan = await readScan(database)
    if (this.#scan?.state !== 'running') return
    this.#scan = { ...this.#scan, state: 'interrupted', endedAt: clock() }
    await updateScan(database, this.#scan.id, { state: 'interrupted', endedAt: this.#scan.endedAt })
  }

  async stop(): Promise<void> {
    await this.#end('interrupted')
  }

  async begin(place: ScanPlace, patienceMs: number, context: Context): Promise<Scan> {
    if (this.#running) throw new Failure('busy', { what: 'scan' })
    const lanes = lanesOf(place)
    const { database, clock } = this.#host
    const total = lanes.reduce((sum, lane) => sum + lane.length, 0)
    const common = { id: randomUUID(), place, patienceMs, startedAt: clock(), endedAt: null, asked: 0, total, hits: [] }
    const scan: StoredScan = { ...common, state: 'running' }
    const running = { cancelled: false, ended: Promise.resolve() }
    this.#running = running
    this.#scan = scan
    const work = async () => {
      await insertScan(database, scan, context.actor?.name ?? '')
      await this.#run(scan, lanes, running, context.actor ? { actor: context.actor } : context)
    }
    running.ended = work().catch(async (error: unknown) => {
      this.#host.log.error('the scan ended by a mistake', { error: String(error) })
      if (this.#running === running) await this.#close(scan, 'interrupted')
    })
    return this.#present(scan)
  }

  async cancel(): Promise<void> {
    await this.#end('cancelled')
  }

  async forget(): Promise<void> {
    if (this.#running) throw new Failure('busy', { what: 'scan' })
    await deleteScans(this.#host.database)
    this.#scan = null
  }

  current(): Scan | null {
    return this.#scan && this.#present(this.#scan)
  }

  async #end(state: 'cancelled' | 'interrupted'): Promise<void> {
    const { wanted, running } = { wanted: this.#scan, running: this.#running }
    if (!running || !wanted) return
    running.cancelled = true
    await this.#close(wanted, state)
  }

  async #run(scan: StoredScan, lanes: readonly Lane[], running: { cancelled: boolean }, context: Context): Promise<void> {
    const known = new Set(this.#host.plant.all().map(({ address }) => addressKey(address)))
    const queue = [...lanes]
    let [saved, announced] = [this.#host.clock(), 0]
    const step = async (count: number, hit: StoredHit | null) => {
      if (running.cancelled) return
      if (hit) {
        scan.hits.push(hit)
        await insertHit(this.#host.database, scan.id, scan.hits.length, hit)
      }
      scan.asked += count
      const now = this.#host.clock()
      if (hit || now - announced >= announceEveryMs) {
        announced = now
        this.#announce(scan)
      }
      if (now - saved < saveEveryMs) return
      saved = now
      await updateScan(this.#host.database, scan.id, { asked: scan.asked })
    }
    const worker = async () => {
      for (let lane = queue.shift(); lane && !running.cancelled; lane = queue.shift())
        await this.#lane(scan, lane, known, running, context, step)
    }
    await Promise.all(Array.from({ length: Math.min(lanesAtOnce, lanes.length) }, worker))
    if (!running.cancelled) await this.#close(scan, 'done')
  }

  async #lane(
    { patienceMs }: StoredScan,
    lane: Lane,
    known: ReadonlySet<string>,
    running: { cancelled: boolean },
    context: Context,
    step: (count: number, hit: StoredHit | null) => Promise<void>,
  ): Promise<void> {
    for (const [i, address] of lane.entries()) {
      if (running.cancelled) return
      if (known.has(addressKey(address))) {
        await step(1, { address, finding: null, failure: null })
        continue
      }
      const answer = await this.#look(address, patienceMs, context)
      if (answer === 'nobody') return step(lane.length - i, null)
      await step(1, answer)
    }
  }

  async #look(address: Address, patienceMs: number, context: Context): Promise<StoredHit | 'nobody' | null> {
    try {
      const finding = await this.#host.call('devices.probe', { ...address, patienceMs, gentle: true }, context)
      return { address, finding, failure: null }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      if (nobodyThere.has(error.code)) return 'nobody'
      if (noSuchUnit.has(error.code)) return null
      // Added by somebody while the scan runs.
      if (error.code === 'device.duplicate') return { address, finding: null, failure: null }
      return { address, finding: null, failure: error.report() }
    }
  }

  async #close(scan: StoredScan, state: 'done' | 'cancelled' | 'interrupted'): Promise<void> {
    const endedAt = this.#host.clock()
    scan.state = state
    scan.endedAt = endedAt
    this.#running = null
    await updateScan(this.#host.database, scan.id, { state, endedAt, asked: scan.asked })
    this.#announce(scan)
  }

  #announce({ asked, total, state }: StoredScan): void {
    const said = state === 'interrupted' ? 'failed' : state
    this.#host.events.announce({ event: 'jobs', job: scanJob, done: asked, total, state: said })
  }

  #present(scan: StoredScan): Scan {
    const devices = new Map(this.#host.plant.all().map((device) => [addressKey(device.address), { id: device.id, name: device.name }]))
    const { startedAt, asked, total } = scan
    const spent = this.#host.clock() - startedAt
    const leftMs = scan.state === 'running' && asked > 0 ? Math.round((spent / asked) * (total - asked)) : null
    return { ...scan, leftMs, hits: scan.hits.map((hit) => ({ ...hit, device: devices.get(addressKey(hit.address)) ?? null })) }
  }
}
