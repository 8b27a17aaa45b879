import type { Device } from '#shared/devices/contract.ts'
import type { CellShape, PointsAcross } from '#shared/devices/points-contract.ts'
import { qualities, type Quality } from '#shared/reading.ts'
import { matches } from '../find-device.ts'
import type { Choice } from './choice.ts'
import { holds } from './condition.ts'
import { deviationOf, groupOf, type Group } from './group.ts'

export type Cell = {
  series: number
  shape: CellShape
  value: number | null
  quality: Quality | null
  /** UTC ms of the reading, 0 when there was none. */
  at: number
  deviation: number | null
}
export type Row = {
  device: Device
  cells: (Cell | null)[]
  /** The largest deviation of the row, without its sign, and the column it stands in. */
  worst: { size: number; column: number } | null
  /** UTC ms of the newest value, 0 when there is none. */
  at: number
}
export type Table = { columns: string[]; rows: Row[]; groups: (Group | null)[] }

/** Values of lists come each quarter hour; what is older than two says nothing of now. */
export const listStaleMs = 30 * 60_000

const trusted: ReadonlySet<Quality | null> = new Set<Quality | null>(['good', 'substituted', 'manual', 'log'])
const compared = (shape: CellShape) => shape.is !== 'state' && shape.is !== 'text' && shape.values === null

/** The table of the devices that were chosen, each value held against those of its column. */
export function tableOf(devices: readonly Device[], across: PointsAcross, choice: Choice, columns: readonly string[], now: number): Table {
  const places = columns.map((id) => across.points.indexOf(id))
  const rowsOf = new Map(across.rows.map((row) => [row.device, row]))
  const cellAt = (row: PointsAcross['rows'][number] | undefined, place: number): Cell | null => {
    const series = row?.series[place] ?? null
    const shape = across.shapes[row?.shape[place] ?? -1]
    if (!row || series === null || !shape) return null
    const quality = qualities[row.quality[place] ?? -1] ?? null
    return { series, shape, value: row.value[place] ?? null, quality, at: row.at[place] ?? 0, deviation: null }
  }
  const rows = devices
    .filter((device) =>
      fits(device, choice, (point) => {
        const row = rowsOf.get(device.id)
        return row?.value[across.points.indexOf(point)] ?? null
      }),
    )
    .flatMap((device): Row[] => {
      const cells = places.map((place) => cellAt(rowsOf.get(device.id), place))
      if (choice.devices === null && cells.every((cell) => cell === null)) return []
      return [{ device, cells, worst: null, at: Math.max(0, ...cells.map((cell) => (cell?.value === null ? 0 : (cell?.at ?? 0)))) }]
    })
  const groups = columns.map((_id, column) => judge(rows, column, now))
  return { columns: [...columns], rows, groups }
}

function fits(device: Device, { devices, rule }: Choice, valueOf: (point: string) => number | null): boolean {
  if (devices !== null) return devices.includes(device.id)
  return (
    matches(device, rule.text) &&
    rule.tags.every((tag) => device.tags.includes(tag)) &&
    (rule.profile === null || device.profile === rule.profile) &&
    (rule.state === null || device.contact.state === rule.state) &&
    rule.conditions.every((condition) => holds(condition, valueOf(condition.point)))
  )
}

/** Writes the deviations of one column into its cells. Only fresh values of the quantity that most devices have there are held together. */
function judge(rows: readonly Row[], column: number, now: number): Group | null {
  const counts = new Map<string, number>()
  for (const { cells } of rows) {
    const cell = cells[column]
    if (cell && compared(cell.shape)) counts.set(cell.shape.is, (counts.get(cell.shape.is) ?? 0) + 1)
  }
  const is = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
  const together = rows.flatMap((row) => {
    const cell = row.cells[column]
    if (!cell || cell.value === null || cell.shape.is !== is || !compared(cell.shape) || cell.value === cell.shape.off) return []
    return trusted.has(cell.quality) && now - cell.at <= listStaleMs ? [{ row, cell, value: cell.value }] : []
  })
  const decimals = Math.min(...together.map(({ cell }) => cell.shape.decimals), 6)
  const group = groupOf(
    together.map(({ value }) => value),
    10 ** -decimals,
  )
  for (const { row, cell, value } of together) {
    cell.deviation = deviationOf(value, group)
    const size = cell.deviation === null ? null : Math.abs(cell.deviation)
    if (size !== null && (row.worst === null || size > row.worst.size)) row.worst = { size, column }
  }
  return group
}
