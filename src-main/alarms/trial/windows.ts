import { randomUUID } from 'node:crypto'
import { Failure } from '#shared/failures.ts'
import type { HistoryPort, StoredLine } from '#shared/history/port.ts'
import type { Samples } from '#shared/history/reduce.ts'
import type { Remote } from '#shared/rpc.ts'

const dayMs = 24 * 3_600_000
const slotMs = 15 * 60_000
/** So many samples are fetched at once, over all series. */
const atOnce = 300_000
const fastestGrowth = 4
const longestMs = 366 * dayMs

/** Samples of some series from one moment to another, later than those before. */
export type Window = { lines: ReadonlyMap<number, Samples>; to: number }

/**
 * Every sample of from <= at < to, in windows of time that fit into memory. History lies in files of one month, so that long windows end with
 * one. Throws `cancelled` when the signal fires.
 */
export async function* windowsOf(
  call: Remote<HistoryPort>,
  signal: AbortSignal,
  asked: { series: readonly number[]; from: number; to: number },
): AsyncGenerator<Window> {
  const series = [...asked.series]
  let length = Math.max(dayMs, (atOnce / Math.max(1, series.length)) * slotMs)
  for (let from = asked.from; from < asked.to;) {
    const to = Math.min(asked.to, endOf(from, length))
    const lines = await samplesUntil(call, signal, { series, from, to })
    yield { lines: new Map(lines.map((line) => [line.series, line])), to }
    const got = lines.reduce((sum, { at }) => sum + at.length, 0)
    const fitting = ((to - from) * atOnce) / Math.max(1, got)
    length = Math.max(slotMs, Math.min(fitting, fastestGrowth * length, longestMs))
    from = to
  }
}

/** The question is taken back when the signal fires, so that nobody works on an answer that nobody waits for. */
async function samplesUntil(call: Remote<HistoryPort>, signal: AbortSignal, range: { series: number[]; from: number; to: number }) {
  const query = randomUUID()
  if (signal.aborted) throw new Failure('cancelled')
  return await new Promise<StoredLine[]>((resolve, reject) => {
    const leave = () => {
      call.cancel({ query }).catch(reject)
      reject(new Failure('cancelled'))
    }
    signal.addEventListener('abort', leave, { once: true })
    void call
      .samples({ ...range, query })
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', leave))
  })
}

function endOf(from: number, length: number): number {
  const to = from + length
  const day = new Date(to)
  const month = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1)
  return Math.ceil(month > from + dayMs ? month : to)
}
