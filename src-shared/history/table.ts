import { qualities } from '../reading.ts'
import { units, type Quantity } from '../units.ts'
import { counts } from './buckets.ts'
import type { Buckets } from './port.ts'
import type { Samples } from './reduce.ts'
import type { Figure } from './step.ts'

/**
 * How far the value of a cell can be trusted. A single sample has its quality. `none`: nothing was stored then. `absent`: what was stored in
 * the bucket has no value that counts. `partial`: some of it has none. `back`: the register went back, so nobody knows what it counted.
 * `begin`: no value before is known, so it was counted from the first one in the bucket.
 */
export const cellStates = [...qualities, 'none', 'absent', 'partial', 'back', 'begin'] as const
export type CellState = (typeof cellStates)[number]

const code = (state: CellState) => cellStates.indexOf(state)
const [good, none, absent, partial, back, begin] = [
  code('good'),
  code('none'),
  code('absent'),
  code('partial'),
  code('back'),
  code('begin'),
]

/** One column of rows: `value` NaN where there is none, `state` the position in cellStates. */
export type Cells = { value: Float64Array; state: Uint8Array }
/** Rows of a table: the time of each (UTC ms; of a bucket its first moment), and the cells of each column. */
export type TableRows = { at: Float64Array; columns: Cells[] }

/** Quantities whose points only count up, so that going back means a reset or another meter. */
const counted = new Set<Quantity>(['energy', 'volume', 'count', 'duration'])

export function isRegister(is: Quantity | undefined): boolean {
  return is === undefined || !(is in units) || counted.has(is)
}

function emptyCells(length: number): Cells {
  return { value: new Float64Array(length).fill(Number.NaN), state: new Uint8Array(length).fill(none) }
}

/**
 * Samples of several series side by side: a row for every moment before `until` at which any of them has one, at most `most` rows.
 * `from[i]` is where to begin in line i; `taken[i]` says where the next call goes on.
 */
export function joinSamples(
  lines: readonly Samples[],
  from: readonly number[],
  until: number,
  most: number,
): TableRows & { taken: number[] } {
  const [alone] = lines
  if (lines.length === 1 && alone) return partOf(alone, from[0] ?? 0, until, most)
  const places = [...from]
  const at: number[] = []
  const cells = lines.map(() => ({ value: [] as number[], state: [] as number[] }))
  while (at.length < most) {
    let next = until
    for (let i = 0; i < lines.length; i++) {
      const moment = lines[i]?.at[places[i] ?? 0]
      if (moment !== undefined && moment < next) next = moment
    }
    if (next >= until) break
    at.push(next)
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i] as Samples
      const place = places[i] as number
      const column = cells[i] as { value: number[]; state: number[] }
      const hit = line.at[place] === next
      column.value.push(hit ? (line.value[place] as number) : Number.NaN)
      column.state.push(hit ? (line.quality[place] as number) : none)
      if (hit) places[i] = place + 1
    }
  }
  const columns = cells.map(({ value, state }) => ({ value: Float64Array.from(value), state: Uint8Array.from(state) }))
  return { at: Float64Array.from(at), columns, taken: places }
}

function partOf({ at, value, quality }: Samples, from: number, until: number, most: number): TableRows & { taken: number[] } {
  let to = from
  while (to < at.length && to - from < most && (at[to] as number) < until) to++
  return { at: at.slice(from, to), columns: [{ value: value.slice(from, to), state: quality.slice(from, to) }], taken: [to] }
}

/** The last value of a series that counts before a moment. */
export type Before = { at: number; value: number }

/**
 * The cells of one series, one column for each figure. `edges` as of edgesOf: a row for each bucket, also for those without samples.
 * `before` is the last value in front of the first bucket; the answer's `before` belongs in front of the next ones. The delta of a
 * register is what it went up by since the last value before the bucket; of anything else it is the difference, which may be negative.
 */
export function cellsOf(
  buckets: Buckets,
  edges: readonly number[],
  figures: readonly Figure[],
  { register, before: known }: { register: boolean; before: Before | undefined },
): { columns: Cells[]; before: Before | undefined } {
  const length = Math.max(0, edges.length - 1)
  const columns = figures.map(() => emptyCells(length))
  let before = known
  for (let row = 0, i = 0; row < length; row++) {
    while (i < buckets.at.length && (buckets.at[i] as number) < (edges[row] as number)) i++
    if (buckets.at[i] !== edges[row]) continue
    const state = stateOf(buckets, i)
    figures.forEach((figure, c) => {
      const column = columns[c] as Cells
      column.state[row] = state
      if (state === absent) return
      if (figure !== 'delta') column.value[row] = buckets[figure][i] as number
      else setDelta(column, row, buckets, i, register, before)
    })
    if (state !== absent) before = { at: buckets.lastAt[i] as number, value: buckets.last[i] as number }
  }
  return { columns, before }
}

function stateOf({ count, absent: without }: Buckets, i: number): number {
  if (without[i] === 0) return good
  return without[i] === count[i] ? absent : partial
}

function setDelta(column: Cells, row: number, buckets: Buckets, i: number, register: boolean, before: Before | undefined): void {
  const [first, last] = [buckets.first[i] as number, buckets.last[i] as number]
  const start = before?.value ?? first
  if (register && ((buckets.drops[i] as number) > 0 || first < start)) {
    column.state[row] = back
    return
  }
  column.value[row] = last - start
  if (before === undefined && column.state[row] === good) column.state[row] = begin
}

/** The last value that counts of a series in its buckets. */
export function lastOf({ lastAt, last }: Buckets): Before | undefined {
  for (let i = last.length - 1; i >= 0; i--) {
    if (counts(last[i] as number, good)) return { at: lastAt[i] as number, value: last[i] as number }
  }
  return undefined
}

/** Rows one behind the other. */
export function rowsTogether(parts: readonly TableRows[]): TableRows {
  const length = parts.reduce((sum, { at }) => sum + at.length, 0)
  const at = new Float64Array(length)
  const columns = (parts[0]?.columns ?? []).map(() => emptyCells(length))
  let row = 0
  for (const part of parts) {
    at.set(part.at, row)
    part.columns.forEach(({ value, state }, c) => {
      columns[c]?.value.set(value, row)
      columns[c]?.state.set(state, row)
    })
    row += part.at.length
  }
  return { at, columns }
}

/** The share of a range in which samples came when they were expected, 0 to 1. `gaps` are the stretches between the samples around them. */
export function presentShare(gaps: { from: ArrayLike<number>; to: ArrayLike<number> }, from: number, to: number, everyMs: number): number {
  if (to <= from) return 1
  let missing = 0
  for (let i = 0; i < gaps.from.length; i++) missing += Math.max(0, (gaps.to[i] as number) - (gaps.from[i] as number) - everyMs)
  return Math.max(0, 1 - missing / (to - from))
}
