import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addDays, createCalendar } from '../../calendar.ts'
import { bucketsOf, edgesOf } from '../../history/buckets.ts'
import { gridOf, hoursOf, sound } from '../hours.ts'
import { limitsSchema } from '../limits.ts'
import { blankPlate, measuredNames, type MeterHours, type Plate } from '../meter-hours.ts'
import { hourMs, plainRules, registerOf } from '../register.ts'
import { resolutionOf } from '../unit.ts'
import { walkRegister } from '../walk.ts'

export const shippedLimits = limitsSchema.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', '..', 'resources', 'energy', 'limits.json'), 'utf8')),
)

/** A meter out of samples, as the host would see it by the hour. Columns are named as what is measured; series are numbered in that order. */
export function meterOf(
  at: Float64Array,
  columns: Partial<Record<string, Float64Array>>,
  plate: Partial<Plate> = {},
  everyMs = hourMs,
): MeterHours {
  const calendar = createCalendar('UTC')
  const [from, to] = [calendar.startOf(calendar.dateAt(at[0] ?? 0)), (at.at(-1) ?? 0) + 1]
  const edges = edgesOf('hour', from, to, 'UTC')
  const grid = gridOf(from, to)
  const measured: MeterHours['measured'] = {}
  measuredNames.forEach((name, series) => {
    const value = columns[name]
    if (!value) return
    const hours = hoursOf(bucketsOf(series, { at, value, quality: new Uint8Array(at.length) }, edges), grid)
    measured[name] = { series, ...sound(hours, shippedLimits.ranges[name]) }
  })
  const register = (name: 'energy' | 'volume') => {
    const value = columns[name]
    if (!value) return null
    const mostPerHour = name === 'energy' && plate.designPower ? plate.designPower * shippedLimits.power.timesDesign : null
    const resolution = resolutionOf(value)
    return {
      series: measuredNames.indexOf(name),
      resolution,
      ...walkRegister(registerOf(at, value, 2.5 * everyMs), [], { ...plainRules, resolution, mostPerHour }),
    }
  }
  const days: number[] = []
  for (let date = calendar.dateAt(from); calendar.startOf(date) <= to; date = addDays(date, 1)) days.push(calendar.startOf(date))
  return {
    at: grid,
    measured,
    energy: register('energy'),
    volume: register('volume'),
    plate: { ...blankPlate, ...plate },
    days,
    limits: shippedLimits,
  }
}
