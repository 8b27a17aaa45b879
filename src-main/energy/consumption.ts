import { consumedBetween } from '#shared/energy/consumed.ts'
import { mostIntervals, quantities, type ConsumptionLine, type energy } from '#shared/energy/contract.ts'
import type { ParsedOf } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import { edgesOf } from '#shared/history/buckets.ts'
import type { Host } from '../capability.ts'
import { breath, readRegisters, registersAtOnce } from '../registers.ts'
import type { StandingLimits } from './limits.ts'
import { askedRegister, knownMeters } from './meters.ts'

type Asked = ParsedOf<(typeof energy)['consumption']>

const mostYears = 30 * 366 * 24 * 3_600_000

/** What meters used in each interval. Throws input.invalid, and notFound for a meter that is none. */
export async function consumption(host: Host, standing: StandingLimits, asked: Asked) {
  const { from, to, step } = asked
  if (!(from < to) || to - from > mostYears) throw new Failure('input.invalid', { fields: 'from must be before to, within 30 years' })
  const [known, limits] = [await knownMeters(host), await standing.get()]
  const ids = asked.meter ?? [...known.keys()]
  const wanted = asked.quantity ?? quantities
  const edges = edgesOf(step, from, to, host.timeZone).map((edge) => Math.min(Math.max(edge, from), to))
  const lines = ids.flatMap((id) => {
    const meter = known.get(id)
    if (!meter) throw new Failure('notFound', { what: 'meter' })
    return wanted.flatMap((quantity) => {
      const series = meter.meter.values[quantity]
      return series === undefined ? [] : [{ id, quantity, asked: askedRegister(meter, quantity, series, limits) }]
    })
  })
  if (lines.length * (edges.length - 1) > mostIntervals)
    throw new Failure('input.invalid', { fields: 'too many intervals: fewer meters or longer steps' })
  const walked = await readRegisters(
    host,
    lines.map((line) => line.asked),
    { from, to, step: step === 'hour' ? 'hour' : 'day', report: true },
  )
  const answered: ConsumptionLine[] = []
  for (const [i, { id, quantity }] of lines.entries()) {
    if (i % registersAtOnce === 0) await breath()
    const walk = walked[i]
    const [total] = walk ? consumedBetween(walk, [from, to]) : []
    if (!walk || !total) continue
    const parts = consumedBetween(walk, edges)
    answered.push({
      meter: id,
      quantity,
      value: parts.map(({ value }) => value),
      valid: parts.map(({ valid }) => Math.round(valid * 1e4) / 1e4),
      interpolated: parts.map(({ interpolated }) => interpolated),
      partial: parts.flatMap(({ complete }, place) => (complete ? [] : [place])),
      total,
    })
  }
  return { edges, greyBelow: limits.valid, lines: answered }
}
