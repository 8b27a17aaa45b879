import { addDays, createCalendar } from '#shared/calendar.ts'
import { faultsOf, isFaultCode } from '#shared/energy/faults.ts'
import { figure, type Found } from '#shared/energy/finding.ts'
import { gridOf, hoursOf, sound, type Hours } from '#shared/energy/hours.ts'
import { rangeFor, type Limits, type Range } from '#shared/energy/limits.ts'
import { found, type MeasuredName, type MeterHours } from '#shared/energy/meter-hours.ts'
import { hourMs } from '#shared/energy/register.ts'
import { resolutionOf } from '#shared/energy/unit.ts'
import type { Buckets } from '#shared/history/port.ts'
import type { Meter } from '#shared/meters/contract.ts'
import type { Host } from '../capability.ts'
import type { PlantDevice } from '../plant.ts'
import { readRegisters } from '../registers.ts'
import { askedRegister, type KnownMeter } from './meters.ts'

export const query = 'energy.check'
const mostSamples = 20_000

/** One device of a check: its meters by the hour, and every series of it that has values. */
export type Gathered = {
  device: PlantDevice
  meters: { known: KnownMeter; hours: MeterHours; operating: Found[]; told: Hours | null }[]
  series: Hours[]
  faults: Found[]
}

const valueNames = {
  energy: 'energy',
  volume: 'volume',
  power: 'power',
  flow: 'flow',
  supply: 'flowTemperature',
  return: 'returnTemperature',
} as const satisfies Partial<Record<MeasuredName, keyof Meter['values']>>

type Window = { from: number; to: number }

/** Days of a check, whole ones of the local calendar up to now. */
export function windowOf(now: number, timeZone: string, days: number): Window {
  const calendar = createCalendar(timeZone)
  return { from: calendar.startOf(addDays(calendar.dateAt(now), -days)), to: now }
}

/** Reads what the checks of some devices need, by the hour; samples themselves only where something is odd. */
export async function gather(
  host: Host,
  devices: readonly { device: PlantDevice; meters: readonly KnownMeter[] }[],
  window: Window,
  limits: Limits,
): Promise<Gathered[]> {
  const wanted = devices.map(({ device, meters }) => ({ device, meters, points: classed(device, limits) }))
  const series = wanted.flatMap(({ meters, points }) => [
    ...points.map((point) => point.series),
    ...meters.flatMap(({ meter }) => [...Object.values(meter.values), ...Object.values(meter.checks)]),
  ])
  if (series.length === 0) return []
  const sums = await host.workers.history.call.aggregate({ series: [...new Set(series)], ...window, step: 'hour', query, report: true })
  const bySeries = new Map(sums.map((one) => [one.series, one]))
  const grid = gridOf(window.from, window.to)
  const all: Gathered[] = []
  for (const { device, meters, points } of wanted) {
    const hours = points.map((point) => ({ ...point, hours: laid(bySeries.get(point.series), grid) }))
    const faults: Found[] = []
    for (const point of hours) if (point.hours) faults.push(...(await rangeFindings(host, point.series, point.hours, point.range, grid)))
    const around = surroundings(device, hours)
    const gathered: Gathered['meters'] = []
    for (const known of meters) gathered.push(await meterHours(host, known, around, { bySeries, grid, window, limits, faults }))
    const values = [
      ...hours.map((point) => point.hours),
      ...meters.flatMap(({ meter }) => Object.values(meter.values).map((one) => laid(bySeries.get(one), grid))),
    ]
    all.push({ device, meters: gathered, faults, series: values.filter((one) => one !== null) })
  }
  return all
}

type Point = { id: string; series: number; range: Range }

function classed({ profile, series }: PlantDevice, limits: Limits): Point[] {
  return profile.points.flatMap(({ id, role }, i) => {
    const [range, number] = [rangeFor(limits, id), series[i]]
    return range && number !== undefined && role === 'measure' ? [{ id, series: number, range }] : []
  })
}

function laid(sums: Buckets | undefined, grid: Float64Array): Hours | null {
  return sums && sums.at.length > 0 ? hoursOf(sums, grid) : null
}

type Around = Partial<Record<'outdoor' | 'secondaryFlow' | 'secondaryReturn', Hours & { series: number }>>

