import { Failure } from '#shared/failures.ts'
import { scoreReports } from '#shared/practice/score.ts'
import type { Fault } from '#shared/simulator/faults.ts'
import { systemContext, type Host } from '../capability.ts'
import type { Log } from '../log.ts'
import * as store from './store.ts'
import type { FaultRow, RunRow } from './store.ts'
import { besides, openTown, standsAt } from './town.ts'

const lookEveryMs = 1_000
const keepEveryMs = 10_000
const hourMs = 3_600_000
/** A jump is rounded to the steps of the town; less would not get anywhere. */
const leastJumpMs = 60_000

/**
 * Lets an exercise happen: strikes at its time, ends at its limit, mends what it broke. Its time goes on with the town's, and stands
 * still while the town or this program does. One piece of work at a time.
 */
export class Conductor {
  readonly #host: Host
  readonly #log: Log
  #timer: NodeJS.Timeout | undefined
  #queue: Promise<unknown> = Promise.resolve()
  #run: RunRow | null = null
  /** The town was away since the last look. */
  #away = true
  #keptAt = 0
  #told = ''

  constructor(host: Host) {
    this.#host = host
    this.#log = host.log.for('practice')
  }

  /** Goes on with what a former run of the program left. */
  async start(): Promise<void> {
    this.#run = (await store.runningRun(this.#host.database)) ?? null
    if (this.#run || (await store.leftFaults(this.#host.database)).length > 0) this.#wake()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#timer = undefined
    await this.#queue
    await this.#keep()
  }

  /** The exercise as it stands at this moment; null when none runs. */
  async current(): Promise<RunRow | null> {
    if (this.#run) await this.#alone(() => this.#look())
    return this.#run
  }

  /** Starts an exercise that `make` writes down. Throws `practice.running` while another runs. */
  async begin(make: () => Promise<RunRow>): Promise<void> {
    await this.#alone(async () => {
      if (this.#run) throw new Failure('practice.running')
      this.#run = await make()
      this.#away = false
      this.#keptAt = this.#host.clock()
      this.#wake()
    })
  }

  /** Lets the town live through some hours; each fault strikes in its time. */
  async ahead(id: string, hours: number): Promise<void> {
    await this.#alone(async () => {
      const run = this.#running(id)
      await this.#look()
      if (this.#away) throw new Failure('practice.noTown')
      const end = Math.min(run.limitMs, run.elapsed + hours * hourMs)
      while (this.#run && this.#run.elapsed < end) {
        const { elapsed } = this.#run
        const planned = (await store.readFaults(this.#host.database, id)).find(({ state, after }) => state === 'planned' && after > elapsed)
        const step = Math.max(leastJumpMs, Math.min(end, planned?.after ?? end) - elapsed)
        await this.#host.call('simulator.jump', { hours: step / hourMs }, systemContext)
        await this.#look()
      }
    })
  }

  async end(id: string, state: 'ended' | 'cancelled'): Promise<void> {
    await this.#alone(async () => {
      const run = this.#running(id)
      await this.#look()
      if (this.#run) await this.#finish(run, state)
    })
  }

  /** Does something to the exercise that runs, at this moment of it. Throws `practice.over` when it does not run any more. */
  async within<T>(id: string, work: (run: RunRow) => Promise<T>): Promise<T> {
    return this.#alone(async () => {
      this.#running(id)
      await this.#look()
      const result = await work(this.#running(id))
      await this.#keep()
      return result
    })
  }

