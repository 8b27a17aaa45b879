import type { CallOutput } from '#shared/api.ts'
import { priorities, type Priority } from '#shared/alarms/priority.ts'
import type { Order } from '../../order.ts'

export type RuleRow = CallOutput<'alarms.rules'>['rules'][number]
export type Spread = CallOutput<'alarms.rules'>['spread']

export const sortKeys = ['priority', 'name', 'devices', 'active', 'week'] as const
export type SortKey = (typeof sortKeys)[number]
export type Sorting = { key: SortKey; order: Order }

/** What a column begins with when it is clicked: the most telling end first. */
export const firstOrder = (key: SortKey): Order => (key === 'priority' || key === 'name' ? 'ascending' : 'descending')

export function readSorting(text: string | undefined): Sorting {
  const [word = '', order] = (text ?? '').split('-')
  const key = sortKeys.find((one) => one === word) ?? 'priority'
  return { key, order: order === 'descending' ? 'descending' : order === 'ascending' ? 'ascending' : firstOrder(key) }
}

export const sortingWord = ({ key, order }: Sorting): string => `${key}-${order}`

/** Sorted by a column; what is equal there, by name. */
export function sorted(rows: readonly RuleRow[], { key, order }: Sorting): RuleRow[] {
  const sign = order === 'ascending' ? 1 : -1
  const rank = (row: RuleRow) => (key === 'priority' ? priorities.indexOf(row.priority) : key === 'name' ? 0 : row[key])
  return rows.toSorted((a, b) => {
    const byColumn = key === 'name' ? a.name.localeCompare(b.name) : rank(a) - rank(b)
    return byColumn * sign || a.name.localeCompare(b.name)
  })
}

export type Filter = { text: string; priority: Priority | null; state: 'on' | 'off' | null }

export function filtered(rows: readonly RuleRow[], { text, priority, state }: Filter): RuleRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter((row) => {
    const said = `${row.name} ${row.description}`.toLowerCase()
    return (
      words.every((word) => said.includes(word)) &&
      (priority === null || row.priority === priority) &&
      (state === null || row.enabled === (state === 'on'))
    )
  })
}

/** Share of conditions that EEMUA 191 aims at, in percent; critical at most. */
export const targets: Record<Priority, number> = { critical: 1, high: 5, medium: 15, low: 80 }

/** Percent of all conditions by priority; null when there is none. */
export function shares(spread: Spread): { priority: Priority; conditions: number; share: number | null }[] {
  const all = spread.reduce((sum, { conditions }) => sum + conditions, 0)
  return priorities.map((priority) => {
    const conditions = spread.find((one) => one.priority === priority)?.conditions ?? 0
    return { priority, conditions, share: all === 0 ? null : (conditions / all) * 100 }
  })
}

/** Together critical and high: what is above wears people out, until nothing is urgent any more. */
const mostUrgent = 12

/** Whether there is too much that is urgent, of enough conditions to tell. */
export function isTopHeavy(spread: Spread): boolean {
  const all = spread.reduce((sum, { conditions }) => sum + conditions, 0)
  const urgent = shares(spread).reduce(
    (sum, { priority, share }) => sum + (priority === 'critical' || priority === 'high' ? (share ?? 0) : 0),
    0,
  )
  return all >= 20 && urgent > mostUrgent
}
