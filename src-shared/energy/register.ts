/**
 * Samples of a register as columns, oldest first: `at` UTC ms, `value` in the unit of the register (NaN = absent), `covered` ms of the
 * time before the sample during which the meter was really read.
 */
export type Register = { at: Float64Array; value: Float64Array; covered: Float64Array }

/**
 * One meter taken out and another put in. `final` is the last index of the old one and `first` the first of the new one; null
 * when nobody read it, or when the change was only noticed: then nothing is known of what was used between the samples around it.
 */
export type Exchange = { at: number; final: number | null; first: number | null }

export type RegisterRules = {
  /** The smallest step of the register, in its unit. */
  resolution: number
  /** More than this in an hour cannot be, in the unit of the register. Null: ten times what the samples themselves show. */
  mostPerHour: number | null
  /** Where the register begins anew, a power of ten. Null: the next one above what it shows. */
  wrapsAt: number | null
}

export const plainRules: RegisterRules = { resolution: 0, mostPerHour: null, wrapsAt: null }

/**
 * What a register does besides counting up. `jitter`: one step back that means nothing. `dropOut`: 0 or nothing for a while. `stray`: a few
 * values that cannot be between two that agree. `catchUp`: it stood still and then showed at once what was used meanwhile. `rollover`: it began anew after its highest number. `reset`: it began near 0; `backwards`: it
 * went back to something else; `jump`: it went up by more than can be; `exchange`: the meter is another one.
 */
export type RegisterEvent = {
  kind: 'jitter' | 'catchUp' | 'dropOut' | 'stray' | 'rollover' | 'reset' | 'backwards' | 'jump' | 'exchange'
  /** UTC ms and values of the good samples around it. */
  from: number
  to: number
  before: number
  after: number
  /** Samples that were left out. */
  samples: number
}

export const hourMs = 3_600_000

/** Samples that are further apart than `mostMs` do not cover the time between them. */
export function registerOf(at: Float64Array, value: Float64Array, mostMs: number): Register {
  const covered = new Float64Array(at.length)
  let before = Number.NaN
  for (let i = 0; i < at.length; i++) {
    if (!Number.isFinite(value[i] as number)) continue
    const distance = (at[i] as number) - before
    if (distance <= mostMs) covered[i] = distance
    before = at[i] as number
  }
  return { at, value, covered }
}
