import { comparePriority, type Priority } from '#shared/alarms/priority.ts'
import type { AlarmSummary } from '#shared/alarms/row.ts'

/** What somebody silenced in this browser: all that was annunciated up to `at` (UTC ms of the host), the most urgent of it being `priority`. */
export type Silence = { at: number; priority: Priority | null }

type Heard = Pick<AlarmSummary, 'annunciated' | 'sounding' | 'flood'>

/**
 * What is to be heard now, null for nothing. Something new is heard again after a silence; in a flood only when it is more urgent than what was
 * silenced since the flood began.
 */
export function toSound({ annunciated, sounding, flood }: Heard, silence: Silence | null): Priority | null {
  if (sounding === null || silence === null) return sounding
  if (annunciated <= silence.at) return null
  const inFlood = flood.active && flood.since !== null && silence.at >= flood.since
  if (inFlood && silence.priority !== null && comparePriority(sounding, silence.priority) >= 0) return null
  return sounding
}

export type Note = { hz: number; atMs: number; forMs: number }

/** A tone of its own for each priority: the more urgent, the higher, the more notes and the sooner again. */
export const tones: Record<Priority, { notes: readonly Note[]; everyMs: number }> = {
  critical: { notes: [0, 180, 360, 620, 800].map((atMs) => ({ hz: 988, atMs, forMs: 130 })), everyMs: 2000 },
  high: { notes: [0, 260, 520].map((atMs) => ({ hz: 740, atMs, forMs: 190 })), everyMs: 4000 },
  medium: {
    notes: [
      { hz: 587, atMs: 0, forMs: 280 },
      { hz: 440, atMs: 320, forMs: 320 },
    ],
    everyMs: 8000,
  },
  low: { notes: [{ hz: 392, atMs: 0, forMs: 350 }], everyMs: 15_000 },
}
