import type { Flood } from './row.ts'

/** A flood begins with more than ten in ten minutes and ends below five in ten minutes (EEMUA 191). */
export const floodWindowMs = 600_000
export const floodBegins = 10
export const floodEnds = 5

type Told = { at: number; id: string }

/**
 * Whether there is a flood of alarms. After a start it is told again what was annunciated before, in the order of time, from a quiet moment on (a
 * day is plenty), and then says the same as without the stop.
 */
export class FloodWatch {
  private recent: Told[] = []
  private first: Told | null = null

  /** An alarm was annunciated: `at` UTC ms, `id` of its condition. */
  take(at: number, id: string): void {
    this.settle(at)
    let i = this.recent.length
    while (i > 0 && (this.recent[i - 1]?.at ?? 0) > at) i -= 1
    this.recent.splice(i, 0, { at, id })
    if (this.first === null && this.recent.length > floodBegins) this.first = this.recent[0] ?? null
  }

  /** `since` is when the first one of the flood came. */
  look(at: number): Flood {
    this.settle(at)
    return {
      active: this.first !== null,
      since: this.first?.at ?? null,
      count: this.recent.length,
      firstOut: this.first?.id ?? null,
    }
  }

  private settle(at: number): void {
    const gone = this.recent.findIndex((told) => told.at > at - floodWindowMs)
    if (gone < 0) this.recent = []
    else if (gone > 0) this.recent.splice(0, gone)
    if (this.recent.length < floodEnds) this.first = null
  }
}

/** From the first of its alarms until fewer than five had come in ten minutes; `to` is null while it lasts. */
export type FloodSpan = { from: number; to: number | null; count: number; firstOut: string }

/** Floods among alarms in the order of time, as they stand at `now` (UTC ms). */
export function floodsOf(told: readonly Told[], now: number): FloodSpan[] {
  const spans: FloodSpan[] = []
  let open: FloodSpan | null = null
  let oldest = 0
  const closeBy = (at: number, newest: number) => {
    const last = told[newest - floodEnds + 1]
    if (!open || !last || last.at + floodWindowMs > at) return
    open.to = last.at + floodWindowMs
    open = null
  }
  told.forEach(({ at }, i) => {
    closeBy(at, i - 1)
    while ((told[oldest]?.at ?? at) <= at - floodWindowMs) oldest += 1
    const first = told[oldest]
    if (open) open.count += 1
    else if (first && i - oldest + 1 > floodBegins) {
      open = { from: first.at, to: null, count: i - oldest + 1, firstOut: first.id }
      spans.push(open)
    }
  })
  closeBy(now, told.length - 1)
  return spans
}
