import { parentPort } from 'node:worker_threads'
import type { HistoryPort, StoredLine } from '#shared/history/port.ts'
import { buffersOf } from '#shared/reading.ts'
import { announce, serve, Transfer, type Channel } from '#shared/rpc.ts'
import { historyEngine } from './engine.ts'

if (!parentPort) throw new Error('history runs as a worker thread')
const channel = parentPort as Channel
const engine = historyEngine({ clock: () => Date.now(), onProgress: (progress) => announce(channel, 'progress', progress) })

serve<HistoryPort>(channel, {
  ...engine,
  chart: async (input) => moved(await engine.chart(input), (lines) => lines.flatMap(buffersOfLine)),
  readings: async (input) => moved(await engine.readings(input), buffersOfLine),
  latest: async (input) => moved(await engine.latest(input), buffersOf),
})

function moved<T>(value: T, buffers: (value: T) => ArrayBuffer[]): Transfer<T> {
  return new Transfer(value, [...new Set(buffers(value))])
}

function buffersOfLine({ at, value, quality, min, max }: StoredLine): ArrayBuffer[] {
  return [at, value, quality, min, max].flatMap((column) => (column ? (column.buffer as ArrayBuffer) : []))
}
