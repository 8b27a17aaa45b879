import { figure, type Found } from '../finding.ts'
import { found } from '../meter-hours.ts'
import type { RegisterEvent } from '../register.ts'
import type { Walked } from '../walk.ts'

const told = { reset: 'alarm', backwards: 'alarm', jump: 'alarm', exchange: 'warning' } as const
/** A register that was silent for less is told of by the state of the connection. */
const silentMs = 6 * 3_600_000

/** What a register did that somebody should know: set back, jumped, exchanged without a word, silent for long. */
export function registerFindings({ events, unknown, at, series }: Walked & { series: number }, unit: string): Found[] {
  return events.flatMap(({ kind, from, to, before, after, samples }) => {
    const figures = [figure('before', before, unit), figure('after', after, unit)]
    if (kind === 'dropOut' && to - from >= silentMs)
      return [
        found('dropOut', 'warning', series, from, to, figure('count', samples), figure('hours', (to - from) / 3_600_000, 'h'), ...figures),
      ]
    if (!isTold(kind)) return []
    // An exchange of which both indexes are noted leaves nothing unknown.
    if (kind === 'exchange' && unknown[at.indexOf(to)] !== 1) return []
    return [found(kind, told[kind], series, from, to, ...figures)]
  })
}

function isTold(kind: RegisterEvent['kind']): kind is keyof typeof told {
  return kind in told
}
