import { figure, type Found, type Rule } from '../finding.ts'
import type { Hours } from '../hours.ts'
import { delivering, found, type MeasuredName, type MeterHours } from '../meter-hours.ts'
import { hourMs } from '../register.ts'
import { stretchesOf } from '../stretches.ts'

/** Temperatures that cannot be in this order while heat is delivered. */
export function wrongOrder(meter: MeterHours): Found[] {
  const { at, measured } = meter
  const { order } = meter.limits
  const delivers = delivering(meter)
  const rules: [Rule, higher: MeasuredName, lower: MeasuredName, by: number][] = [
    ['swapped', 'return', 'supply', order.swapped],
    ['coldSupply', 'secondaryFlow', 'supply', -order.flowAbove],
    ['reversed', 'secondaryReturn', 'secondaryFlow', 0],
    ['exchanger', 'secondaryReturn', 'return', order.exchanger],
  ]
  return rules.flatMap(([rule, upper, lower, by]) => {
    const [high, low] = [measured[upper], measured[lower]]
    if (!high || !low) return []
    const wrong = stretchesOf(at, (row) => delivers(row) && (high.mean[row] as number) > (low.mean[row] as number) + by)
    return wrong.flatMap(({ from, to, first, last, rows }) => {
      if (rows < order.hours) return []
      const [a, b] = [meanOf(high, first, last), meanOf(low, first, last)]
      return [
        found(rule, 'warning', high.series, from, to + hourMs, figure('hours', rows, 'h'), figure(upper, a, '°C'), figure(lower, b, '°C')),
      ]
    })
  })
}

function meanOf({ mean }: Hours, first: number, last: number): number {
  return mean.slice(first, last + 1).reduce((sum, value) => sum + value, 0) / (last - first + 1)
}
