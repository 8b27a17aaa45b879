import type { AlarmSummary } from '#shared/alarms/row.ts'

/** Several in a row are one notice: a flood is not told one by one, ms. */
export const leastGapMs = 5000

/** What has been told so far: `at` of the last thing to be heard, `shownAt` when the notice was shown; UTC ms. */
export type Told = { at: number; shownAt: number }

/**
 * Whether a summary brings something that is to be shown by the computer itself. Null: nothing new, or its alarm is gone or acknowledged.
 * `told` null: the page has just been opened, and what stood before is on it already.
 */
export function newsOf(summary: AlarmSummary, told: Told | null, now: number): 'show' | 'later' | null {
  if (told === null || summary.annunciated <= told.at || summary.newest === null) return null
  return now - told.shownAt < leastGapMs ? 'later' : 'show'
}

/** How many more than the newest nobody has acknowledged, active ones only. */
export const othersOf = ({ priorities }: AlarmSummary): number =>
  Math.max(0, priorities.reduce((sum, { unacknowledged }) => sum + unacknowledged, 0) - 1)

/** What waits for a person, as it stands at the icon of the program: unacknowledged, also when it is gone. */
export const waitingOf = ({ priorities }: AlarmSummary): number =>
  Math.min(
    9999,
    priorities.reduce((sum, { unacknowledged, returned }) => sum + unacknowledged + returned, 0),
  )
