import type { IndexSample } from '#shared/meters/clean.ts'
import { consumptionOf, type Exchange } from '#shared/meters/consumption.ts'
import type { MeterConsumption } from '#shared/meters/contract.ts'
import { qualities } from '#shared/reading.ts'
import type { Host } from '../capability.ts'
import { periodsAt } from './days.ts'
import { pointOf } from './parts.ts'
import type { Known } from './registry.ts'
import { exchangesOf } from './store.ts'

/** Enough quarter hours for a month and what lies around it. */
const mostSamples = 6000
/** So far before a period and behind it samples may lie that belong to its ends. */
const aroundMs = 26 * 3_600_000
const good = qualities.indexOf('good')

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
export async function allExchanges({ database }: Host, { meter }: Known, register: 'energy' | 'volume'): Promise<Exchange[]> {
  const noted = await exchangesOf(database, meter.id, register)
  return meter.otherSince === null ? noted : [...noted, { at: meter.otherSince, final: null, first: null }]
}

/** What a meter used today, yesterday and this month. Null when it has neither register. */
export async function consumptionNow(host: Host, known: Known): Promise<MeterConsumption | null> {
  const { meter, device } = known
  const register = (['energy', 'volume'] as const).find((name) => pointOf(device, meter.part, name))
  const found = register && pointOf(device, meter.part, register)
  if (!register || !found) return null
  const now = host.clock()
  const { today, yesterday, month } = periodsAt(now, host.timeZone)
  const begin = Math.min(yesterday.from, month.from) - aroundMs
  const samples = await indexesOf(host, found.series, begin, now + 1)
  const exchanges = await allExchanges(host, known, register)
  const used = (range: { from: number; to: number }) => consumptionOf(samples, exchanges, range)
  return { meter: meter.id, quantity: register, today: used(today), yesterday: used(yesterday), month: used(month) }
}
