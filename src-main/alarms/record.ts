import { randomUUID } from 'node:crypto'
import type { AlarmEvent, Standing } from '#shared/alarms/state.ts'
import { stateOf, step } from '#shared/alarms/step.ts'
import type { Happening } from '#shared/alarms/row.ts'
import type { Condition } from './condition.ts'
import { mostRecent, type Kept } from './kept.ts'
import type { NotifyChange } from './notifier.ts'

/** Who did it and what they said; null: Hearthgrid itself. */
export type Doing = { at: number; by: string | null; what: Happening['what']; text?: string }

/** What has to be written of one change, and who has to hear of it. */
export type Change = {
  condition: Condition
  kept: Kept
  at: number
  /** The occurrence that begins, and whether it does so where nobody sees it. */
  begins: { id: string; value: number | null; limit: number | null; hidden: 'shelved' | 'suppressed' | 'outOfService' | null } | null
  clears: boolean
  acknowledges: { at: number; by: string; comment: string } | null
  resets: boolean
  ends: boolean
  annunciates: boolean
  happening: Happening | null
  notify: { what: NotifyChange['what']; occurrence: string }[]
}

/** One step of the state machine with everything that hangs on it, or null when nothing changes. */
export function change(condition: Condition, event: AlarmEvent, doing: Doing): Change | null {
  const before = condition.kept
  const { standing, effects } = step(before.standing, event, condition.rule)
  if (standing === before.standing) return null
  const { at } = doing
  const has = (effect: 'begin' | 'clear' | 'end' | 'annunciate') => effects.find((one) => one.effect === effect)?.occurrence ?? null
  const [began, cleared, ended, annunciated] = [has('begin'), has('clear'), has('end'), has('annunciate')]
  const shown = shownOf(condition)
  const acknowledges = event.event === 'acknowledge' ? { at, by: doing.by ?? '', comment: doing.text ?? '' } : null
  const kept: Kept = {
    ...before,
    standing,
    changedAt: at,
    ...(cleared !== null && { clearedAt: at }),
    ...(acknowledges && { acknowledged: acknowledges, waiting: 0 }),
    ...(began !== null && {
      raisedAt: at,
      clearedAt: null,
      raisedValue: shown.value,
      limit: shown.limit,
      acknowledged: null,
      waiting: (ended === null ? before.waiting : 0) + 1,
      recent: [at, ...before.recent].slice(0, mostRecent),
      steps: [],
    }),
    ...(ended !== null && began === null && { waiting: 0 }),
  }
  // It comes back as if it had just been raised.
  if (annunciated !== null && began === null) kept.acknowledged = null
  const state = stateOf(standing)
  const hidden = state === 'shelved' || state === 'suppressed' || state === 'outOfService' ? state : null
  const hides = hidden !== null && stateOf(before.standing) !== hidden
  const occurrence = standing.occurrence ?? before.standing.occurrence
  const notify: Change['notify'] = []
  if (occurrence !== null && hides) notify.push({ what: 'hidden', occurrence })
  if (acknowledges && occurrence !== null) notify.push({ what: 'acknowledged', occurrence })
  if (cleared !== null) notify.push({ what: 'cleared', occurrence: cleared })
  if (annunciated !== null) notify.push({ what: 'begun', occurrence: annunciated })
  if (ended !== null) notify.push({ what: 'ended', occurrence: ended })
  return {
    condition,
    kept,
    at,
    begins: began === null ? null : { id: began, value: shown.value, limit: shown.limit, hidden },
    clears: cleared !== null,
    acknowledges,
    resets: event.event === 'reset',
    ends: ended !== null,
    annunciates: annunciated !== null,
    happening: { at, what: doing.what, by: doing.by, occurrence, text: doing.text ?? '', value: shown.value },
    notify,
  }
}

/** A change that is none of the state machine: a remark, a step done. */
export function remark(condition: Condition, doing: Doing, kept: Kept = condition.kept): Change {
  const { at, by, what, text = '' } = doing
  const { occurrence } = kept.standing
  const nothing = { begins: null, clears: false, acknowledges: null, resets: false, ends: false, annunciates: false, notify: [] }
  return { condition, kept, at, ...nothing, happening: { at, what, by, occurrence, text, value: null } }
}

/** The value that decided last and the limit it was held against. */
export function shownOf({ check, told }: Condition): { value: number | null; limit: number | null } {
  if (!check) return told ?? { value: null, limit: null }
  const { value, limit } = check.shown()
  return { value: Number.isNaN(value) ? null : value, limit }
}

export const newOccurrence = (): string => randomUUID()

/** Nothing hides it, and nobody has to look at it. */
export const isPlain = ({ occurrence, active, shelf, suppression, out }: Standing): boolean =>
  occurrence === null && !active && shelf === null && suppression === null && out === null
