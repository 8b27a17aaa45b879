import { createReadStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exportJob, exportSchema, exportTypes, type Export, type ExportFormat, type ExportRun } from '#shared/backups/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import type { Download } from '../download.ts'
import { codeOf, isMissing, writeWhole } from './disk.ts'
import { writeExport } from './write-export.ts'

const listName = 'export.json'
const tellEveryMs = 250
const unfinished = '.part'
const pieceBytes = 256 * 1024

/** Full exports in a folder of the data folder: one is made at a time, and one that is there is whole. */
export class Exports {
  readonly #host: Host
  readonly #folder: string
  #run: ExportRun | null = null
  #running: { stop: AbortController; ended: Promise<void> } | undefined
  #told = 0

  constructor(host: Host) {
    this.#host = host
    this.#folder = join(host.dataFolder, 'exports')
  }

  /** Takes away what the end of the program cut short. */
  async start(): Promise<void> {
    for (const name of await this.#names())
      if (name.endsWith(unfinished)) await rm(join(this.#folder, name), { recursive: true, force: true })
  }

  async stop(): Promise<void> {
    this.#running?.stop.abort()
    await this.#running?.ended
  }

  get busy(): boolean {
    return this.#running !== undefined
  }

  get run(): ExportRun | null {
    return this.#run
  }

  cancel(): void {
    this.#running?.stop.abort()
  }

  begin(format: ExportFormat, { entry }: Context): ExportRun {
    if (this.#running) throw new Failure('busy', { what: 'export' })
    const startedAt = this.#host.clock()
    const id = `${new Date(startedAt).toISOString().slice(0, 19).replaceAll(':', '-')}-${format.replace('.', '-')}`
    const run: ExportRun = { id, format, state: 'running', done: 0, total: 1, rows: 0, failure: null }
    const stop = new AbortController()
    this.#run = run
    const work = async () => {
      const failure = await this.#make(run, startedAt, stop.signal)
      run.failure = failure?.report() ?? null
      run.state = failure ? (failure.code === 'cancelled' ? 'cancelled' : 'failed') : 'done'
      if (run.state === 'failed') this.#host.log.error('export failed', { id, code: failure?.code })
      await entry?.amend({ state: run.state, rows: run.rows, failure: failure?.code ?? null })
    }
    const ended = work()
      .catch((error: unknown) => this.#host.log.error('the end of the export could not be noted', { error: String(error) }))
      .finally(() => {
        this.#running = undefined
        this.#tell()
      })
    this.#running = { stop, ended }
    return { ...run }
  }

  /** Newest first. */
  async list(): Promise<Export[]> {
    const found: Export[] = []
    for (const name of await this.#names()) {
      if (name.endsWith(unfinished)) continue
      const one = await this.#read(name)
      if (one) found.push(one)
    }
    return found.toSorted((a, b) => b.startedAt - a.startedAt)
  }

  async remove(id: string): Promise<void> {
    if (!(await this.#read(id))) throw new Failure('notFound', { what: 'export' })
    await rm(join(this.#folder, id), { recursive: true, force: true })
  }

  /** A file of an export. Only names that the export itself lists are found. */
  async download(id: string, name: string): Promise<Download> {
    const found = await this.#read(id)
    if (!found?.files.some((file) => file.name === name)) throw new Failure('notFound', { what: 'export' })
    return { name, type: exportTypes[found.format], pieces: createReadStream(join(this.#folder, id, name), { highWaterMark: pieceBytes }) }
  }

  async #make(run: ExportRun, startedAt: number, signal: AbortSignal): Promise<Failure | null> {
    const part = join(this.#folder, run.id + unfinished)
    const { log, clock } = this.#host
    try {
      await mkdir(part, { recursive: true, mode: 0o700 })
      const onStep = (done: number, total: number, rows: number) => {
        Object.assign(run, { done, total, rows })
        this.#tell()
      }
      const { files, rows } = await writeExport(this.#host, part, run.format, { signal, onStep })
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
      const made: Export = { id: run.id, format: run.format, startedAt, endedAt: clock(), rows, bytes, files }
      await writeWhole(join(part, listName), `${JSON.stringify(made, null, 1)}\n`)
      await rename(part, join(this.#folder, run.id))
      Object.assign(run, { done: run.total, rows })
      log.info('export made', { id: run.id, rows, bytes, took: made.endedAt - startedAt })
      return null
    } catch (error) {
      await rm(part, { recursive: true, force: true })
      if (error instanceof Failure) return signal.aborted ? new Failure('cancelled') : error
      if (codeOf(error) !== '')
        return new Failure(codeOf(error) === 'ENOSPC' ? 'storage.full' : 'storage.failed', { reason: codeOf(error) })
      log.error('the export ended by a mistake', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      return new Failure('backup.broken', { reason: error instanceof Error ? error.message : String(error) })
    }
  }

  async #names(): Promise<string[]> {
    try {
      return await readdir(this.#folder)
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }

  async #read(id: string): Promise<Export | undefined> {
    try {
      return exportSchema.parse(JSON.parse(await readFile(join(this.#folder, id, listName), 'utf8')))
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  #tell(): void {
    const run = this.#run
    if (!run) return
    const now = this.#host.clock()
    if (run.state === 'running' && Math.abs(now - this.#told) < tellEveryMs) return
    this.#told = now
    this.#host.events.announce({ event: 'jobs', job: exportJob, done: run.done, total: run.total, state: run.state })
    if (run.state !== 'running') this.#host.events.announce({ event: 'changed', kind: 'export', ids: [run.id] })
  }
}
