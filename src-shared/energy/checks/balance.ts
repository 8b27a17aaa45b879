import { balanceOf, type DayBalance } from '../balance.ts'
import { consumedBetween } from '../consumed.ts'
import { figure, type Found } from '../finding.ts'
import { stepsOf } from '../hours.ts'
import { found, type MeterHours } from '../meter-hours.ts'
import { hourMs } from '../register.ts'
import { weightedByFlow } from '../weighted.ts'

/** Hours that are compared, at least. */
const fewest = 24

/** Whether the energy register goes with volume and temperatures: on enough days of a week beyond what the meter may be off. */
export function energyBalance(meter: MeterHours): Found[] {
  const judged = judgedDays(meter)
  const { balance } = meter.limits
  const beyond = (times: number) => judged.filter(({ day }) => Math.abs(day.ratio - 1) > times * day.error)
  const [warn, alarm] = [beyond(balance.warn), beyond(balance.alarm)]
  const days = alarm.length >= balance.days ? alarm : warn
  const worst = [...days].sort((a, b) => Math.abs(b.day.ratio - 1) - Math.abs(a.day.ratio - 1))[0]
  if (days.length < balance.days || !worst || !meter.energy) return []
  const { energy, ratio, error, flow, back, volume } = worst.day
  return [
    found(
      'balance',
      days === alarm ? 'alarm' : 'warning',
      meter.energy.series,
      Math.min(...days.map(({ from }) => from)),
      Math.max(...days.map(({ to }) => to)),
      figure('days', days.length),
      figure('energy', energy, 'kWh'),
      figure('expected', energy / ratio, 'kWh'),
      figure('deviation', (ratio - 1) * 100, '%'),
      figure('permitted', error * 100, '%'),
      figure('volume', volume, 'm³'),
      figure('supply', flow, '°C'),
      figure('return', back, '°C'),
    ),
  ]
}

/** The last seven days of which enough is known to judge them. */
export function judgedDays({
  at,
  measured,
  energy,
  volume,
  plate,
  days,
  limits: { balance, valid },
}: MeterHours): { from: number; to: number; day: DayBalance }[] {
  const { supply, return: back } = measured
  if (!energy || !volume || !supply || !back) return []
  const weights = measured.flow?.mean ?? (measured.volume ? stepsOf(measured.volume) : undefined)
  if (!weights) return []
  const [used, flown] = [consumedBetween(energy, days), consumedBetween(volume, days)]
  const judged = used.flatMap((one, i) => {
    const [from, to] = [days[i] as number, days[i + 1] as number]
    const cubic = flown[i]?.value ?? 0
    if (one.value === null || !one.complete || !flown[i]?.complete || one.valid < valid || cubic < balance.volumeSteps * volume.resolution)
      return []
    const [first, last] = [at.findIndex((hour) => hour >= from), at.findLastIndex((hour) => hour < to)]
    if (first < 0) return []
    const within = (column: Float64Array) => column.slice(first, last + 1)
    const [t1, t2] = [weightedByFlow(within(supply.mean), within(weights)), weightedByFlow(within(back.mean), within(weights))]
    if (!(t1 - t2 >= balance.difference)) return []
    const measure = { energy: one.value, volume: cubic, flow: t1, back: t2, hours: (to - from) / hourMs }
    const of = { permanentFlow: plate.permanentFlow, smallest: balance.smallestDifference, accuracyClass: balance.accuracyClass }
    // Where nobody has said in which pipe the flow sensor sits, the pipe that fits better counts.
    const sides = plate.side === null ? (['flow', 'return'] as const) : [plate.side]
    const [day] = sides.map((side) => balanceOf(measure, { ...of, side })).sort((a, b) => Math.abs(a.ratio - 1) - Math.abs(b.ratio - 1))
    return day ? [{ from, to, day }] : []
  })
  return judged.slice(-7)
}

/** Whether the sum of the power goes with what the energy register counted, over all hours of which both are known. */
export function powerBalance({ at, measured: { power, energy: hours }, energy, limits: { balance } }: MeterHours): Found[] {
  if (!power || !hours || !energy) return []
  const steps = stepsOf(hours)
  const jumps = energy.events.filter(({ kind }) => kind !== 'jitter')
  let [counted, summed, rows, first, last] = [0, 0, 0, -1, -1]
  for (let row = 0; row < at.length; row++) {
    const [step, kw] = [steps[row] as number, power.mean[row] as number]
    const hour = at[row] as number
    if (!(step >= 0) || !(kw >= 0) || jumps.some(({ from, to }) => to > hour - hourMs && from < hour + hourMs)) continue
    counted += step
    summed += kw
    rows++
    if (first < 0) first = row
    last = row
  }
  if (rows < fewest || counted < 100 * energy.resolution || counted === 0) return []
  const deviation = summed / counted - 1
  if (Math.abs(deviation) <= balance.power) return []
  const [from, to] = [at[first] as number, (at[last] as number) + hourMs]
  return [
    found(
      'powerBalance',
      'warning',
      energy.series,
      from,
      to,
      figure('energy', counted, 'kWh'),
      figure('summed', summed, 'kWh'),
      figure('deviation', deviation * 100, '%'),
      figure('permitted', balance.power * 100, '%'),
    ),
  ]
}
