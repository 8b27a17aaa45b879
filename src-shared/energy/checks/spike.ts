import { figure, type Found } from '../finding.ts'
import { found, type MeterHours } from '../meter-hours.ts'
import { quantile } from '../rate.ts'
import { hourMs } from '../register.ts'
import { stretchesOf } from '../stretches.ts'

const share = 0.9
const fewest = 24

/** A power or flow that no pipe can carry: far above what the meter is made for, or above all that it shows otherwise. */
export function spikes({ at, measured, plate, limits }: MeterHours): Found[] {
  const tops = {
    power: { most: plate.designPower === null ? null : plate.designPower * limits.power.spikeTimesDesign, unit: 'kW' },
    flow: { most: plate.permanentFlow === null ? null : plate.permanentFlow * limits.flow.timesPermanent, unit: 'm³/h' },
  }
  return (['power', 'flow'] as const).flatMap((name) => {
    const hours = measured[name]
    if (!hours) return []
    const known = hours.max.filter((value) => value > 0).sort()
    const usual = known.length < fewest ? Infinity : quantile(known, share) * limits.power.spikeTimesUsual
    const limit = Math.min(tops[name].most ?? Infinity, usual)
    return stretchesOf(at, (row) => (hours.max[row] as number) > limit).map(({ from, to, first, last, rows }) => {
      const highest = Math.max(...hours.max.slice(first, last + 1))
      return found(
        'spike',
        'warning',
        hours.series,
        from,
        to + hourMs,
        figure('highest', highest, tops[name].unit),
        figure('limit', limit, tops[name].unit),
        figure('hours', rows, 'h'),
      )
    })
  })
}
