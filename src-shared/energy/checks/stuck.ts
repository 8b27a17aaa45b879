import { figure, type Found } from '../finding.ts'
import { stepsOf } from '../hours.ts'
import { delivering, found, workingPower, type MeasuredName, type MeterHours } from '../meter-hours.ts'
import { hourMs } from '../register.ts'
import { stretchesOf } from '../stretches.ts'

/** Hours of work in which a register must go up. */
const fewest = 4
const temperatures = ['supply', 'return', 'secondaryFlow', 'secondaryReturn'] as const satisfies MeasuredName[]

/** A temperature that stands still while heat is delivered and it gets colder or warmer outside. */
export function stuckTemperatures(meter: MeterHours): Found[] {
  const { at, measured } = meter
  const { stuck } = meter.limits
  const delivers = delivering(meter)
  const outdoor = measured.outdoor
  if (!outdoor) return []
  return temperatures.flatMap((name) => {
    const hours = measured[name]
    if (!hours) return []
    const still = (row: number) => row > 0 && delivers(row) && hours.max[row] === hours.min[row] && hours.last[row - 1] === hours.max[row]
    return stretchesOf(at, still).flatMap(({ from, to, first, last, rows }) => {
      const outside = outdoor.mean.slice(first, last + 1).filter(Number.isFinite)
      const moved = Math.max(...outside) - Math.min(...outside)
      if (rows < stuck.hours || !(moved > stuck.outdoorMoves)) return []
      return [
        found(
          'stuck',
          'warning',
          hours.series,
          from,
          to + hourMs,
          figure('value', hours.last[last] as number, '°C'),
          figure('hours', rows, 'h'),
          figure('outdoorMoved', moved, 'K'),
        ),
      ]
    })
  })
}

/** A register of energy or volume that stands still while the meter measures power. */
export function idleRegisters(meter: MeterHours): Found[] {
  const { at, measured } = meter
  const power = measured.power
  if (!power) return []
  const least = workingPower(meter)
  return (['energy', 'volume'] as const).flatMap((name) => {
    const hours = measured[name]
    if (!hours) return []
    const steps = stepsOf(hours)
    const idle = stretchesOf(at, (row) => steps[row] === 0 && (hours.last[row] as number) > 0 && (power.min[row] as number) > least)
    return idle.flatMap(({ from, to, first, last, rows }) => {
      if (rows < fewest) return []
      const mean = power.mean.slice(first, last + 1).reduce((sum, kw) => sum + kw, 0) / rows
      return [
        found(
          name === 'energy' ? 'noEnergy' : 'noVolume',
          'alarm',
          hours.series,
          from,
          to + hourMs,
          figure('hours', rows, 'h'),
          figure('power', mean, 'kW'),
        ),
      ]
    })
  })
}
