import { figure, type Found } from '../finding.ts'
import { found, type MeterHours } from '../meter-hours.ts'

/** A meter that is too small or too large for what flows through it. */
export function wrongSize({
  at,
  measured: { flow, power },
  plate: { permanentFlow, smallestFlow },
  limits: { size },
}: MeterHours): Found[] {
  if (!flow) return []
  const hours = flow.mean.reduce((sum, value) => sum + Number(Number.isFinite(value)), 0)
  if (hours < size.fewestHours) return []
  const [from, to] = [at[0] as number, at.at(-1) as number]
  const all: Found[] = []
  if (permanentFlow !== null) {
    const over = flow.mean.reduce((sum, value) => sum + Number(value > permanentFlow), 0) / hours
    const highest = flow.max.reduce((most, value) => (value > most ? value : most), 0)
    if (over > size.overShare)
      all.push(
        found(
          'undersized',
          'warning',
          flow.series,
          from,
          to,
          figure('share', over * 100, '%'),
          figure('highest', highest, 'm³/h'),
          figure('limit', permanentFlow, 'm³/h'),
        ),
      )
  }
  if (smallestFlow !== null && power) {
    let [below, whole] = [0, 0]
    for (let row = 0; row < at.length; row++) {
      const [q, kw] = [flow.mean[row] as number, power.mean[row] as number]
      if (!(q > 0) || !(kw > 0)) continue
      whole += kw
      if (q < smallestFlow) below += kw
    }
    if (whole > 0 && below / whole > size.underShare)
      all.push(
        found(
          'oversized',
          'warning',
          flow.series,
          from,
          to,
          figure('share', (below / whole) * 100, '%'),
          figure('limit', smallestFlow, 'm³/h'),
        ),
      )
  }
  return all
}
