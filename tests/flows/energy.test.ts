import { expect, onTestFinished, test } from 'vitest'
import type { Meter } from '#shared/meters/contract.ts'
import { toBatch, type SeriesReading } from '#shared/reading.ts'
import { madeHouse } from '../../src-shared/energy/testing/house.ts'
import { SimulatedBus } from '../../src-worker/simulator/serve/mbus-bus.ts'
import { realMeter } from './mbus-world.ts'
import { eventually, newFolder, quarterHour, startWorld } from './world.ts'

const names = ['energy', 'volume', 'power', 'flow', 'flowTemperature', 'returnTemperature'] as const
type Past = Record<(typeof names)[number], Float64Array> & { at: Float64Array }

const days = 12
const rows = days * 96

/** Twelve days of quarter hours up to the last midnight (UTC), as the meter of a house would have counted them. */
function pastOf(seed: number, now: number): Past {
  const start = Math.floor(now / 86_400_000) * 86_400_000 - days * 86_400_000
  const { supply, back, ...house } = madeHouse(rows, { seed, start, stepMs: quarterHour })
  const steps = (column: Float64Array, digits: number) => column.map((value) => Math.round(value * 10 ** digits) / 10 ** digits)
  return { ...house, energy: steps(house.energy, 0), volume: steps(house.volume, 2), flowTemperature: supply, returnTemperature: back }
}

function rowsOf({ values }: Meter, past: Past): SeriesReading[] {
  return names.flatMap((name) => {
    const series = values[name]
    return series === undefined
      ? []
      : [...past.at].map((at, i) => ({ series, at, value: past[name][i] as number, quality: 'good' as const }))
  })
}

/** Three meters of one line, whose past was changed before it was stored. */
async function town(change: (pasts: Past[]) => void) {
  process.env['TZ'] = 'UTC'
  const bus = new SimulatedBus({ meters: [1, 2, 3].map((address) => realMeter(address, 'kamstrup_multical_601', {}, `0685581${address}`)) })
  const port = await bus.listen()
  onTestFinished(() => bus.close())
  const folder = newFolder()
  const world = await startWorld({ folder })
  const added: Meter[] = []
  for (const unit of [1, 2, 3])
    added.push(await world.call('meters.add', { host: '127.0.0.1', port, way: 'mbus-tcp', unit, name: `House ${unit}`, power: 'battery' }))
  const pasts = added.map((_, i) => pastOf(i + 1, Date.now()))
  change(pasts)
  for (const [i, meter] of added.entries()) await world.serving.host.workers.history.call.append(toBatch(rowsOf(meter, pasts[i] as Past)))
  const ids = added.map(({ id }) => id)
  for (const meter of ids)
    await world.call('energy.setPlate', {
      meter,
      designPower: 8,
      permanentFlow: 0.6,
      smallestFlow: 0.006,
      side: 'flow',
      verifiedUntil: null,
    })
  return { ...world, bus, ids, pasts, added, midnight: Math.floor(Date.now() / 86_400_000) * 86_400_000 }
}

const dayMs = 86_400_000

test('consumption of all meters by day comes in one answer, across drop-outs, gaps and jumps', { timeout: 60_000 }, async () => {
  const { call, ids, pasts, midnight, added } = await town(([, dropped, jumped]) => {
    dropped?.energy.fill(0, 500, 520)
    jumped?.energy.forEach((value, i) => i >= 800 && (jumped.energy[i] = value + 100_000))
  })
  const from = midnight - 10 * dayMs
  const { lines, edges, greyBelow } = await call('energy.consumption', { from, to: midnight - dayMs, quantity: ['energy'] })
  expect(edges).toEqual(Array.from({ length: 10 }, (_, i) => from + i * dayMs))
  expect(greyBelow).toBe(0.75)
  expect(lines.map(({ meter }) => meter)).toEqual(ids)
  const index = (i: number, at: number) => pasts[i]?.energy[(at - (pasts[i]?.at[0] ?? 0)) / quarterHour] ?? Number.NaN
  const [sound, dropped, jumped] = lines
  expect(sound?.value).toEqual(edges.slice(1).map((edge, day) => index(0, edge) - index(0, edges[day] ?? 0)))
  expect(sound?.total).toMatchObject({ value: index(0, midnight - dayMs) - index(0, from), complete: true, valid: 1, interpolated: 0 })
  expect(dropped?.total).toMatchObject({ value: index(1, midnight - dayMs) - index(1, from), complete: true, stray: 20 })
  expect(dropped?.valid[3]).toBeCloseTo(1 - 21 / 96, 3)
  expect(dropped?.interpolated[3]).toBeGreaterThan(0)
  expect(jumped?.total.value).toBeLessThan(2000)
  expect(jumped?.total).toMatchObject({ resets: 1, complete: false })
  expect(jumped?.partial).toHaveLength(1)

  const noted = {
    at: jumped?.total.from ?? 0,
    newSerial: '06855899',
    finalEnergy: null,
    firstEnergy: null,
    finalVolume: null,
    firstVolume: null,
  }
  const moment = (pasts[2]?.at[800] ?? 0) - 60_000
  const [final, first] = [pasts[2]?.energy[799] ?? 0, pasts[2]?.energy[800] ?? 0]
  await call('meters.replace', { id: added[2]?.id ?? '', ...noted, at: moment, finalEnergy: final, firstEnergy: first, reason: '' })
  const again = await call('energy.consumption', {
    meter: [added[2]?.id ?? ''],
    from,
    to: midnight - dayMs,
    quantity: ['energy'],
    step: 'month',
  })
  expect(again.lines[0]?.total).toMatchObject({ exchanges: 1, resets: 0, complete: true })
  await expect(call('energy.consumption', { from: midnight, to: midnight })).rejects.toMatchObject({ code: 'input.invalid' })
  await expect(call('energy.consumption', { meter: ['none'], from, to: midnight })).rejects.toMatchObject({ code: 'notFound' })
})

