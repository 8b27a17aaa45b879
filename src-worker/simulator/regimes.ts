import type { LocalTime } from './physics/local-time.ts'
import type { Settings } from './image/settings.ts'
import { programAt, type Week } from './physics/week.ts'

/** 0 manual, 1 scheduled, 2 comfort, 3 saving, 4 frost protection: what a circuit is set to. */
export type Mode = 0 | 1 | 2 | 3 | 4
export type Phase = 'comfort' | 'saving' | 'frost' | 'manual'

/** A stretch of time in which neither a setting nor the phase of a circuit changes. `since` is UTC ms. */
export type Regime = { since: number; phase: Phase; settings: Settings }

/** Settings as they were from an instant on; the first entry holds since ever. In order of time. */
export type Timeline = readonly { at: number; settings: Settings }[]

type Circuit = { mode: Mode; week: Week }

/**
 * The regimes of a circuit at `at` and before, newest first, back to at least `reachMs`. The oldest is taken to have lasted
 * since ever.
 */
export function regimes(
  timeline: Timeline,
  circuit: (settings: Settings) => Circuit,
  zone: LocalTime,
  at: number,
  reachMs: number,
): Regime[] {
  const list: Regime[] = []
  let entry = timeline.length - 1
  for (let end = at; end > at - reachMs;) {
    while (entry > 0 && (timeline[entry]?.at ?? 0) > end) entry--
    const found = timeline[entry]
    if (!found) break
    const { mode, week } = circuit(found.settings)
    const { phase, since } = phaseAt(mode, week, end, zone.offset(end) + found.settings.clockOffset)
    const from = Math.max(since, entry === 0 ? -Infinity : found.at)
    list.push({ since: from, phase, settings: found.settings })
    end = from - 1
  }
  return list
}

function phaseAt(mode: Mode, week: Week, at: number, toLocal: number): { phase: Phase; since: number } {
  if (mode === 1) {
    const { comfort, since } = programAt(week, at + toLocal)
    return { phase: comfort ? 'comfort' : 'saving', since: since - toLocal }
  }
  const phases: Record<Exclude<Mode, 1>, Phase> = { 0: 'manual', 2: 'comfort', 3: 'saving', 4: 'frost' }
  return { phase: phases[mode], since: -Infinity }
}

/**
 * A value that follows its target through the regimes with time constant `tauMs`: each regime counts with what it left behind.
 * `target` gives the value that the regime aims at.
 */
export function follow(list: readonly Regime[], at: number, tauMs: number, target: (regime: Regime) => number): number {
  let sum = 0
  let share = 1
  for (const [i, regime] of list.entries()) {
    const older = i === list.length - 1 ? 0 : Math.exp((regime.since - at) / tauMs)
    if (share > older) sum += (share - older) * target(regime)
    share = Math.min(share, older)
    if (share < 1e-5) return sum / (1 - share)
  }
  return sum
}
