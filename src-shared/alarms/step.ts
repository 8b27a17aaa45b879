import type { AlarmEvent, AlarmState, Effect, Standing } from './state.ts'

export type Step = { standing: Standing; effects: Effect[] }

/** The letter that a condition is in; what hides it comes before how its occurrence stands. */
export function stateOf(standing: Standing): AlarmState {
  if (standing.out) return 'outOfService'
  if (standing.suppression) return 'suppressed'
  if (standing.shelf) return 'shelved'
  if (standing.active) return standing.acknowledged ? 'acknowledged' : 'unacknowledged'
  if (standing.occurrence === null) return 'normal'
  if (standing.latched) return standing.acknowledged ? 'latchedAcknowledged' : 'latchedUnacknowledged'
  return standing.acknowledged ? 'normal' : 'returned'
}

/**
 * How a condition stands after an event, and what follows in that order. An event that cannot be in its state changes nothing: the same object
 * comes back and nothing follows.
 *
 * A condition that comes again while its former occurrence is still unacknowledged (D, E) begins a new one; the former gets no `end` of its own:
 * it waits, and is acknowledged and ended with the one that follows it. So whoever keeps history applies an acknowledgement and an `end` also to
 * the earlier occurrences of the same condition that have not ended.
 */
export function step(standing: Standing, event: AlarmEvent, rule: { latched: boolean }): Step {
  switch (event.event) {
    case 'raise':
      return raise(standing, event.id)
    case 'clear':
      return clear(standing, rule.latched)
    case 'acknowledge':
      return acknowledge(standing)
    case 'reset':
      return stateOf(standing) === 'latchedAcknowledged' ? ended(standing, []) : unchanged(standing)
    case 'shelve':
      return standing.out ? unchanged(standing) : { standing: { ...standing, shelf: event.shelf }, effects: [] }
    case 'unshelve':
      return standing.shelf ? comeBack({ ...standing, shelf: null }) : unchanged(standing)
    case 'suppress':
      return suppress(standing, event.suppression)
    case 'unsuppress':
      return standing.suppression ? shown({ ...standing, suppression: null }) : unchanged(standing)
    case 'remove':
      return standing.out ? unchanged(standing) : { standing: { ...standing, out: event.out }, effects: [] }
    case 'return':
      return standing.out ? comeBack({ ...standing, out: null }, event.id) : unchanged(standing)
  }
}

const unchanged = (standing: Standing): Step => ({ standing, effects: [] })
const hidden = (standing: Standing) => standing.out !== null || standing.suppression !== null || standing.shelf !== null

function raise(standing: Standing, id: string): Step {
  if (standing.active) return unchanged(standing)
  const effects: Effect[] = []
  if (standing.occurrence !== null && standing.acknowledged) effects.push({ effect: 'end', occurrence: standing.occurrence })
  effects.push({ effect: 'begin', occurrence: id })
  const begun = { ...standing, active: true, occurrence: id, acknowledged: false, latched: false, unseen: true }
  const { standing: next, effects: more } = shown(begun)
  return { standing: next, effects: [...effects, ...more] }
}

/** What clears while a person or logic hides it has ended; only a latched one that had been seen outlasts a suppression. */
function clear(standing: Standing, latches: boolean): Step {
  if (!standing.active) return unchanged(standing)
  const { occurrence, acknowledged } = standing
  const gone = { ...standing, active: false, shelf: standing.shelf?.oneShot ? null : standing.shelf }
  if (occurrence === null) return unchanged(gone)
  const cleared: Effect[] = [{ effect: 'clear', occurrence }]
  const putAway = standing.shelf !== null || standing.out !== null || (standing.suppression !== null && standing.unseen)
  if (latches && !putAway) return { standing: { ...gone, latched: true }, effects: cleared }
  if (acknowledged || hidden(standing)) return ended(gone, cleared)
  return { standing: gone, effects: cleared }
}

function acknowledge(standing: Standing): Step {
  const state = stateOf(standing)
  if (state === 'returned') return ended(standing, [])
  if (state !== 'unacknowledged' && state !== 'latchedUnacknowledged') return unchanged(standing)
  return { standing: { ...standing, acknowledged: true }, effects: [] }
}

function suppress(standing: Standing, suppression: NonNullable<Standing['suppression']>): Step {
  const now = standing.suppression
  if (now && now.reason === suppression.reason && now.by === suppression.by) return unchanged(standing)
  return { standing: { ...standing, suppression }, effects: [] }
}

/** From a shelf or a repair it comes back as normal or as unacknowledged, never as it was. `id` begins an occurrence where none stands. */
function comeBack(standing: Standing, id?: string): Step {
  if (!standing.active) return standing.occurrence === null ? unchanged(standing) : ended(standing, [])
  const begins = standing.occurrence === null && id !== undefined
  const again = { ...standing, occurrence: standing.occurrence ?? id ?? null, acknowledged: false, latched: false, unseen: true }
  const { standing: next, effects } = shown(again)
  return { standing: next, effects: begins && id !== undefined ? [{ effect: 'begin', occurrence: id }, ...effects] : effects }
}

/** Tells of what is active and has not been told, unless something still hides it. */
function shown(standing: Standing): Step {
  if (hidden(standing) || !standing.active || !standing.unseen || standing.occurrence === null) return unchanged(standing)
  return { standing: { ...standing, unseen: false }, effects: [{ effect: 'annunciate', occurrence: standing.occurrence }] }
}

function ended(standing: Standing, before: Effect[]): Step {
  const { occurrence } = standing
  const effects: Effect[] = occurrence === null ? before : [...before, { effect: 'end', occurrence }]
  return { standing: { ...standing, occurrence: null, acknowledged: false, latched: false, unseen: false }, effects }
}
