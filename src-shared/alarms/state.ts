/**
 * States of ISA-18.2 by their letters: A normal, B unacknowledged, C acknowledged, D returned, E and F latched, G shelved, H suppressed by
 * design, I out of service.
 */
export const alarmStates = [
  'normal',
  'unacknowledged',
  'acknowledged',
  'returned',
  'latchedUnacknowledged',
  'latchedAcknowledged',
  'shelved',
  'suppressed',
  'outOfService',
] as const
export type AlarmState = (typeof alarmStates)[number]

/** What the list of active and unacknowledged shows: B to F. */
export const openStates = ['unacknowledged', 'acknowledged', 'returned', 'latchedUnacknowledged', 'latchedAcknowledged'] as const

/** `until` UTC ms, null with `oneShot`: until it clears. */
export type Shelf = { at: number; by: string; reason: string; until: number | null; oneShot: boolean }
export type OutOfService = { at: number; by: string; reason: string }

/** Why logic hides an alarm: `parent` another one stands for it, `severe` a more severe level of the same rule stands, `maintenance` the device is worked on. */
export const suppressionReasons = ['parent', 'severe', 'maintenance'] as const
/** `by` is the condition that stands for it, null with maintenance. */
export type Suppression = { at: number; reason: (typeof suppressionReasons)[number]; by: string | null }

/**
 * How one condition stands. `active`: the condition is true, whoever sees it. `occurrence`: the one that a person may still have to look at, null
 * in state A. `acknowledged`, `latched` and `unseen` are of that occurrence: `latched` its condition is gone and a reset is awaited, `unseen` it
 * is hidden and nobody has been told of it (again).
 */
export type Standing = {
  active: boolean
  occurrence: string | null
  acknowledged: boolean
  latched: boolean
  unseen: boolean
  shelf: Shelf | null
  suppression: Suppression | null
  out: OutOfService | null
}

export const normal: Standing = {
  active: false,
  occurrence: null,
  acknowledged: false,
  latched: false,
  unseen: false,
  shelf: null,
  suppression: null,
  out: null,
}

/** What happens to a condition. `id` of `raise` is the number of the occurrence that begins when one does. */
export type AlarmEvent =
  | { event: 'raise'; id: string }
  | { event: 'clear' }
  | { event: 'acknowledge' }
  | { event: 'reset' }
  | { event: 'shelve'; shelf: Shelf }
  | { event: 'unshelve' }
  | { event: 'suppress'; suppression: Suppression }
  | { event: 'unsuppress' }
  | { event: 'remove'; out: OutOfService }
  | { event: 'return'; id: string }

/**
 * What follows from a step. `begin` an occurrence begins (its number), `clear` its condition is gone, `end` nobody has to look at it any more,
 * `annunciate` it is (again) to be seen, heard and notified.
 */
export type Effect = { effect: 'begin' | 'clear' | 'end' | 'annunciate'; occurrence: string }
