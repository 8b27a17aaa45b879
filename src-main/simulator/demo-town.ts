import { setTimeout as wait } from 'node:timers/promises'
import { Failure } from '#shared/failures.ts'
import type { Remote } from '#shared/rpc.ts'
import type { Opening, SimulatorPort } from '#shared/simulator/port.ts'
import type { Scenario } from '#shared/simulator/scenario.ts'
import type { Host } from '../capability.ts'
import { addControllers, followPorts, removeSimulated, tryOffline } from './adding.ts'
import { openingOf, startOf } from './opening.ts'
import { PastKeeper } from './past-keeper.ts'
import { devicesOf, readDemo, writeDemo, type DemoRecord } from './record.ts'
import { StateFile } from './state-file.ts'

const saveEveryMs = 10 * 60_000
/** The start of the program does not wait longer for a town that has much to live through. */
const startPatienceMs = 1000

export type Progress = { done: number; total: number }

/** The life of the demo town: made, opened again with the program, saved now and then, closed. */
export class DemoTown {
  /** Days of the town that are made ready; null when it is open or closed. */
  making: Progress | null = null
  readonly #host: Host
  readonly #scenario: () => Scenario
  readonly #file: StateFile
  #record: DemoRecord | null = null
  #running = false
  /** The worker still has what it recorded. */
  #recorded = false
  #ending = false
  #busy: Promise<unknown> | undefined
  #past: PastKeeper | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(host: Host, scenario: () => Scenario) {
    this.#host = host
    this.#scenario = scenario
    this.#file = new StateFile(host.dataFolder)
  }

  /** The town that is open. */
  get record(): DemoRecord | null {
    return this.#running ? this.#record : null
  }

  /** What the worker begins with, also after a crash. */
  async begin(call: Remote<SimulatorPort>): Promise<void> {
    const record = this.#record
    if (!record) throw new Failure('cancelled')
    this.#recorded = false
    const { clock, profiles } = this.#host
    const opening = openingOf(this.#scenario(), profiles, record, clock())
    const saved = record.settled ? await this.#saved() : null
    const opened = await this.#patiently(call, { ...opening, ...(record.settled ? {} : { record: true }), ...(saved ? { saved } : {}) })
    record.stations = opening.stations.map(({ name }, i) => ({
      name,
      device: record.stations.find((one) => one.name === name)?.device ?? null,
      port: opened.stations[i]?.port ?? 0,
    }))
    record.meterPort = opened.meterPort
    record.opcuaPort = opened.opcuaPort
    this.#recorded = !record.settled
  }

  /** Makes the town with its past and adds its controllers. One that is open gets the controllers back that were removed. */
  async open(days: number): Promise<number> {
    // One that is being opened again with the program is only waited for.
    if (this.#record?.settled) await this.#busy
    if (this.#busy) throw new Failure('busy', { what: 'demo' })
    const opening = this.#record?.settled ? this.#complete(this.#record) : this.#make(days)
    this.#busy = opening
    try {
      return await opening
    } finally {
      this.#busy = undefined
      this.making = null
    }
  }

  /** Also ends an opening that is under way. Nothing is left of the town but the history of its devices. */
  async close(): Promise<void> {
    if (this.#ending) throw new Failure('busy', { what: 'demo' })
    this.#ending = true
    try {
      await this.#end((call) => call.close({}))
      await this.#wipe()
    } finally {
      this.#ending = false
    }
  }

  /** Opens the town of before, for as long as that may take behind the start of the program. */
  async start(): Promise<void> {
    const record = await readDemo(this.#host.database)
    if (!record) return
    const log = this.#host.log.for('simulator')
    if (record === 'unknown' || !record.settled) {
      log.warn(record === 'unknown' ? 'the demo town is of another version and was closed' : 'the demo town was not ready and was closed')
      return this.#wipe()
    }
    this.#record = record
    const days = Math.max(0, Math.round((this.#host.clock() - record.opened) / 86_400_000))
    this.making = { done: 0, total: days }
    const opening = this.#again(record)
      .catch(async (error: unknown) => {
        if (this.#ending) return
        log.error('the demo town could not be opened again', { error: String(error) })
        await Promise.allSettled([this.#host.workers.simulator.stop((call) => call.close({}))])
      })
      .finally(() => {
        this.#busy = undefined
        this.making = null
      })
    this.#busy = opening
    await Promise.race([opening, wait(startPatienceMs, undefined, { ref: false })])
  }

  async stop(): Promise<void> {
    this.#ending = true
    const settled = this.#running
    const last = async (call: Remote<SimulatorPort>) => {
      if (settled) await this.#file.write(await call.save({}))
      await call.close({})
    }
    // What the town has lived through since it was saved last is not worth a stop that goes wrong.
    await this.#end(last).catch((error: unknown) =>
      this.#host.log.for('simulator').error('the demo town could not be saved', { error: String(error) }),
    )
  }

  async save(): Promise<void> {
    await this.#file.write(await this.#host.workers.simulator.call.save({}))
  }

  async #make(days: number): Promise<number> {
    const { clock, database, events, workers } = this.#host
    const now = clock()
    this.making = { done: 0, total: days }
    const tell = (state: 'running' | 'done' | 'failed' | 'cancelled') =>
      events.announce({ event: 'jobs', job: 'demo.open', ...(this.making ?? { done: days, total: days }), state })
    const scenario = this.#scenario()
    const stations = scenario.stations.map(({ name }) => ({ name, device: null, port: 0 }))
    const record = { version: 2 as const, stations, meterPort: null, opcuaPort: null, start: startOf(now, days), opened: now }
    this.#record = { ...record, settled: false, stored: days > 0 ? 0 : null }
    tell('running')
    try {
      await workers.simulator.start()
      this.making = { done: days, total: days }
      tell('running')
      await writeDemo(database, this.#record)
      await this.#add()
      this.#record.settled = true
      await writeDemo(database, this.#record)
      this.#live()
      tell('done')
      return devicesOf(this.#record)
    } catch (error) {
      tell(this.#ending ? 'cancelled' : 'failed')
      if (this.#ending) throw new Failure('cancelled', {}, { cause: error })
      await Promise.allSettled([workers.simulator.stop((call) => call.close({}))])
      await this.#wipe()
      throw error
    }
  }

  async #again(record: DemoRecord): Promise<void> {
    const log = this.#host.log.for('simulator')
    const before = { ...record }
    await this.#host.workers.simulator.start()
    const left = await followPorts(this.#host, before, record)
    if (left.length > 0) log.warn('these devices of the demo town could not be given their new port', { devices: left.join(', ') })
    await writeDemo(this.#host.database, record)
    this.#live()
    await tryOffline(this.#host, record)
  }

  async #complete(record: DemoRecord): Promise<number> {
    if (!this.#running) await this.#again(record)
    await this.#add()
    await writeDemo(this.#host.database, record)
    return devicesOf(record)
  }

  async #add(): Promise<void> {
    if (this.#record) await addControllers(this.#host, this.#scenario(), this.#record, () => this.#ending)
  }

  /** From now on the town is open: it is saved now and then, and its past goes into history. */
  #live(): void {
    const record = this.#record
    if (!record || this.#ending) throw new Failure('cancelled')
    const { log, workers } = this.#host
    this.#running = true
    this.making = null
    const saveSoon = () =>
      void this.save().catch((error: unknown) => log.for('simulator').error('the demo town could not be saved', { error: String(error) }))
    saveSoon()
    this.#timer = setInterval(saveSoon, saveEveryMs).unref()
    this.#past = new PastKeeper(this.#host, this.#scenario(), record)
    this.#past.run(
      () => this.#recorded,
      async () => {
        await workers.simulator.call.forget({})
        await this.save()
      },
    )
  }

  async #end(last: (call: Remote<SimulatorPort>) => Promise<unknown>): Promise<void> {
    clearInterval(this.#timer)
    await this.#past?.stop()
    this.#past = undefined
    try {
      await this.#host.workers.simulator.stop(last)
    } finally {
      await Promise.allSettled([this.#busy])
      this.#running = false
    }
  }

  async #wipe(): Promise<void> {
    await removeSimulated(this.#host)
    await writeDemo(this.#host.database, null)
    await this.#file.remove()
    this.#record = null
  }

  async #saved(): Promise<Uint8Array | null> {
    try {
      return await this.#file.read()
    } catch (error) {
      this.#host.log.for('simulator').warn('what the demo town remembers cannot be used', { error: String(error) })
      return null
    }
  }

  /** Opens with other ports where those of before are taken, and without the saved state where it does not fit. */
  async #patiently(call: Remote<SimulatorPort>, opening: Opening): ReturnType<typeof call.open> {
    try {
      return await call.open(opening)
    } catch (error) {
      if (this.#ending || (error instanceof Failure && error.code === 'cancelled')) throw error
      const log = this.#host.log.for('simulator')
      const taken = /EADDRINUSE|EACCES/.test(String(error))
      if (taken && opening.ports !== null) {
        log.warn('ports of the demo town are taken, others are used', { error: String(error) })
        return this.#patiently(call, { ...opening, ports: null, meterPort: null, opcuaPort: null })
      }
      if (opening.saved === undefined) throw error
      log.warn('the demo town is made anew from its scenario, since what it remembers cannot be used', { error: String(error) })
      return this.#patiently(call, { ...opening, saved: undefined })
    }
  }
}
