import { normal, type Standing } from '#shared/alarms/state.ts'
import { stateOf } from '#shared/alarms/step.ts'

/** A condition as it is kept across a restart; also what a row is made of. Times UTC ms. */
export type Kept = {
  standing: Standing
  raisedAt: number | null
  clearedAt: number | null
  raisedValue: number | null
  limit: number | null
  acknowledged: { at: number; by: string; comment: string } | null
  /** Occurrences that nobody has acknowledged. */
  waiting: number
  /** Begins of the last occurrences, newest first. */
  recent: readonly number[]
  changedAt: number
  /** Steps of the response sheet that are done, of the present occurrence. */
  steps: readonly { step: number; at: number; by: string }[]
}

export const mostRecent = 5

export const untouched: Kept = {
  standing: normal,
  raisedAt: null,
  clearedAt: null,
  raisedValue: null,
  limit: null,
  acknowledged: null,
  waiting: 0,
  recent: [],
  changedAt: 0,
  steps: [],
}

/** Nothing of it has to be remembered: the next occurrence begins as the first did. */
export const isForgettable = ({ standing }: Kept): boolean =>
  stateOf(standing) === 'normal' && !standing.active && standing.occurrence === null