test('a check finds what is odd, tells it once, and what is gone closes by itself', { timeout: 60_000 }, async () => {
  const { call, ids, midnight, added } = await town((pasts) => {
    // All three stand still for ten hours: what reads them did, not they.
    for (const past of pasts) for (const name of names) past[name].fill(past[name][799] as number, 800, 840)
    pasts[1]?.energy.forEach((value, i, all) => i >= 900 && (all[i] = value + 50_000))
    pasts[2]?.flowTemperature.fill(192, 1000, 1010)
  })
  expect(await call('energy.findings', {})).toEqual([])
  const check = async () => {
    expect(await call('energy.check', {})).toMatchObject({ state: 'running', total: 3 })
    const ended = await eventually(
      () => call('energy.checkState', {}),
      ({ state }) => state !== 'running',
    )
    expect(ended).toMatchObject({ state: 'done', devices: 3 })
    return call('energy.findings', {})
  }
  const found = await check()
  const told = found.map(({ rule, meter, severity }) => [rule, meter, severity])
  expect(told).toContainEqual(['jump', ids[1], 'alarm'])
  expect(told).toContainEqual(['code', ids[2], 'warning'])
  expect(told.filter(([rule]) => rule === 'gateway')).toEqual([['gateway', null, 'alarm']])
  expect(told.filter(([rule]) => ['frozen', 'noEnergy', 'noVolume', 'stuck'].includes(String(rule)))).toEqual([])
  const gateway = found.find(({ rule }) => rule === 'gateway')
  expect(gateway?.devices).toEqual(['House 1', 'House 2', 'House 3'])
  const jump = found.find(({ rule, from }) => rule === 'jump' && from < midnight)
  expect(jump?.figures.map(({ name, unit }) => [name, unit])).toEqual([
    ['before', 'kWh'],
    ['after', 'kWh'],
  ])
  expect(jump?.from).toBe(midnight - days * dayMs + 899 * quarterHour)
  const code = found.find(({ rule }) => rule === 'code')
  expect(code?.figures).toContainEqual({ name: 'count', value: 10, unit: '' })

  // Told once: the same findings stay the same.
  expect((await check()).map(({ id }) => id).toSorted()).toEqual(found.map(({ id }) => id).toSorted())

  // What happened is explained by a person and not told anew.
  const explained = await call('energy.acknowledge', { id: jump?.id ?? '', note: 'Swapped by the fitter' })
  expect(explained).toMatchObject({ acknowledged: { note: 'Swapped by the fitter' } })
  expect(explained.closedAt).not.toBeNull()
  // The meter's real index, stored when a quarter of an hour ends, is a jump of its own.
  expect((await check()).some(({ rule, from }) => rule === 'jump' && from === jump?.from)).toBe(false)

  // What a person set is no longer found: the finding closes by itself.
  const limits = await call('energy.limits', {})
  const supply = { ...limits.ranges['supply'], min: 0, max: 200, codes: [] }
  await call('energy.setLimits', { limits: { ...limits, ranges: { ...limits.ranges, supply } } })
  expect((await check()).some(({ rule }) => rule === 'code')).toBe(false)
  const all = await call('energy.findings', { all: 'yes', meter: added[2]?.id ?? '' })
  expect(all.find(({ rule }) => rule === 'code')?.closedAt).not.toBeNull()
  expect(await call('energy.setLimits', { limits: null })).toEqual(limits)
  await expect(call('energy.acknowledge', { id: 'none', note: '' })).rejects.toMatchObject({ code: 'notFound' })
  const { entries } = await call('audit.list', {})
  expect(entries.map(({ operation }) => operation)).toContain('energy.acknowledge')
})

test('a check is stopped at once, and one at a time runs', { timeout: 60_000 }, async () => {
  const { call } = await town(() => undefined)
  await call('energy.check', {})
  await call('energy.checkStop', {})
  const { state, next } = await call('energy.checkState', {})
  expect(['cancelled', 'done']).toContain(state)
  expect(next).toBeGreaterThan(Date.now())
})
