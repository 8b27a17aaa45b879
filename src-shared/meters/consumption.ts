import { cleanIndex, type IndexSample } from './clean.ts'

/**
 * One meter taken out and another put in. `final` is the last index of the old one and `first` the first of the new one; null
 * when nobody read it, or when the change was only noticed: then nothing is known of what was used between the samples around it.
 */
export type Exchange = { at: number; final: number | null; first: number | null }

export type Consumption = {
  /** In the unit of the register; null when no two samples can be compared. Never negative. */
  value: number | null
  /** UTC ms of the samples that it was counted from and to; null without any. */
  from: number | null
  to: number | null
  /** The samples reach over the whole range, and nothing in it is unknown. */
  complete: boolean
  exchanges: number
  resets: number
  stray: number
}

/** A sample so long before the start of a range still stands for the start, ms. */
const reachMs = 60 * 60_000

/**
 * What was used from `from` to `to` (UTC ms), out of the samples of one register, oldest first, which should begin before `from` and
 * end after `to` (so that stray values at the ends are known as such), and the exchanges of the meter. Across an exchange the rest of the old meter and the beginning of the new one
 * are added; a register that went back counts on from where it stands. Pure.
 */
export function consumptionOf(
  samples: readonly IndexSample[],
  exchanges: readonly Exchange[],
  { from, to }: { from: number; to: number },
): Consumption {
  const sorted = [...exchanges].sort((a, b) => a.at - b.at)
  const spans = spansOf(samples, sorted)
  const begin = beginOf(spans, from)
  const result: Consumption = { value: null, from: null, to: null, complete: true, exchanges: 0, resets: 0, stray: 0 }
  let last: { sample: IndexSample; span: number } | null = null
  spans.forEach(({ samples: run, resets, stray }, i) => {
    result.stray += stray
    run.forEach((sample, place) => {
      if (sample.at < begin || sample.at > to) return
      result.from ??= sample.at
      result.to = sample.at
      if (last === null) {
        result.value = null
      } else if (last.span !== i) {
        const crossed = across(last.sample, sorted.slice(last.span, i), sample)
        result.exchanges += i - last.span
        if (crossed === null) result.complete = false
        result.value = (result.value ?? 0) + (crossed ?? 0)
      } else if (resets.includes(place)) {
        result.resets++
        result.complete = false
        result.value ??= 0
      } else result.value = (result.value ?? 0) + (sample.value - last.sample.value)
      last = { sample, span: i }
    })
  })
  const reaches = result.from !== null && result.to !== null && result.from <= from && result.to >= to - reachMs
  return { ...result, complete: result.complete && reaches }
}

type Span = ReturnType<typeof cleanIndex>

/** The samples of each meter in turn. The meter after the i-th exchange is the span i + 1. */
function spansOf(samples: readonly IndexSample[], exchanges: readonly Exchange[]): Span[] {
  const edges = [Number.NEGATIVE_INFINITY, ...exchanges.map(({ at }) => at), Number.POSITIVE_INFINITY]
  return edges.slice(0, -1).map((start, i) => cleanIndex(samples.filter(({ at }) => at >= start && at < (edges[i + 1] ?? 0))))
}

/** The last sample at or before `from`, or `from` itself when there is none: then the first one after it is the beginning. */
function beginOf(spans: readonly Span[], from: number): number {
  let begin = from
  for (const { samples } of spans) for (const { at } of samples) if (at <= from) begin = at
  return begin
}

/** What was used between a sample of one meter and one of a later meter; null when an index in between is not known. */
function across(before: IndexSample, exchanges: readonly Exchange[], after: IndexSample): number | null {
  let used = 0
  let index = before.value
  for (const { final, first } of exchanges) {
    if (final === null || first === null) return null
    used += Math.max(0, final - index)
    index = first
  }
  return used + Math.max(0, after.value - index)
}
