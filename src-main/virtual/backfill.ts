import { Failure } from '#shared/failures.ts'
import type { ReadingBatch } from '#shared/reading.ts'
import { compile } from '#shared/virtual/compile.ts'
import { FaultyFormula } from '#shared/virtual/fault.ts'
import { slotMs } from '#shared/virtual/limits.ts'
import type { Program } from '#shared/virtual/program.ts'
import type { Host } from '../capability.ts'
import { calculateGrid, gridsOf } from './grid.ts'
import { insertJob, readJobs, updateJob, type StoredJob } from './job-store.ts'
import { batchOf } from './live.ts'
import { pointsOf } from './points.ts'
import type { StoredFormula } from './store.ts'

const monthMs = 31 * 24 * 3_600_000
/** Samples of all inputs that are in memory at once. */
const mostSamples = 1_500_000
const againMs = 2000
const mostTries = 10

export type BackfillWays = {
  find(formula: number): { formula: StoredFormula; series: number } | undefined
  /** Resolves when on disk. What is there already is dropped. */
  store(batch: ReadingBatch): Promise<void>
  /** The same, in the place of what is there. */
  correct(batch: ReadingBatch): Promise<void>
}

/** Calculates formulas over the past, one after the other, slice by slice. Each slice is noted, so that a restart goes on where it was. */
export class Backfill {
  readonly #host: Host
  readonly #ways: BackfillWays
  #jobs: StoredJob[] = []
  #running: Promise<void> | undefined
  #stopped = false

  constructor(host: Host, ways: BackfillWays) {
    this.#host = host
    this.#ways = ways
  }

  all(): readonly StoredJob[] {
    return this.#jobs
  }

  async start(): Promise<void> {
    this.#jobs = await readJobs(this.#host.database)
    this.#begin()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running
  }

  async add(asked: Pick<StoredJob, 'formula' | 'from' | 'to' | 'replace'>): Promise<StoredJob> {
    const from = Math.ceil(asked.from / slotMs) * slotMs
    const job = await insertJob(this.#host.database, { ...asked, from, askedAt: this.#host.clock() })
    this.#jobs = [...this.#jobs, job]
    this.#begin()
    return job
  }

  /** Throws notFound for one that has ended. */
  async cancel(id: number): Promise<void> {
    const job = this.#jobs.find((one) => one.id === id)
    if (!job || (job.state !== 'waiting' && job.state !== 'running')) throw new Failure('notFound', { what: 'job' })
    await this.#end(job, 'cancelled')
  }

  #begin(): void {
    this.#running ??= this.#run().finally(() => (this.#running = undefined))
  }

  async #run(): Promise<void> {
    for (;;) {
      const job = this.#jobs.find(({ state }) => state === 'running' || state === 'waiting')
      if (!job || this.#stopped) return
      job.state = 'running'
      try {
        await this.#work(job)
      } catch (error) {
        this.#host.log.for('virtual').error('a formula was not calculated back', { formula: job.formula, error: String(error) })
        await this.#end(job, 'failed')
      }
    }
  }

  async #work(job: StoredJob): Promise<void> {
    for (;;) {
      if (this.#stopped || job.state !== 'running') return
      const known = this.#ways.find(job.formula)
      if (!known) return this.#end(job, 'failed')
      const { formula, series } = known
      if (job.doneTo >= job.to) return this.#end(job, 'done')
      const program = programOf(formula, this.#host)
      const slots = Math.max(96, Math.floor(mostSamples / Math.max(1, program.inputs.length)))
      const to = Math.min(job.to, job.doneTo + Math.min(monthMs, slots * slotMs))
      const made = await patiently(
        () => this.#slice(job, formula, program, series, to),
        () => this.#stopped,
      )
      if (!made) return
      Object.assign(job, { doneTo: to, rows: job.rows + made.rows, absent: job.absent + made.absent })
      const state = job.state
      await updateJob(this.#host.database, job.id, { doneTo: to, made: job.rows, absent: job.absent, state })
      this.#tell(job)
    }
  }

  async #slice(job: StoredJob, formula: StoredFormula, program: Program, series: number, to: number) {
    const last = Math.ceil(to / slotMs) * slotMs - slotMs
    if (last < job.doneTo) return { rows: 0, absent: 0 }
    const grids = await gridsOf(this.#host.workers.history.call, program.inputs, job.doneTo, last)
    const results = calculateGrid(program, grids, formula.share).flatMap((outcome, i) =>
      outcome ? [{ ...outcome, series, at: job.doneTo + i * slotMs }] : [],
    )
    const batch = batchOf(results)
    if (results.length > 0) await (job.replace ? this.#ways.correct(batch) : this.#ways.store(batch))
    return { rows: results.length, absent: results.filter(({ value }) => Number.isNaN(value)).length }
  }

  async #end(job: StoredJob, state: 'done' | 'failed' | 'cancelled'): Promise<void> {
    job.state = state
    job.endedAt = this.#host.clock()
    await updateJob(this.#host.database, job.id, { state, endedAt: job.endedAt })
    this.#tell(job)
    this.#host.events.announce({ event: 'changed', kind: 'formula', ids: [String(job.formula)] })
  }

  #tell({ from, to, doneTo, state }: StoredJob): void {
    if (state === 'waiting') return
    const done = to > from ? Math.floor(((doneTo - from) / (to - from)) * 100) : 100
    this.#host.events.announce({ event: 'jobs', job: 'virtual.backfill', done, total: 100, state })
  }
}

/** Throws FaultyFormula while the formula cannot be read, such as when a point of it is gone. */
function programOf(formula: StoredFormula, { plant }: Host): Program {
  return compile(formula.text, { ...formula, points: pointsOf(plant) })
}

/** Waits and tries again: as long as the store is busy, and for a while when it is being replaced. Undefined when stopped meanwhile. */
async function patiently<T>(work: () => Promise<T>, stopped: () => boolean): Promise<T | undefined> {
  for (let tries = 1; !stopped(); tries++) {
    try {
      return await work()
    } catch (error) {
      const isBusy = error instanceof Failure && busy.has(error.code)
      if (error instanceof FaultyFormula || (!isBusy && tries >= mostTries)) throw error
      await new Promise((resolve) => setTimeout(resolve, againMs))
    }
  }
  return undefined
}

const busy: ReadonlySet<string> = new Set(['busy', 'storage.full'])
