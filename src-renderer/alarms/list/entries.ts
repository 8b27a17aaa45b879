import { groupRows, type Group } from '#shared/alarms/group.ts'
import type { AlarmRow, Flood } from '#shared/alarms/row.ts'

/** A line of the list: an alarm, or in a flood a group of them. */
export type Entry =
  | { id: string; row: AlarmRow; inner: boolean; group?: undefined }
  | { id: string; group: Group; unfolded: boolean; row?: undefined }

/** The lines of the list; in a flood grouped, with the rows of unfolded groups below their heading. */
export function entriesOf(rows: readonly AlarmRow[], flood: Flood | null, unfolded: ReadonlySet<string>): Entry[] {
  if (!flood?.active) return rows.map((row) => ({ id: row.id, row, inner: false }))
  return groupRows(rows, flood).flatMap((group): Entry[] => {
    const [first] = group.rows
    if (group.by === 'row' && first) return [{ id: first.id, row: first, inner: false }]
    const open = unfolded.has(group.id)
    const inside = open ? group.rows.map((row) => ({ id: row.id, row, inner: true })) : []
    return [{ id: group.id, group, unfolded: open }, ...inside]
  })
}
