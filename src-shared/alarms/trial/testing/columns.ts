import type { Samples } from '../../../history/reduce.ts'
import { qualities, type Quality } from '../../../reading.ts'
import type { Check } from '../../check.ts'
import type { Planned } from '../../planned.ts'
import { DeviceRun } from '../device-run.ts'
import { slotMs } from '../tally.ts'

export const t0 = Date.UTC(2026, 0, 5)
export const at = (slot: number): number => t0 + slot * slotMs

type Sample = number | null | [value: number | null, quality: Quality]

/** A sample each quarter hour from t0 on; undefined leaves one out. */
export function column(samples: readonly (Sample | undefined)[]): Samples {
  const rows = samples.flatMap((sample, i) => {
    if (sample === undefined) return []
    const [value, quality] = Array.isArray(sample) ? sample : ([sample, 'good'] as const)
    return [{ at: at(i), value: value ?? Number.NaN, quality: qualities.indexOf(quality) }]
  })
  return {
    at: Float64Array.from(rows, (row) => row.at),
    value: Float64Array.from(rows, (row) => row.value),
    quality: Uint8Array.from(rows, (row) => row.quality),
  }
}

/** A condition of series 1, unless its check looks at others. */
export function planned(make: () => Check, minutes: { on?: number; off?: number } = {}, more: Partial<Planned> = {}): Planned {
  return {
    place: { rule: 'r', device: 'd', point: 'circuit1.flow', part: '' },
    priority: 'low',
    series: 1,
    point: null,
    delays: { onMs: (minutes.on ?? 0) * 60_000, offMs: (minutes.off ?? 0) * 60_000 },
    make,
    memoryMs: 0,
    beneath: null,
    ...more,
  }
}

/** Runs variants of conditions over columns from t0 on, up to the end of the longest. */
export function tried(variants: readonly (readonly Planned[])[], lines: Record<number, Samples>, from = t0): DeviceRun {
  const run = new DeviceRun(variants, from)
  for (const _ of run.take(new Map(Object.entries(lines).map(([series, line]) => [Number(series), line])))) continue
  run.end(Math.max(...Object.values(lines).map((line) => line.at.at(-1) ?? t0)) + slotMs)
  return run
}

/** Begins and ends of what came up under the rule as it is, in quarter hours from t0; `null`: it stands at the end. */
export const slotsOf = (run: DeviceRun, condition = 0): [from: number, to: number | null][] =>
  (run.conditions[condition]?.times ?? []).map(({ from, to }) => [(from - t0) / slotMs, to === null ? null : (to - t0) / slotMs])
