import { addDays, createCalendar } from '#shared/calendar.ts'
import { consumedBetween, type Consumed } from '#shared/energy/consumed.ts'
import type { Exchange } from '#shared/energy/register.ts'
import type { MeterConsumption } from '#shared/meters/contract.ts'
import { slotMs } from '#shared/meters/slots.ts'
import { qualities } from '#shared/reading.ts'
import type { Host } from '../capability.ts'
import { readRegisters } from '../registers.ts'
import { pointOf } from './parts.ts'
import type { Known } from './registry.ts'
import { readReplacements, registerOf, type NotedReplacement } from './store.ts'

/** Enough quarter hours for two months around a moment. */
const mostSamples = 6000
const good = qualities.indexOf('good')

export type IndexSample = { at: number; value: number }

/** Stored indexes of a series from `from` to `to`, oldest first, and the one that stands there now. */
export async function indexesOf(host: Host, series: number, from: number, to: number): Promise<IndexSample[]> {
  const line = await host.workers.history.call.readings({ series, from, to, limit: mostSamples })
  const samples: IndexSample[] = []
  for (let i = 0; i < line.at.length; i++) {
    const [at, value] = [line.at[i] ?? 0, line.value[i] ?? Number.NaN]
    if (line.quality[i] === good && Number.isFinite(value)) samples.push({ at, value })
  }
  const now = host.latest.get(series)
  if (now && now.value !== null && now.quality === 'good' && now.at < to && now.at > (samples.at(-1)?.at ?? 0)) {
    samples.push({ at: now.at, value: now.value })
  }
  return samples
}

/** Replacements, and a change of serial number that nobody has explained yet. */
function exchangesOf({ meter }: Known, noted: readonly NotedReplacement[], register: 'energy' | 'volume'): Exchange[] {
  const all = noted.filter((one) => one.meter === meter.id).map((one) => registerOf(one, register))
  return meter.otherSince === null ? all : [...all, { at: meter.otherSince, final: null, first: null }]
}

/** Today and this month up to now, and the whole of yesterday, in the local calendar. */
function periodsAt(now: number, timeZone: string) {
  const calendar = createCalendar(timeZone)
  const date = calendar.dateAt(now)
  const today = calendar.startOf(date)
  return {
    today: [today, now],
    yesterday: [calendar.startOf(addDays(date, -1)), today],
    month: [calendar.startOf(`${date.slice(0, 7)}-01`), now],
  } satisfies Record<string, [number, number]>
}

/** What meters used today, yesterday and this month; those that have neither register are left out. */
export async function consumptionNow(host: Host, meters: readonly Known[]): Promise<MeterConsumption[]> {
  const noted = await readReplacements(host.database)
  const counted = meters.flatMap((known) => {
    const register = (['energy', 'volume'] as const).find((name) => pointOf(known.device, known.meter.part, name))
    const series = register && pointOf(known.device, known.meter.part, register)?.series
    return register && series !== undefined ? [{ known, register, series }] : []
  })
  const periods = periodsAt(host.clock(), host.timeZone)
  const [from, to] = [Math.min(periods.yesterday[0], periods.month[0]), host.clock() + 1]
  const asked = counted.map(({ known, register, series }) => ({
    series,
    exchanges: exchangesOf(known, noted, register),
    everyMs: known.meter.power === 'battery' ? Math.max(slotMs, known.meter.restMs) : slotMs,
  }))
  const walked = await readRegisters(host, asked, { from, to })
  return counted.map(({ known, register }, i) => {
    const walk = walked[i]
    const used = (edges: [number, number]) => (walk && consumedBetween(walk, edges)[0]) ?? nothing
    const { today, yesterday, month } = periods
    return { meter: known.meter.id, quantity: register, today: used(today), yesterday: used(yesterday), month: used(month) }
  })
}

const nothing: Consumed = {
  value: null,
  interpolated: 0,
  valid: 0,
  from: null,
  to: null,
  complete: false,
  exchanges: 0,
  resets: 0,
  stray: 0,
}
