import type { HistoryPort, StoredLine } from '#shared/history/port.ts'
import type { Remote } from '#shared/rpc.ts'
import { Machine, missing, type Outcome } from '#shared/virtual/evaluate.ts'
import { slotMs } from '#shared/virtual/limits.ts'
import type { Program } from '#shared/virtual/program.ts'

export type Ask = Pick<Remote<HistoryPort>, 'chart' | 'readings'>

/** Samples of a series on the quarter hours from, from + 15 min, … to (included); `missing` where there is none. */
export type Grid = { from: number; value: Float64Array; quality: Uint8Array }

const seriesAtOnce = 50
const samplesAtOnce = 50_000

/**
 * Of each quarter hour the newest sample that is not older than a quarter hour, by series and how many quarter hours `back` it is asked
 * for: grids of one program all begin at `from`. Asks history; rejects with its Failure.
 */
export async function gridsOf(
  history: Ask,
  inputs: readonly { series: number; back: number }[],
  from: number,
  to: number,
): Promise<Grid[]> {
  const grids: Grid[] = []
  for (const back of new Set(inputs.map((input) => input.back))) {
    const places = inputs.flatMap((input, i) => (input.back === back ? [i] : []))
    for (let i = 0; i < places.length; i += seriesAtOnce) {
      const some = places.slice(i, i + seriesAtOnce)
      const shift = back * slotMs
      const lines = await linesOf(
        history,
        [...new Set(some.map((place) => inputs[place]?.series as number))],
        from - shift - slotMs + 1000,
        to - shift + 1000,
      )
      for (const place of some) grids[place] = gridOf(lines.get(inputs[place]?.series as number), from - shift, to - shift)
    }
  }
  return grids
}

async function linesOf(history: Ask, series: number[], from: number, to: number): Promise<Map<number, StoredLine[]>> {
  const lines = new Map<number, StoredLine[]>()
  for (const line of await history.chart({ series, from, to, width: 20_000 })) {
    // Summed up, so that single samples are asked for instead.
    lines.set(line.series, line.min ? await samplesOf(history, line.series, from, to) : [line])
  }
  return lines
}

async function samplesOf(history: Ask, series: number, from: number, to: number): Promise<StoredLine[]> {
  const pages: StoredLine[] = []
  for (let next = from; ;) {
    const page = await history.readings({ series, from: next, to, limit: samplesAtOnce })
    pages.push(page)
    if (page.at.length < samplesAtOnce) return pages
    next = (page.at.at(-1) as number) + 1
  }
}

function gridOf(pages: readonly StoredLine[] | undefined, from: number, to: number): Grid {
  const length = Math.round((to - from) / slotMs) + 1
  const value = new Float64Array(length).fill(Number.NaN)
  const quality = new Uint8Array(length).fill(missing)
  for (const page of pages ?? []) {
    for (let i = 0; i < page.at.length; i++) {
      // The first quarter hour at or after the sample; a later sample of the same takes its place.
      const slot = Math.ceil(((page.at[i] as number) - from) / slotMs)
      if (slot < 0 || slot >= length) continue
      value[slot] = page.value[i] as number
      quality[slot] = page.quality[i] as number
    }
  }
  return { from, value, quality }
}

/** What a program gives on each quarter hour of grids; null where not one input has a sample. */
export function calculateGrid(program: Program, grids: readonly Grid[], share: number, machine = new Machine()): (Outcome | null)[] {
  const length = grids[0]?.value.length ?? 0
  const map = grids.map((_, i) => i)
  const columns = { value: new Float64Array(grids.length), quality: new Uint8Array(grids.length) }
  return Array.from({ length }, (_, slot) => {
    let known = false
    grids.forEach((grid, i) => {
      columns.value[i] = grid.value[slot] as number
      columns.quality[i] = grid.quality[slot] as number
      known ||= grid.quality[slot] !== missing
    })
    return known ? machine.run(program, map, columns, share) : null
  })
}
