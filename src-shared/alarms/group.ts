import { comparePriority, priorities, type Priority } from './priority.ts'
import type { AlarmRow, Flood } from './row.ts'

/** As many entries as the list has at most during a flood. */
export const mostGroups = 10
/** So many rows of one cause stand together during a flood. */
const together = 3
const mostCritical = 4

/**
 * An entry of the operators' list. `name` is that of the rule or line, empty where `by` is `row` or `others`; with `priority` it is named by
 * `priority`, the most urgent in it. `rows` are in the order of the list, the most urgent one first. `id` stays while rows come and go.
 */
export type Group = {
  id: string
  by: 'row' | 'rule' | 'line' | 'priority' | 'others'
  name: string
  priority: Priority
  rows: readonly AlarmRow[]
  counts: Record<Priority, number>
  unacknowledged: number
}

const waits = ({ state }: AlarmRow) => state === 'unacknowledged' || state === 'returned' || state === 'latchedUnacknowledged'

/** Unacknowledged first, then the more urgent, then those that are still true, then the newest. */
export function compareRows(a: AlarmRow, b: AlarmRow): number {
  return (
    Number(waits(b)) - Number(waits(a)) ||
    comparePriority(a.priority, b.priority) ||
    Number(b.active) - Number(a.active) ||
    (b.raisedAt ?? 0) - (a.raisedAt ?? 0) ||
    (a.id < b.id ? -1 : 1)
  )
}

/**
 * The operators' list. Outside a flood every row is an entry. In a flood at most ten entries stand for all rows: critical ones first, others
 * together by what they have in common, low ones in one entry. No row is left out.
 */
export function groupRows(rows: readonly AlarmRow[], flood: Flood): Group[] {
  const sorted = rows.toSorted(compareRows)
  if (!flood.active) return sorted.map(alone)
  const critical = criticalGroups(sorted.filter(({ priority }) => priority === 'critical'))
  const low = sorted.filter(({ priority }) => priority === 'low')
  const lowGroups = low.length > 1 ? [groupOf('priority:low', 'priority', '', low)] : low.map(alone)
  const middle = sorted.filter(({ priority }) => priority === 'high' || priority === 'medium')
  const { groups, others } = byCause(middle, mostGroups - critical.length - lowGroups.length)
  return [...critical, ...groups, ...lowGroups, ...others]
}

function criticalGroups(rows: readonly AlarmRow[]): Group[] {
  const groups = [...gathered(rows, ({ rule }) => rule)].map(([rule, of]) => causeGroup(`critical:rule:${rule}`, 'rule', of))
  if (groups.length <= mostCritical) return groups
  const rest = groups.slice(mostCritical - 1).flatMap((group) => group.rows)
  return [...groups.slice(0, mostCritical - 1), groupOf('priority:critical', 'priority', '', rest)]
}

/** The largest common causes first, until what is left fits into the list row by row. */
function byCause(rows: readonly AlarmRow[], room: number): { groups: Group[]; others: Group[] } {
  const groups: Group[] = []
  let left: readonly AlarmRow[] = rows
  for (;;) {
    const fits = left.length <= room - groups.length
    const largest = largestCause(left)
    if (fits && (largest === null || largest.rows.length < together)) break
    if (largest === null || (!fits && groups.length === room - 1)) {
      const shown = room - 1 - groups.length
      const others = groupOf('others', 'others', '', left.slice(shown))
      return { groups: [...groups, ...left.slice(0, shown).map(alone)].toSorted(byFirst), others: [others] }
    }
    groups.push(largest)
    const taken = new Set(largest.rows)
    left = left.filter((row) => !taken.has(row))
  }
  return { groups: [...groups, ...left.map(alone)].toSorted(byFirst), others: [] }
}

/** Never by the newest, so that entries keep their places while alarms pour in. */
function byFirst(a: Group, b: Group): number {
  const [one, other] = [a.rows[0], b.rows[0]]
  const unacknowledged = Number(b.unacknowledged > 0) - Number(a.unacknowledged > 0)
  const urgent = one && other ? comparePriority(one.priority, other.priority) : 0
  return unacknowledged || urgent || b.rows.length - a.rows.length || (a.id < b.id ? -1 : 1)
}

/** Rule or line that most rows have in common; null where no two have. */
function largestCause(rows: readonly AlarmRow[]): Group | null {
  const largest = (by: Map<string, AlarmRow[]>) => [...by].reduce((a, b) => (b[1].length > a[1].length ? b : a), ['', [] as AlarmRow[]])
  const [rule, ofRule] = largest(gathered(rows, (row) => row.rule))
  const [line, ofLine] = largest(gathered(rows, (row) => row.line))
  if (Math.max(ofRule.length, ofLine.length) < 2) return null
  return ofRule.length >= ofLine.length ? causeGroup(`rule:${rule}`, 'rule', ofRule) : causeGroup(`line:${line}`, 'line', ofLine)
}

function gathered(rows: readonly AlarmRow[], by: (row: AlarmRow) => string): Map<string, AlarmRow[]> {
  const found = new Map<string, AlarmRow[]>()
  for (const row of rows) {
    const name = by(row)
    if (name === '') continue
    const of = found.get(name)
    if (of) of.push(row)
    else found.set(name, [row])
  }
  return found
}

function causeGroup(id: string, by: 'rule' | 'line', rows: AlarmRow[]): Group {
  const [first] = rows
  if (first && rows.length === 1) return alone(first)
  return groupOf(id, by, (by === 'rule' ? first?.ruleName : first?.line) ?? '', rows)
}

const alone = (row: AlarmRow): Group => groupOf(`row:${row.id}`, 'row', '', [row])

function groupOf(id: string, by: Group['by'], name: string, rows: readonly AlarmRow[]): Group {
  const counts: Record<Priority, number> = { critical: 0, high: 0, medium: 0, low: 0 }
  for (const { priority } of rows) counts[priority] += 1
  const priority = priorities.find((one) => counts[one] > 0) ?? 'low'
  return { id, by, name, priority, rows, counts, unacknowledged: rows.filter(waits).length }
}
