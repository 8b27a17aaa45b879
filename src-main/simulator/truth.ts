import { lineEnd, textCell } from '#shared/history/csv.ts'
import type { Fault } from '#shared/simulator/faults.ts'
import type { Download } from '../download.ts'

const delimiter = ','
const columns = ['id', 'kind', 'target', 'device', 'params', 'from', 'to']

/** The faults as a table in CSV; `deviceOf`: the device that a station of this name is. */
export function truthTable(faults: readonly Fault[], deviceOf: (station: string) => string | null): string {
  const rows = faults.map(({ id, kind, target, params, from, to }) => [
    id,
    kind,
    target,
    deviceOf(target) ?? '',
    Object.entries(params)
      .map(([name, value]) => `${name}=${value}`)
      .join(' '),
    new Date(from).toISOString(),
    to === null ? '' : new Date(to).toISOString(),
  ])
  return [columns, ...rows].map((cells) => cells.map((cell) => textCell(cell, delimiter)).join(delimiter) + lineEnd).join('')
}

/** The same as a file of its own. */
export function truthFile(town: string, table: string): Download {
  async function* pieces() {
    yield new TextEncoder().encode(table)
  }
  return { name: `${town} faults.csv`, type: 'text/csv; charset=utf-8', pieces: pieces() }
}
