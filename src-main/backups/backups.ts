import { setTimeout as wait } from 'node:timers/promises'
import { backupJob, oldAfterMs, type Backup, type BackupRun, type BackupSettings, type backupWarnings } from '#shared/backups/contract.ts'
import { createCalendar } from '#shared/calendar.ts'
import { Failure, isFailureReport, type FailureReport } from '#shared/failures.ts'
import type { Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { clearParts } from './gather.ts'
import { listBackups } from './index-file.ts'
import { makeBackup } from './make.ts'
import { freeBytes, storeIn } from './place.ts'
import { nextRun } from './schedule.ts'
import { installationOf, readRun, readSettings, writeRun } from './settings.ts'

const tellEveryMs = 250
/** How long a disk may take to say what it has. */
const patienceMs = 3000

type Seen = { backups: Backup[]; unreadable: FailureReport | null; free: number | null }
const nothingSeen: Seen = { backups: [], unreadable: null, free: null }

/** The backups of this installation: one run at a time, the last one remembered. */
export class Backups {
  readonly #host: Host
  #run: BackupRun | null = null
  #running: { stop: AbortController; ended: Promise<void> } | undefined
  #seen: Seen = nothingSeen
  #looking: Promise<Seen> | undefined
  #told = 0
  /** The second that the last run is named after, UTC ms. */
  #named = 0

  constructor(host: Host) {
    this.#host = host
  }

  /** A run that the end of the program cut short has failed; what it copied in the data folder goes. */
  async start(): Promise<void> {
    await clearParts(this.#host.dataFolder)
    const run = await readRun(this.#host.database)
    this.#run = run
    if (run?.state !== 'running') return
    await this.#end(run, 'failed', new Failure('backup.interrupted'))
  }

  async stop(): Promise<void> {
    this.#running?.stop.abort()
    await this.#running?.ended
  }

  get busy(): boolean {
    return this.#running !== undefined
  }

  /** Starts a backup and answers at once. Throws `backup.noFolder`, and `busy` while another is under way. */
  async begin({ actor, entry }: Context): Promise<BackupRun> {
    if (this.#running) throw new Failure('busy', { what: 'backup' })
    const { database, clock, log } = this.#host
    const now = clock()
    // Two backups of one second would have one name, and the second would take the place of the first.
    this.#named = Math.max(now, this.#named + 1000)
    const run: BackupRun = {
      id: new Date(this.#named).toISOString().replaceAll(/[-:]|\.\d+/g, ''),
      startedAt: now,
      endedAt: null,
      state: 'running',
      phase: 'copying',
      done: 0,
      total: 1,
      copied: 0,
      repaired: 0,
      by: actor?.name ?? '',
      failure: null,
    }
    const stop = new AbortController()
    const running = { stop, ended: Promise.resolve() }
    this.#running = running
    this.#run = run
    const work = async () => {
      const failure = await this.#make(run, stop.signal)
      await this.#end(run, failure ? (failure.code === 'cancelled' ? 'cancelled' : 'failed') : 'done', failure)
      await entry?.amend({ state: run.state, bytes: run.copied, failure: failure?.code ?? null })
    }
    try {
      if ((await readSettings(database)).folder === null) throw new Failure('backup.noFolder')
      await writeRun(database, run)
    } catch (error) {
      this.#running = undefined
      throw error
    }
    running.ended = work()
      .catch((error: unknown) => log.error('the end of the backup could not be noted', { error: String(error) }))
      .finally(() => {
        this.#running = undefined
        this.#tell(run)
      })
    return { ...run }
  }

  cancel(): void {
    this.#running?.stop.abort()
  }

  async status() {
    const settings = await readSettings(this.#host.database)
    const { backups, unreadable, free } = await this.#look(settings)
    const lastGood = backups.find(({ test }) => test.ok)?.at ?? null
    const next = nextRun(settings, this.#run, createCalendar(this.#host.timeZone), this.#host.clock())
    return { settings, next, run: this.#run, warning: this.#warning(settings, lastGood), lastGood, backups, unreadable, free }
  }

  #warning({ folder }: BackupSettings, lastGood: number | null): (typeof backupWarnings)[number] | null {
    if (folder === null) return 'off'
    if (this.#run?.state === 'failed') return 'failed'
    if (lastGood === null) return 'none'
    return this.#host.clock() - lastGood > oldAfterMs ? 'old' : null
  }

  async #make(run: BackupRun, signal: AbortSignal): Promise<Failure | null> {
    const { host, log } = { host: this.#host, log: this.#host.log.for('backups') }
    try {
      const { folder, ...settings } = await readSettings(host.database)
      if (folder === null) throw new Failure('backup.noFolder')
      const installation = await installationOf(host.database)
      const made = await makeBackup({ host, settings: { ...settings, folder }, installation, run, signal, tell: () => this.#tell(run) })
      if (run.repaired > 0) log.warn('damaged files of earlier backups were copied anew', { files: run.repaired })
      if (made.test.failure) return asFailure(made.test.failure)
      log.info('backup made', { id: made.id, samples: made.samples, copied: run.copied, took: host.clock() - run.startedAt })
      return null
    } catch (error) {
      if (error instanceof Failure) return error
      log.error('the backup ended by a mistake', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      return new Failure('backup.broken', { reason: error instanceof Error ? error.message : String(error) })
    }
  }

  async #end(run: BackupRun, state: BackupRun['state'], failure: Failure | null): Promise<void> {
    Object.assign(run, { state, endedAt: this.#host.clock(), failure: failure?.report() ?? null })
    if (failure && state === 'failed') this.#host.log.error('backup failed', { id: run.id, code: failure.code, ...failure.params })
    await writeRun(this.#host.database, run)
  }

  /** While a run uses the disk, what was seen last is answered: a disk that hangs must not take more than one thread of the process. */
  async #look({ folder }: BackupSettings): Promise<Seen> {
    if (folder === null) return nothingSeen
    if (this.#running) return this.#seen
    this.#looking ??= this.#lookAt(folder).finally(() => {
      this.#looking = undefined
    })
    const silent = wait(patienceMs, undefined, { ref: false }).then(() => ({ ...this.#seen, unreadable: denied(folder, 'no answer') }))
    return await Promise.race([this.#looking, silent])
  }

  async #lookAt(folder: string): Promise<Seen> {
    try {
      const store = storeIn(folder, await installationOf(this.#host.database))
      const free = await freeBytes(folder)
      const { indexes, bad } = await listBackups(store)
      const unreadable = bad[0] ? new Failure('backup.indexBad', { name: bad[0].name, reason: bad[0].reason.message }).report() : null
      this.#seen = { backups: indexes, unreadable, free }
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error)
      this.#seen = { backups: [], unreadable: denied(folder, reason), free: null }
    }
    return this.#seen
  }

  #tell(run: BackupRun): void {
    const now = this.#host.clock()
    if (run.state === 'running' && Math.abs(now - this.#told) < tellEveryMs) return
    this.#told = now
    const { done, total, state } = run
    this.#host.events.announce({ event: 'jobs', job: backupJob, done, total, state })
    if (state !== 'running') this.#host.events.announce({ event: 'changed', kind: 'backup', ids: [run.id] })
  }
}

function denied(folder: string, reason: string): FailureReport {
  return new Failure('backup.folderDenied', { folder, reason }).report()
}

function asFailure({ code, params }: NonNullable<Backup['test']['failure']>): Failure {
  return isFailureReport({ code, params })
    ? new Failure(code as FailureReport['code'], params)
    : new Failure('backup.broken', { reason: code })
}
