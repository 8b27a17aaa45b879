import { Failure } from '#shared/failures.ts'
import { buffersOf } from '#shared/reading.ts'
import type { Remote } from '#shared/rpc.ts'
import type { SimulatorPort } from '#shared/simulator/port.ts'
import type { Scenario } from '#shared/simulator/scenario.ts'
import type { Host } from '../capability.ts'
import { WorkerThread } from '../workers.ts'
import { openingOf, quarterHourMs } from './opening.ts'
import { storePast } from './past.ts'
import { writeDemo, type DemoRecord } from './record.ts'

const retryMs = 10_000

/** Brings the past of the demo town into history in the background, also after a stop or a crash in between. */
export class PastKeeper {
  readonly #host: Host
  readonly #scenario: Scenario
  readonly #record: DemoRecord
  readonly #stopping = new AbortController()
  #running: Promise<void> = Promise.resolve()

  constructor(host: Host, scenario: Scenario, record: DemoRecord) {
    this.#host = host
    this.#scenario = scenario
    this.#record = record
  }

  /** `recorded`: the worker that runs the town has its past still; otherwise another makes it anew. `done` is called when all is stored. */
  run(recorded: () => boolean, done: () => Promise<void>): void {
    if (this.#record.stored === null) return
    this.#running = this.#keepOn(recorded, done)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #keepOn(recorded: () => boolean, done: () => Promise<void>): Promise<void> {
    const log = this.#host.log.for('simulator')
    const { signal } = this.#stopping
    while (!signal.aborted) {
      try {
        await (recorded() ? this.#store(this.#host.workers.simulator.call) : this.#storeAnew())
        if (this.#record.stored !== null) continue
        await done()
        log.info('the past of the demo town is stored')
        return
      } catch (error) {
        if (signal.aborted) return
        log.warn('the past of the demo town is not complete yet', { error: error instanceof Failure ? error.code : String(error) })
        await pause(retryMs, signal)
      }
    }
  }

  async #store(source: Pick<Remote<SimulatorPort>, 'past'>): Promise<void> {
    const { plant, workers, database, events } = this.#host
    const { stations, start, opened } = this.#record
    const total = Math.max(1, Math.floor((opened - start) / quarterHourMs))
    const tell = (done: number, state: 'running' | 'done') => events.announce({ event: 'jobs', job: 'demo.past', done, total, state })
    const from = this.#record.stored ?? 0
    tell(from, 'running')
    await storePast({
      source,
      from,
      devices: stations.map(({ device }) => plant.get(device ?? '') ?? null),
      append: (batch) => workers.history.call.append(batch, buffersOf(batch)),
      reached: async (next) => {
        this.#record.stored = next
        await writeDemo(database, this.#record)
        tell(next === null ? total : Math.min(next, total), next === null ? 'done' : 'running')
      },
      stopped: () => this.#stopping.signal.aborted,
    })
  }

  /** The same town once more, in a thread whose clock stands where it was opened: it comes to the same past. */
  async #storeAnew(): Promise<void> {
    const { layout, log, profiles, clock } = this.#host
    const { opened, stored } = this.#record
    const began = clock()
    const thread = new WorkerThread<SimulatorPort>({
      name: 'past of the demo town',
      url: layout.worker('simulator'),
      log: log.for('workers'),
      clock: () => opened + clock() - began,
      begin: async (call) => {
        const opening = openingOf(this.#scenario, profiles, this.#record, opened)
        await call.open({ ...opening, ports: null, meterPort: null, opcuaPort: null, meters: [], opcua: [], record: true })
      },
      onEvent: () => undefined,
    })
    const end = () => thread.stop((call) => call.close({}))
    const giveUp = () => void Promise.allSettled([end()])
    this.#stopping.signal.addEventListener('abort', giveUp)
    try {
      log.for('simulator').info('the past of the demo town is made once more', { stored })
      await thread.start()
      await this.#store(thread.call)
    } finally {
      this.#stopping.signal.removeEventListener('abort', giveUp)
      await Promise.allSettled([end()])
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
