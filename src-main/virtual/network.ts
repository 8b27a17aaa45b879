import { compile, type Points } from '#shared/virtual/compile.ts'
import { FaultyFormula, type FormulaFault } from '#shared/virtual/fault.ts'
import type { Program } from '#shared/virtual/program.ts'
import { Columns } from './columns.ts'
import type { StoredFormula } from './store.ts'

/** A formula that can be calculated. `map[i]` is the row of input i, `row` its own row when other formulas need it (−1 else). */
export type Active = { formula: StoredFormula; series: number; program: Program; map: Uint32Array; row: number }

/**
 * All formulas and who needs whom. `active` stands in the order in which they are calculated: what a formula needs comes before it.
 * `users[row]` are the places in `active` of the formulas that need a row.
 */
export type Network = {
  active: readonly Active[]
  users: readonly (readonly number[])[]
  columns: Columns
  faults: ReadonlyMap<number, FormulaFault>
  /** Place in `active` by series. */
  places: ReadonlyMap<number, number>
}

/** `seriesOf` is the series of a formula's own point, undefined while its device is gone. Never throws for a bad formula. */
export function networkOf(
  formulas: readonly StoredFormula[],
  points: Points,
  seriesOf: (formula: StoredFormula) => number | undefined,
): Network {
  const faults = new Map<number, FormulaFault>()
  const read = new Map<number, { formula: StoredFormula; series: number; program: Program }>()
  for (const formula of formulas) {
    const series = seriesOf(formula)
    if (series === undefined) continue
    try {
      read.set(series, { formula, series, program: compile(formula.text, { ...formula, points }) })
    } catch (error) {
      if (!(error instanceof FaultyFormula)) throw error
      faults.set(formula.id, error.fault)
    }
  }
  const { order, ring } = ordered(new Map([...read].map(([series, { program }]) => [series, program.inputs.map((input) => input.series)])))
  for (const series of ring) {
    const formula = read.get(series)?.formula
    if (formula) faults.set(formula.id, { code: 'ring', at: 0, length: 0, params: { ring: ringNames(ring, read) } })
  }
  const columns = new Columns()
  for (const series of order) for (const input of read.get(series)?.program.inputs ?? []) columns.add(input.series)
  const users: number[][] = columns.series.map(() => [])
  const active = order.flatMap((series, place): Active[] => {
    const known = read.get(series)
    if (!known) return []
    const map = Uint32Array.from(known.program.inputs, (input) => columns.rowOf(input.series))
    for (const row of new Set(map)) users[row]?.push(place)
    return [{ ...known, map, row: columns.rowOf(series) }]
  })
  return { active, users, columns, faults, places: new Map(active.map(({ series }, place) => [series, place])) }
}

function ringNames(ring: readonly number[], read: ReadonlyMap<number, { formula: StoredFormula }>): string {
  const names = ring.map((series) => read.get(series)?.formula.name ?? '')
  return [...names, names[0]].join(' → ')
}

/** Whom each needs, in an order in which nobody comes before what it needs; `ring` are those that need themselves over others. */
export function ordered(needs: ReadonlyMap<number, readonly number[]>): { order: number[]; ring: number[] } {
  const order: number[] = []
  const state = new Map<number, 'open' | 'done' | 'ring'>()
  let ring: number[] = []
  for (const start of needs.keys()) {
    if (state.has(start)) continue
    // A stack of our own: five hundred formulas may stand one upon the other.
    const path: { at: number; next: number }[] = [{ at: start, next: 0 }]
    state.set(start, 'open')
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const need: number | undefined = needs.get(top.at)?.[top.next++]
      if (need === undefined) {
        path.pop()
        if (state.get(top.at) === 'open') {
          state.set(top.at, 'done')
          order.push(top.at)
        }
        continue
      }
      if (!needs.has(need)) continue
      if (state.get(need) === 'open') {
        const members = path.slice(path.findIndex(({ at }) => at === need)).map(({ at }) => at)
        if (ring.length === 0) ring = members
        for (const member of members) state.set(member, 'ring')
      } else if (!state.has(need)) {
        state.set(need, 'open')
        path.push({ at: need, next: 0 })
      }
    }
  }
  return {
    order,
    ring: ring.length === 0 ? [] : [...ring, ...[...state].flatMap(([at, how]) => (how === 'ring' && !ring.includes(at) ? [at] : []))],
  }
}