  #running(id: string): RunRow {
    if (this.#run?.id !== id) throw new Failure('practice.over')
    return this.#run
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work)
    this.#queue = result.catch(() => undefined)
    return result
  }

  #wake(): void {
    let busy = false
    this.#timer ??= setInterval(() => {
      if (busy) return
      busy = true
      this.#alone(() => this.#look())
        .then(() => (this.#told = ''))
        .catch((error: unknown) => {
          if (this.#told !== String(error)) this.#log.error('the exercise does not go on', { error: String(error) })
          this.#told = String(error)
        })
        .finally(() => (busy = false))
    }, lookEveryMs)
  }

  async #look(): Promise<void> {
    const town = await openTown(this.#host)
    if (!town) {
      this.#away = true
      return
    }
    const run = this.#run
    if (!run) return this.#healLeft(town.now)
    if (this.#away) await this.#comeBack(run, town.now)
    this.#away = false
    run.elapsed += Math.max(0, town.now - run.townAt)
    run.townAt = town.now
    for (const fault of await store.readFaults(this.#host.database, run.id)) {
      if (fault.state === 'planned' && fault.after <= run.elapsed) await this.#strike(fault, run.elapsed)
    }
    if (run.elapsed >= run.limitMs) await this.#finish(run, 'ended')
    else if (this.#host.clock() - this.#keptAt >= keepEveryMs) await this.#keep()
  }

  async #keep(): Promise<void> {
    if (!this.#run) return
    const { id, elapsed, townAt } = this.#run
    this.#keptAt = this.#host.clock()
    await store.changeRun(this.#host.database, id, { elapsed, townAt })
  }

  /** The town is there again, perhaps as it was some time ago, perhaps made anew: what the exercise broke is broken again. */
  async #comeBack(run: RunRow, now: number): Promise<void> {
    run.townAt = now
    await this.#host.call('simulator.pace', { speed: run.speed }, systemContext)
    const standing = (await this.#faults()).filter((fault) => standsAt(fault, now))
    const faults = await store.readFaults(this.#host.database, run.id)
    for (const fault of faults) {
      if (fault.own === 0 || fault.state === 'planned' || fault.state === 'healed') continue
      const over = fault.lasts !== null && run.elapsed >= fault.after + fault.lasts
      if (over || standing.some(({ id }) => id === fault.fault)) continue
      // It was struck, but the program ended before that was written down.
      const struck = standing.find(
        ({ id, kind, target }) => kind === fault.kind && target === fault.target && faults.every((one) => one.fault !== id),
      )
      if (struck) await this.#noteStruck(fault, struck, fault.after)
      else await this.#strike(fault, fault.state === 'striking' ? run.elapsed : fault.after)
    }
  }

  async #strike(fault: FaultRow, after: number): Promise<void> {
    const { database } = this.#host
    const { kind, target, lasts } = fault
    await store.changeFault(database, fault.id, { state: 'striking' })
    const rest = lasts === null ? undefined : Math.max(leastJumpMs, lasts - ((this.#run?.elapsed ?? after) - after)) / hourMs
    try {
      const params = JSON.parse(fault.params) as Record<string, number>
      await this.#noteStruck(fault, await this.#host.call('simulator.strike', { kind, target, params, hours: rest }, systemContext), after)
    } catch (error) {
      if (!(error instanceof Failure) || (error.code !== 'notFound' && error.code !== 'input.invalid')) throw error
      this.#log.warn('the town has no such place any more, the exercise goes on without the fault', { kind, target })
      await store.dropFault(database, fault.id)
    }
  }

  async #noteStruck(fault: FaultRow, struck: Fault, after: number): Promise<void> {
    const fromAt = fault.fromAt ?? struck.from
    await store.changeFault(this.#host.database, fault.id, { state: 'struck', fault: struck.id, after, fromAt, toAt: struck.to })
  }

  async #faults(): Promise<Fault[]> {
    return (await this.#host.call('simulator.faults', {}, systemContext)).faults
  }

  async #finish(run: RunRow, state: 'ended' | 'cancelled'): Promise<void> {
    const { database, clock, events } = this.#host
    const now = run.townAt
    const own = await store.readFaults(database, run.id)
    const others = besides(run, own, this.#away ? [] : await this.#faults(), now)
    const findings = await store.readFindings(database, run.id)
    const truth = store.truthOf([...own, ...others])
    const points = new Map<string, number | null>()
    for (const { name } of await store.readTrainees(database, run.id)) {
      const reports = findings.filter(({ trainee }) => trainee === name)
      points.set(name, state === 'ended' ? scoreReports(reports, truth, run.limitMs, own.length).points : null)
    }
    await store.closeRun(database, { ...run, state, endedAt: clock(), toAt: now }, others, points)
    this.#run = null
    events.announce({ event: 'changed', kind: 'practice', ids: [run.id] })
    if (this.#away) return
    await this.#host.call('simulator.pace', { speed: run.speedBefore }, systemContext)
    await this.#healLeft(now)
  }

  /** Mends what exercises left broken, and sleeps when nothing is left. */
  async #healLeft(now: number): Promise<void> {
    const { database } = this.#host
    const left = await store.leftFaults(database)
    const faults = left.length > 0 ? await this.#faults() : []
    for (const fault of left) {
      const twin = faults.find((one) => one.kind === fault.kind && one.target === fault.target && standsAt(one, now))
      const struck = faults.find(({ id }) => id === fault.fault) ?? (fault.state === 'striking' ? twin : undefined)
      if (struck && standsAt(struck, now)) await this.#host.call('simulator.heal', { id: struck.id }, systemContext)
      const toAt = fault.toAt !== null && fault.toAt <= now ? fault.toAt : now
      await store.changeFault(database, fault.id, { state: 'healed', toAt, fromAt: fault.fromAt ?? struck?.from ?? null })
    }
    if (this.#run) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
