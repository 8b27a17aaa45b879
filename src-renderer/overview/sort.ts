import type { Order } from '../order.ts'
import type { Row, Table } from './table.ts'

/**
 * The rows in order of a column: a point id, `name`, `deviation` or `age`. Rows without a value come last whichever way round; those that
 * are equal stay in order of their names.
 */
export function sorted({ rows, columns }: Table, sort: string, order: Order, locale: string): Row[] {
  const words = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  const sign = order === 'descending' ? -1 : 1
  const byName = (a: Row, b: Row) => words.compare(a.device.name, b.device.name) || words.compare(a.device.place, b.device.place)
  const named = [...rows].sort(byName)
  if (sort === 'name') return order === 'descending' ? named.reverse() : named
  const valueOf = valueIn(sort, columns)
  const keyed = named.map((row) => ({ row, value: valueOf(row) }))
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return a.value === b.value ? 0 : a.value === null ? 1 : -1
    return sign * (a.value - b.value)
  })
  return keyed.map(({ row }) => row)
}

function valueIn(sort: string, columns: readonly string[]): (row: Row) => number | null {
  if (sort === 'age') return ({ at }) => (at === 0 ? null : -at)
  const column = columns.indexOf(sort)
  if (column === -1) return ({ worst }) => worst?.size ?? null
  return ({ cells }) => cells[column]?.value ?? null
}
