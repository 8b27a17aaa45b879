import type { Export, ExportFormat } from '#shared/backups/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { ExportedFile, ExportPort } from '#shared/history/export-port.ts'
import type { HistoryPort, StoredLine } from '#shared/history/port.ts'
import { buffersOf, emptyBatch, type ReadingBatch } from '#shared/reading.ts'
import type { Remote } from '#shared/rpc.ts'
import type { Host } from '../capability.ts'
import { WorkerThread } from '../workers.ts'
import { describePlant } from './points.ts'

/** Of the thread that writes, beside what the store has. */
const memoryMb = 256
/** Series of one question: a month of quarter hours of so many stays below 5 MB. */
const slice = 100

export type Progress = { signal: AbortSignal; onStep: (done: number, total: number, rows: number) => void }

/** Writes everything stored into a folder of its own, month by month (UTC). Throws `cancelled` when told to stop. */
export async function writeExport(
  host: Host,
  folder: string,
  format: ExportFormat,
  { signal, onStep }: Progress,
): Promise<Pick<Export, 'files' | 'rows'>> {
  const history = host.workers.history.call
  const { first, last } = await history.status({})
  const stored = [...(await history.latest({})).series].toSorted((a, b) => a - b)
  const plant = await describePlant(host)
  return await withWriter(host, signal, async (writer) => {
    const files = await writer.beginExport({ folder, memoryMb, format, ...plant })
    let rows = 0
    try {
      const months = first === null || last === null ? [] : monthsOf(first, last)
      const steps = Math.ceil(stored.length / slice)
      for (const [i, { name, from, to }] of months.entries()) {
        let added = 0
        for (let step = 0; step < steps; step++) {
          if (signal.aborted) throw new Failure('cancelled')
          onStep(i * steps + step, months.length * steps, rows)
          const series = stored.slice(step * slice, (step + 1) * slice)
          const batch = toBatch(await history.samples({ series, from, to }))
          added += batch.series.length
          rows += batch.series.length
          if (batch.series.length > 0) await writer.addSamples(batch, buffersOf(batch))
        }
        if (added > 0) files.push(await checked(writer, `readings-${name}`, added))
      }
    } finally {
      await writer.endExport({})
    }
    return { files, rows }
  })
}

async function checked(writer: Remote<ExportPort>, name: string, added: number): Promise<ExportedFile> {
  const file = await writer.writeSamples({ name })
  if (file.rows !== added) throw new Error(`${file.name} has ${file.rows} rows of ${added}`)
  return file
}

async function withWriter<T>(host: Host, signal: AbortSignal, work: (call: Remote<ExportPort>) => Promise<T>): Promise<T> {
  const thread = new WorkerThread<HistoryPort & ExportPort>({
    name: 'export',
    url: host.layout.worker('history'),
    log: host.log.for('export'),
    clock: host.clock,
    begin: async () => undefined,
    onEvent: () => undefined,
  })
  const stop = () => void Promise.allSettled([thread.call.stopExport({})])
  try {
    await thread.start()
    signal.addEventListener('abort', stop, { once: true })
    return await work(thread.call)
  } finally {
    signal.removeEventListener('abort', stop)
    await thread.stop(async () => undefined)
  }
}

function toBatch(lines: readonly StoredLine[]): ReadingBatch {
  const batch = emptyBatch(lines.reduce((sum, { at }) => sum + at.length, 0))
  let from = 0
  for (const { series, at, value, quality } of lines) {
    batch.series.fill(series, from, from + at.length)
    batch.at.set(at, from)
    batch.value.set(value, from)
    batch.quality.set(quality, from)
    from += at.length
  }
  return batch
}

/** The months of UTC that a range touches. */
function monthsOf(first: number, last: number): { name: string; from: number; to: number }[] {
  const months: { name: string; from: number; to: number }[] = []
  const begin = new Date(first)
  for (let year = begin.getUTCFullYear(), month = begin.getUTCMonth(); Date.UTC(year, month) <= last; month++) {
    const from = Date.UTC(year, month)
    months.push({ name: new Date(from).toISOString().slice(0, 7), from, to: Date.UTC(year, month + 1) })
  }
  return months
}
