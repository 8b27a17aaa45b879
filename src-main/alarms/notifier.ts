import type { notifyRows } from '#shared/alarms/notify-contract.ts'
import type { Handlers } from '#shared/contract.ts'
import type { AlarmRow } from '#shared/alarms/row.ts'
import type { Rule } from '#shared/alarms/rule.ts'
import type { Database } from '../database.ts'
import type { Context } from '../dispatch.ts'

/**
 * What happened to an occurrence that somebody may have to be told of. `begun`: it is to be seen (also again, after a shelf ended);
 * `acknowledged`, `cleared`: waiting steps may be spared; `hidden`: shelved, suppressed or out of service; `ended`: nobody has to look any more.
 */
export type NotifyChange = {
  what: 'begun' | 'acknowledged' | 'cleared' | 'hidden' | 'ended'
  occurrence: string
  rule: Rule
  row: AlarmRow
  at: number
}

/** Tells people of alarms, and remembers whom it has told. */
export type Notifier = {
  operations: Handlers<typeof notifyRows, Context>
  /** Writes what is to be sent into the outbox, in the transaction that writes the changes themselves. */
  plan(transaction: Database, changes: readonly NotifyChange[]): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}
