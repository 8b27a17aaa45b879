/** One stored index of a meter: UTC ms, and kWh, m³ or whatever the register counts. */
export type IndexSample = { at: number; value: number }

/** A stray value has at most so many samples; more of them are the meter's own doing. */
const mostStray = 4

export type Cleaned = {
  /** What is left: it only grows, but for the places in `resets`. */
  samples: IndexSample[]
  /** Positions of samples before which the register went back for good, such as after a reset. */
  resets: number[]
  /** How many stray values were left out. */
  stray: number
}

/**
 * Leaves out stray values of a register that only grows: a few that are too low between two that agree, or a few that are too
 * high. A register that stays low was set back. `samples` are oldest first; what is no number or negative is left out.
 */
export function cleanIndex(samples: readonly IndexSample[]): Cleaned {
  const usable = samples.filter(({ value }) => Number.isFinite(value) && value >= 0)
  const kept: IndexSample[] = []
  const resets: number[] = []
  let stray = samples.length - usable.length
  for (let i = 0; i < usable.length; i++) {
    const sample = usable[i] as IndexSample
    const last = kept.at(-1)
    if (!last || sample.value >= last.value) {
      kept.push(sample)
      continue
    }
    const dip = dipLength(usable, i, last.value)
    if (dip > 0) {
      stray += dip
      i += dip - 1
      continue
    }
    const peak = peakLength(kept, resets.at(-1) ?? 0, sample.value)
    if (peak > 0) {
      kept.length -= peak
      stray += peak
    } else resets.push(kept.length)
    kept.push(sample)
  }
  return { samples: kept, resets, stray }
}

/** How many samples from `from` on are too low before one that fits again; 0 when none does soon. */
function dipLength(samples: readonly IndexSample[], from: number, before: number): number {
  for (let length = 1; length <= mostStray; length++) {
    const next = samples[from + length]
    if (!next) return 0
    if (next.value >= before) return length
  }
  return 0
}

/** How many of the samples kept last are too high for what follows; 0 when it is more than a few. */
function peakLength(kept: readonly IndexSample[], since: number, after: number): number {
  for (let length = 1; length <= mostStray; length++) {
    const earlier = kept.length - length - 1
    const one = kept[earlier]
    if (earlier < since || !one) return 0
    if (one.value <= after) return length
  }
  return 0
}
