// The history thread: the only owner of the journal and the database.
import { parentPort, workerData } from 'node:worker_threads'
import type { ExportPort } from '#shared/history/export-port.ts'
import type { HistoryPort, StoredLine } from '#shared/history/port.ts'
import { buffersOf } from '#shared/reading.ts'
import { announce, serve, Transfer, type Channel } from '#shared/rpc.ts'
import { historyEngine } from './engine.ts'
import { exporter } from './export.ts'

if (!parentPort) throw new Error('started without a parent')
const channel = parentPort as Channel
const { clockOffsetMs = 0 } = (workerData ?? {}) as { clockOffsetMs?: number }
const engine = historyEngine({
  clock: () => Date.now() + clockOffsetMs,
  onProgress: (progress) => announce(channel, 'progress', progress),
})

serve<HistoryPort & ExportPort>(channel, {
  ...engine,
  ...exporter(),
  chart: async (input) => moved(await engine.chart(input), (lines) => lines.flatMap(buffersOfLine)),
  aggregate: async (input) => moved(await engine.aggregate(input), (all) => all.flatMap(buffersOfColumns)),
  sums: async (input) => moved(await engine.sums(input), buffersOfColumns),
  gaps: async (input) => moved(await engine.gaps(input), (all) => all.flatMap(buffersOfColumns)),
  samples: async (input) => moved(await engine.samples(input), (lines) => lines.flatMap(buffersOfLine)),
  readings: async (input) => moved(await engine.readings(input), buffersOfLine),
  latest: async (input) => moved(await engine.latest(input), buffersOf),
})

// A thread that ends while DuckDB works takes the whole process with it, so an unforeseen error has to wait until it rests.
process.once('uncaughtException', (error) => {
  void Promise.allSettled([engine.close({})]).then(() =>
    setImmediate(() => {
      throw error
    }),
  )
})

function moved<T>(value: T, buffers: (value: T) => ArrayBuffer[]): Transfer<T> {
  return new Transfer(value, [...new Set(buffers(value))])
}

function buffersOfColumns(columns: object): ArrayBuffer[] {
  return Object.values(columns).flatMap((column: unknown) => (ArrayBuffer.isView(column) ? (column.buffer as ArrayBuffer) : []))
}

function buffersOfLine({ at, value, quality, min, max }: StoredLine): ArrayBuffer[] {
  return [at, value, quality, min, max].flatMap((column) => (column ? (column.buffer as ArrayBuffer) : []))
}