/** What is measured beside a meter. Behind several exchangers the returns mix, so that the secondary one says nothing. */
function surroundings(device: PlantDevice, points: readonly (Point & { hours: Hours | null })[]): Around {
  const pick = (id: string) => {
    const point = points.find((one) => one.id === id)
    return point?.hours ? { series: point.series, ...sound(point.hours, point.range) } : undefined
  }
  const several = device.profile.points.some(({ id }) => id === 'circuit2.flow' || id.startsWith('hotWater.'))
  const [outdoor, secondaryFlow, secondaryReturn] = [pick('outdoor'), pick('circuit1.flow'), several ? undefined : pick('circuit1.return')]
  return { ...(outdoor && { outdoor }), ...(secondaryFlow && { secondaryFlow }), ...(secondaryReturn && { secondaryReturn }) }
}

type Shared = { bySeries: ReadonlyMap<number, Buckets>; grid: Float64Array; window: Window; limits: Limits; faults: Found[] }

async function meterHours(host: Host, known: KnownMeter, around: Around, shared: Shared): Promise<Gathered['meters'][number]> {
  const { meter, plate } = known
  const { bySeries, grid, window, limits, faults } = shared
  const measured: MeterHours['measured'] = { ...around }
  for (const [name, value] of Object.entries(valueNames) as [keyof typeof valueNames, keyof Meter['values'] & string][]) {
    const series = meter.values[value]
    const hours = series === undefined ? null : laid(bySeries.get(series), grid)
    if (series === undefined || !hours) continue
    const range = limits.ranges[name]
    if (range) faults.push(...(await rangeFindings(host, series, hours, range, grid)))
    measured[name] = { series, ...sound(hours, range) }
  }
  const registers = (['energy', 'volume'] as const).flatMap((name) => {
    const series = meter.values[name]
    return series === undefined ? [] : [{ name, series }]
  })
  const operating = meter.checks.operatingTime
  const asked = registers.map(({ name, series }) => askedRegister(known, name, series, limits))
  if (operating !== undefined) asked.push({ series: operating, exchanges: known.exchanges.energy, everyMs: known.everyMs })
  const walked = await readRegisters(host, asked, { ...window, query, report: true })
  const register = (name: 'energy' | 'volume') => {
    const place = registers.findIndex((one) => one.name === name)
    const [walk, series] = [walked[place], registers[place]?.series]
    return walk && series !== undefined ? { ...walk, series, resolution: resolutionOf(walk.value) } : null
  }
  const status = meter.checks.status ?? meter.checks.infoCode
  return {
    known,
    hours: {
      at: grid,
      measured,
      energy: register('energy'),
      volume: register('volume'),
      plate,
      days: localDays(window, host.timeZone),
      limits,
    },
    operating: operatingFindings(operating, operating === undefined ? undefined : walked.at(-1)),
    told: status === undefined ? null : laid(bySeries.get(status), grid),
  }
}

/** Operating hours that went back: the meter is another one, or was set back. */
function operatingFindings(series: number | undefined, walked: Awaited<ReturnType<typeof readRegisters>>[number] | undefined): Found[] {
  if (series === undefined || !walked) return []
  return walked.events
    .filter(({ kind }) => kind === 'reset' || kind === 'backwards')
    .map(({ from, to, before, after }) =>
      found('reset', 'alarm', series, from, to, figure('before', before / 3600, 'h'), figure('after', after / 3600, 'h')),
    )
}

function localDays({ from, to }: Window, timeZone: string): number[] {
  const calendar = createCalendar(timeZone)
  const days: number[] = []
  for (let date = calendar.dateAt(from); calendar.startOf(date) <= to; date = addDays(date, 1)) days.push(calendar.startOf(date))
  return days
}

/** Looks at the samples between the first and the last odd hour. */
async function rangeFindings(host: Host, series: number, { min, max }: Hours, range: Range, grid: Float64Array): Promise<Found[]> {
  const bad = (value: number) => value < range.min || value > range.max || isFaultCode(value, range)
  const odd = (row: number) => bad(min[row] as number) || bad(max[row] as number)
  const rows = [...grid.keys()].filter(odd)
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined) return []
  const [from, to] = [grid[first] as number, (grid[last] as number) + hourMs]
  const { at, value } = await host.workers.history.call.readings({ series, from, to, limit: mostSamples, query })
  const { codes, outside } = faultsOf(at, value, range)
  return (['code', 'range'] as const).flatMap((rule) => {
    const stretches = rule === 'code' ? codes : outside
    const [begin, end] = [stretches[0], stretches.at(-1)]
    if (!begin || !end) return []
    const values = stretches.flatMap((one) => Array.from(value.slice(one.first, one.last + 1)))
    const [lowest, highest] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
    return [
      found(
        rule,
        'warning',
        series,
        begin.from,
        end.to,
        figure('lowest', lowest, '°C'),
        figure('highest', highest, '°C'),
        figure('count', values.length),
      ),
    ]
  })
}
