import type { Samples } from '#shared/history/reduce.ts'
import { askedUntil, goOn, type HistoryCall } from '../../history/question.ts'

const dayMs = 24 * 3_600_000
const slotMs = 15 * 60_000
/** So many samples are fetched at once, over all series. */
const atOnce = 300_000
const fastestGrowth = 4

/** Samples of some series from one moment to another, later than those before. */
export type Window = { lines: ReadonlyMap<number, Samples>; to: number }

/**
 * Every sample of from <= at < to, in windows of time that fit into memory. History lies in files of one month, so that long windows end with
 * one. Throws `cancelled` when the signal fires.
 */
export async function* windowsOf(
  call: HistoryCall,
  signal: AbortSignal,
  asked: { series: readonly number[]; from: number; to: number },
): AsyncGenerator<Window> {
  const series = [...asked.series]
  let length = Math.max(dayMs, (atOnce / Math.max(1, series.length)) * slotMs)
  for (let from = asked.from; from < asked.to;) {
    goOn(signal)
    const first = from
    const to = Math.min(asked.to, endOf(first, length))
    const lines = await askedUntil(call, signal, (query) => call.samples({ series, from: first, to, query }))
    yield { lines: new Map(lines.map((line) => [line.series, line])), to }
    const got = lines.reduce((sum, { at }) => sum + at.length, 0)
    length *= Math.min(fastestGrowth, Math.max(1 / fastestGrowth, atOnce / Math.max(1, got)))
    length = Math.min(366 * dayMs, Math.max(slotMs, length))
    from = to
  }
}

function endOf(from: number, length: number): number {
  const to = from + length
  const day = new Date(to)
  const month = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1)
  return Math.ceil(month > from + dayMs ? month : to)
}
