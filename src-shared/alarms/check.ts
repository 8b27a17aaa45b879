import type { Quality } from '../reading.ts'

/** What a check makes of all it has been told: `unknown` neither raises nor clears (a lost value is not zero). */
export type Verdict = 'beyond' | 'within' | 'unknown'

/**
 * The test of one condition. It is told every reading of its series in the order of time, whether they are of now or of stored history,
 * and keeps only what it needs. Nothing in it reads a clock.
 */
export type Check = {
  /** Series that it looks at; `take` names them by their place here. */
  readonly series: readonly number[]
  /** `value` is in the canonical unit, NaN when absent; `at` UTC ms. `active`: the alarm is raised (for the deadband). */
  take(i: number, value: number, quality: Quality, at: number, active: boolean): Verdict
  /** As time passes without a reading. Absent where time alone changes nothing. */
  tick?(at: number, active: boolean): Verdict
  /** What a person is shown beside the alarm: the value that decided last (NaN: none) and the limit that it is held against. */
  shown(): { value: number; limit: number | null }
}

/** A check that looks back: what it has seen must not count while a gate of its rule was shut. */
export type Restartable = Check & { restart(): void }

/** What delays make of verdicts. */
export type Change = 'raise' | 'clear' | null

/** On-delay and off-delay of one condition; ms. */
export type Delays = { onMs: number; offMs: number }
