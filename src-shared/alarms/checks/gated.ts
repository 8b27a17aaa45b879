import type { Quality } from '../../reading.ts'
import type { Check, Restartable, Verdict } from '../check.ts'
import type { Gate } from '../rule.ts'
import { counts } from './quality.ts'

export type OpenWhen = Pick<Gate, 'is' | 'value'> & { series: number }

/**
 * A check that looks only while all gates are open. One that is shut makes the condition not true; one that is not known makes it not known.
 * What a check that looks back saw while a gate was shut does not count.
 */
export function gated(check: Check | Restartable, gates: readonly OpenWhen[]): Check {
  const own = check.series.length
  const open: (boolean | null)[] = gates.map(() => null)
  let inner: Verdict = 'unknown'
  let wasShut = false
  const verdict = (): Verdict => {
    if (open.includes(false)) return 'within'
    return open.includes(null) ? 'unknown' : inner
  }
  const turn = (i: number, value: number, quality: Quality): void => {
    const gate = gates[i]
    open[i] = gate && counts(value, quality) ? isOpen(gate, value) : null
    const isShut = open.includes(false)
    if (wasShut && !open.includes(false) && !open.includes(null) && 'restart' in check) {
      check.restart()
      inner = 'unknown'
    }
    if (isShut || !open.includes(null)) wasShut = isShut
  }
  return {
    series: [...check.series, ...gates.map(({ series }) => series)],
    take(i: number, value: number, quality: Quality, at: number, active: boolean): Verdict {
      if (i < own) inner = check.take(i, value, quality, at, active)
      else turn(i - own, value, quality)
      return verdict()
    },
    ...(check.tick && {
      tick(at: number, active: boolean): Verdict {
        inner = check.tick?.(at, active) ?? inner
        return verdict()
      },
    }),
    shown: () => check.shown(),
  }
}

function isOpen({ is, value: bound }: Pick<Gate, 'is' | 'value'>, value: number): boolean {
  if (is === 'above') return value > bound
  if (is === 'below') return value < bound
  return (value === bound) === (is === 'equal')
}
