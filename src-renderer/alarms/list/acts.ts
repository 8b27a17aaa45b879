import type { Role } from '#shared/contract.ts'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { openStates } from '#shared/alarms/state.ts'
import { isUnseen } from './arrange.ts'

export const acts = ['acknowledge', 'reset', 'shelve', 'unshelve', 'remove', 'return'] as const
export type Act = (typeof acts)[number]

/** What an operator has to be for each. */
export const needs = {
  acknowledge: 'basic',
  reset: 'basic',
  shelve: 'limited',
  unshelve: 'limited',
  remove: 'full',
  return: 'full',
} as const satisfies Record<Act, Role>

const isOpen = ({ state }: AlarmRow) => openStates.some((one) => one === state)

const fits: Record<Act, (row: AlarmRow) => boolean> = {
  acknowledge: isUnseen,
  reset: ({ state }) => state === 'latchedAcknowledged',
  shelve: (row) => isOpen(row) || (row.state === 'normal' && row.pendingUntil !== null),
  unshelve: ({ shelf, out }) => shelf !== null && out === null,
  remove: ({ out }) => out === null,
  return: ({ out }) => out !== null,
}

/** Those of the alarms that can be acted on so as they stand. */
export const actable = (act: Act, rows: readonly AlarmRow[]): AlarmRow[] => rows.filter(fits[act])

/** Whether a person is asked something first: words that are needed, or a number to look at. */
export function asksFirst(act: Act, rows: readonly AlarmRow[]): boolean {
  if (act === 'shelve' || act === 'remove') return true
  return rows.length > 1 || (act === 'acknowledge' && rows.some(({ priority }) => priority === 'critical'))
}
