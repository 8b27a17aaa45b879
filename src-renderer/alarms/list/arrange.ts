import { compareRows } from '#shared/alarms/group.ts'
import type { AlarmRow } from '#shared/alarms/row.ts'
import type { Filter, View } from './choice.ts'

/** Rows that the filter lets through. `textOf` is what the words are looked for in. */
export function narrow(rows: readonly AlarmRow[], filter: Filter, textOf: (row: AlarmRow) => string): AlarmRow[] {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter((row) => {
    if (filter.priorities.length > 0 && !filter.priorities.includes(row.priority)) return false
    if (filter.state !== null && row.state !== filter.state) return false
    if (filter.kind !== null && row.kind !== filter.kind) return false
    if (filter.rule !== null && row.rule !== filter.rule) return false
    if (filter.device !== null && row.device !== filter.device) return false
    if (words.length === 0) return true
    const text = textOf(row).toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

const last = Number.MAX_SAFE_INTEGER

/** In the order of the view: open ones by urgency, others by what comes next. */
export function ordered(rows: readonly AlarmRow[], view: View): AlarmRow[] {
  if (view === 'pending') return rows.toSorted((a, b) => (a.pendingUntil ?? last) - (b.pendingUntil ?? last) || compareRows(a, b))
  if (view === 'shelved') return rows.toSorted((a, b) => (a.shelf?.until ?? last) - (b.shelf?.until ?? last) || compareRows(a, b))
  if (view === 'suppressed') return rows.toSorted((a, b) => (b.suppression?.at ?? 0) - (a.suppression?.at ?? 0) || compareRows(a, b))
  if (view === 'outOfService') return rows.toSorted((a, b) => (a.out?.at ?? last) - (b.out?.at ?? last) || compareRows(a, b))
  return rows.toSorted(compareRows)
}

/** Nobody has seen it yet. */
export const isUnseen = ({ state }: AlarmRow): boolean =>
  state === 'unacknowledged' || state === 'returned' || state === 'latchedUnacknowledged'
