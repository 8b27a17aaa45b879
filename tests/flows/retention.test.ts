import { expect, test } from 'vitest'
import { keepAll } from '#shared/history/storage-contract.ts'
import { toBatch } from '#shared/reading.ts'
import { quarterHour, startControllers, startWorld } from './world.ts'

const now = Date.UTC(2026, 10, 15)
const january = Date.UTC(2026, 0, 10)

/** Ten days of quarter hours of each series. */
const days = (series: readonly number[], from: number) =>
  toBatch(
    Array.from({ length: 960 * series.length }, (_, i) => {
      const place = Math.floor(i / series.length)
      return { series: series[i % series.length] ?? 0, at: from + place * quarterHour, value: place, quality: 'good' as const }
    }),
  )

async function worldOfOne() {
  const { ports } = await startControllers()
  const world = await startWorld({ clock: () => now })
  const { id } = await world.call('devices.add', { name: 'Nord', place: '', host: '127.0.0.1', port: ports[0] ?? 0, unit: 1 })
  const { points } = await world.call('devices.get', { id })
  const flow = points.find((point) => point.id === 'circuit1.flow')?.series
  const slope = points.find((point) => point.id === 'circuit1.slope')?.series
  if (flow === undefined || slope === undefined) throw new Error('a point is missing')
  const { history } = world.serving.host.workers
  for (const from of [january, now - 11 * 24 * 3_600_000]) await history.call.append(days([flow, slope], from))
  // Nothing is old as long as no newer months hold samples: a clock alone is not believed.
  for (let month = 1; month < 10; month++) await history.call.append(days([slope], Date.UTC(2026, month, 1)))
  const stored = async (series: number, from = january) =>
    (await history.call.readings({ series, from, to: from + 10 * 24 * 3_600_000, limit: 10_000 })).stored
  return { ...world, history, flow, slope, stored }
}

test('measurements older than said are removed, their days and everything else stay', async () => {
  const { call, history, flow, slope, stored } = await worldOfOne()
  const { retention, points } = await call('history.retention', {})
  expect(retention).toEqual(keepAll)
  expect(points.measurement).toBeGreaterThan(0)
  expect(points.setting).toBeGreaterThan(0)
  await history.call.tidy({})
  expect(await stored(flow)).toBe(960)

  await call('history.setRetention', { ...keepAll, measurement: 6 })
  await history.call.tidy({})
  expect(await stored(flow)).toBe(0)
  expect(await stored(slope)).toBe(960)
  expect(await stored(flow, now - 11 * 24 * 3_600_000)).toBe(960)
  const [sums] = await history.call.aggregate({ series: [flow], from: january, to: january + 10 * 24 * 3_600_000, step: 'day' })
  expect(sums?.count.reduce((sum, count) => sum + count, 0)).toBe(960)
  expect(Math.max(...(sums?.max ?? []))).toBe(959)
  expect((await call('history.retention', {})).retention.measurement).toBe(6)
})

test('what is stored is measured: months, their files, and bytes of a sample and of a point in a year', async () => {
  const { call, serving } = await startWorld({ clock: () => now })
  const { history } = serving.host.workers
  for (const from of [january, now - 11 * 24 * 3_600_000]) await history.call.append(days([1, 2], from))
  const before = await call('history.storage', {})
  expect(before).toMatchObject({ samples: 3840, points: 2, months: [], perSample: null, perPointYear: null, notice: null })
  await history.call.tidy({})
  const storage = await call('history.storage', {})
  expect(storage.months.map(({ month, rows }) => [month, rows])).toEqual([
    ['2026-11', 1920],
    ['2026-01', 1920],
  ])
  expect(storage.bytes.sealed).toBe(storage.months.reduce((sum, { bytes }) => sum + bytes, 0))
  expect(storage.perSample).toBeCloseTo(storage.bytes.sealed / 3840)
  expect(storage.perPointYear).toBeGreaterThan(0)
  expect(storage.bytes.settings).toBeGreaterThan(0)
  expect(storage.free).toBeGreaterThan(0)
})
