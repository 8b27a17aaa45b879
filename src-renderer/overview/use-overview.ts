import { useEffect, useMemo } from 'react'
import type { Device } from '#shared/devices/contract.ts'
import { useCall, useHost } from '../host.ts'
import { usePointNames } from '../point-names.ts'
import { useFormat } from '../words.ts'
import { mostColumns, usualColumns, type Choice } from './choice.ts'
import { sorted } from './sort.ts'
import { tableOf } from './table.ts'

/** Values of all devices come anew so often; those in sight are watched besides. */
const everyMs = 15_000

/** The table that the choice asks for. Without `table` while the first answer is on its way. */
export function useOverview(devices: readonly Device[] | undefined, choice: Choice) {
  const { now, live } = useHost()
  const names = usePointNames()
  const { locale } = useFormat()
  const columns = useMemo(() => choice.columns ?? usualColumns(devices ?? []), [choice.columns, devices])
  const asked = useMemo(
    () => [...new Set([...columns.slice(0, mostColumns), ...choice.rule.conditions.map(({ point }) => point)])],
    [columns, choice.rule.conditions],
  )
  const { data, error, refetch } = useCall(
    'devices.pointsAcross',
    { point: asked },
    { enabled: asked.length > 0, keep: true, every: everyMs },
  )
  const table = useMemo(() => {
    if (!devices) return undefined
    if (asked.length === 0) return tableOf(devices, { points: [], shapes: [], rows: [] }, choice, columns, now())
    return data && tableOf(devices, data, choice, columns, now())
  }, [devices, data, choice, columns, asked.length, now])
  // What came with the table is what a row shows until its first live value.
  useEffect(() => {
    for (const row of table?.rows ?? []) {
      live.take(
        row.cells.flatMap((cell) =>
          cell && cell.quality !== null ? [{ series: cell.series, value: cell.value, quality: cell.quality, at: cell.at }] : [],
        ),
      )
    }
  }, [table, live])
  const rows = useMemo(() => (table ? sorted(table, choice.sort, choice.order, locale) : []), [table, choice.sort, choice.order, locale])
  const headings = useMemo(
    () => columns.map((id) => names.full({ id, title: data?.shapes.find((shape) => shape.id === id)?.title ?? null })),
    [columns, data, names],
  )
  return { table, rows, columns, headings, error, refetch }
}
