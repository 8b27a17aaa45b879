import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { history } from '#shared/history/contract.ts'
import type { HistoryPort, HistoryStatus, StoredLine } from '#shared/history/port.ts'
import { qualities, type ReadingBatch } from '#shared/reading.ts'
import type { Remote } from '#shared/rpc.ts'
import { join } from 'node:path'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { exportTable } from './export.ts'
import { skipUsed } from './numbers.ts'
import { Retentions } from './keep.ts'
import { Pending } from './pending.ts'
import { askedUntil } from './question.ts'
import { sparks } from './sparks.ts'
import { measureStorage } from './storage.ts'
import { readGaps, readTable } from './table.ts'

const memoryMb = 256
const threads = 2
/** Whoever can send again is asked to when this many samples wait for the disk. */
const mostWaitingRows = 1_000_000

export type HistoryCapability = Capability & {
  begin(call: Remote<HistoryPort>): Promise<void>
  onEvent(event: string, data: unknown): void
  /** The newest stored sample of every series, as it was when the store opened last. */
  newest(): ReadingBatch
  /** Stores samples; resolves when they are on disk. Rejects with `busy` at once while storing is in trouble. */
  store(batch: ReadingBatch): Promise<void>
}

export function createHistory(host: Host): HistoryCapability {
  const log = host.log.for('history')
  const thread = host.workers.history
  const pending = new Pending((batch) => thread.call.append(batch), log)
  let newest: ReadingBatch | undefined
  let refilling: { done: number; total: number } | null = null

  const retentions = new Retentions(host)
  const status = async (): Promise<HistoryStatus> => {
    const told = await thread.call.status({})
    const state = refilling ? 'refilling' : pending.notice === null ? told.state : 'failed'
    return { ...told, state, waiting: told.waiting + pending.rows, notice: pending.notice ?? told.notice }
  }

  const operations: Handlers<typeof history, Context> = {
    async chart({ series, from, to, width }, { signal }) {
      checkRange(from, to)
      const asked = { series: [...new Set(series)], from, to, width }
      const lines = await askedUntil(thread.call, signal, (query) => thread.call.chart({ ...asked, query }))
      return {
        lines: lines.map((line) => ({
          ...columns(line),
          series: line.series,
          stored: line.stored,
          min: numbers(line.min),
          max: numbers(line.max),
        })),
      }
    },
    async readings({ series, from, to, limit }, { signal }) {
      checkRange(from, to)
      const asked = { series, from, to, limit: limit + 1 }
      const line = await askedUntil(thread.call, signal, (query) => thread.call.readings({ ...asked, query }))
      const more = line.at.length > limit
      const { at, value, quality } = columns(line)
      return {
        at: at.slice(0, limit),
        value: value.slice(0, limit),
        quality: quality.slice(0, limit),
        next: more ? (at[limit] ?? null) : null,
      }
    },
    table: (asked, context) => readTable(host, asked, context),
    gaps: (asked, context) => readGaps(host, asked, context),
    sparks: (asked, { signal }) => sparks(thread.call, asked, host.clock(), signal),
    export: (asked, context) => exportTable(host, asked, context),
    status,
    storage: async () => await measureStorage(host.dataFolder, thread.call, await status()),
    retention: async () => ({ retention: await retentions.read(), points: await retentions.counts() }),
    async setRetention(retention) {
      await retentions.write(retention)
      return retention
    },
  }

  return {
    operations,
    newest: () => newest ?? { series: new Uint32Array(), at: new Float64Array(), value: new Float64Array(), quality: new Uint8Array() },
    async store(batch) {
      if (pending.notice !== null || pending.rows > mostWaitingRows) throw new Failure('busy', { what: 'history' })
      await pending.stored(batch)
    },
    async begin(call) {
      const opened = await call.open({ folder: join(host.dataFolder, 'history'), memoryMb, threads, timeZone: host.timeZone })
      refilling = null
      if (opened.notice !== null) log.warn(opened.notice)
      await retentions.tell(call)
      newest = await call.latest({})
      const skipped = await skipUsed(host.database, newest)
      if (skipped > 0) log.warn('the configuration is older than the history; its next series numbers come behind', { skipped })
      log.info('history opened', { samples: opened.samples, waiting: opened.waiting })
    },
    onEvent(event, data) {
      if (event !== 'progress') return
      const { done, total } = data as { done: number; total: number }
      refilling = done < total ? { done, total } : null
      host.events.announce({ event: 'jobs', job: 'history.refill', done, total, state: done < total ? 'running' : 'done' })
    },
    take({ batch, store }) {
      if (store) pending.put(batch)
    },
    deviceChanged: async () => retentions.tellSoon(),
    profileChanged: async () => retentions.tellSoon(),
    start: () => thread.start(),
    async stop() {
      retentions.stop()
      await pending.drain()
      await thread.stop((call) => call.close({}))
    },
  }
}

function checkRange(from: number, to: number): void {
  if (!(from < to)) throw new Failure('input.invalid', { fields: 'from must be before to' })
}

function columns({ at, value, quality }: StoredLine): { at: number[]; value: (number | null)[]; quality: number[] } {
  return { at: [...at], value: numbers(value) ?? [], quality: [...quality].map((code) => (code < qualities.length ? code : 1)) }
}

/** JSON has no NaN: an absent value is null. */
function numbers(column: Float64Array | null): (number | null)[] | null {
  return column && Array.from(column, (value) => (Number.isNaN(value) ? null : value))
}
