import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bucketsOf, edgesOf } from '#shared/history/buckets.ts'
import { qualities, toBatch, type SeriesReading } from '#shared/reading.ts'
import { historyEngine } from './engine.ts'

const zone = 'Europe/Berlin'
const minute = 60_000
const day = 24 * 60 * minute
/** Around the end of summer time, over a change of month. */
const start = Date.UTC(2025, 9, 20)
const days = 20

it('gives the sums that the samples give, however late, corrected, sealed and brought together they are', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sums-'))
  const engine = historyEngine({ clock: () => start + 500 * day, onProgress: () => {} })
  await engine.open({ folder, memoryMb: 128, threads: 2, timeZone: zone })
  let seed = 4711
  const random = (limit: number) => (seed = (seed * 48_271) % 2_147_483_647) % limit
  const reading = (series: number, at: number): SeriesReading => {
    const quality = random(10) === 0 ? 'fault' : (qualities[[0, 0, 0, 4, 5, 6][random(6)] ?? 0] ?? 'good')
    return { series, at, quality, value: random(20) === 0 ? null : random(4000) / 8 }
  }
  const registers = Uint32Array.of(1, 2)
  await engine.keep({ series: registers, register: Uint8Array.of(1, 1), keepDays: Uint32Array.of(0, 0) })
  const check = async () => {
    for (const step of ['hour', 'day', 'month', '15min'] as const) {
      for (const series of [[0, 1, 2, 3, 9], [1, 2], [3]]) {
        const range = { from: start + random(5) * day + 7 * minute, to: start + (10 + random(12)) * day }
        const edges = edgesOf(step, range.from, range.to, zone)
        const lines = await engine.samples({ series, from: edges[0] ?? 0, to: edges.at(-1) ?? 0 })
        const expected = lines.map((line) => bucketsOf(line.series, line, edges))
        const found = await engine.aggregate({ series, ...range, step })
        for (const [i, one] of found.entries()) {
          const { mean, increase, ...exact } = one
          const { mean: means, increase: increases, ...rest } = expected[i] ?? one
          expect(exact, `${step} of ${one.series}`).toEqual(rest)
          // Sums of parts differ in their last bits.
          expect([...mean].map(rounded), `${step} of ${one.series}`).toEqual([...means].map(rounded))
          expect([...increase].map(rounded), `${step} of ${one.series}`).toEqual([...increases].map(rounded))
        }
      }
    }
  }
  for (let round = 0; round < 8; round++) {
    const rows: SeriesReading[] = []
    for (let series = 0; series < 4; series++) {
      const from = start + round * 2.5 * day
      // Series 3 is read every minute, so that its hours are kept.
      const every = series === 3 ? minute : 15 * minute
      for (let at = from; at < from + 2.5 * day; at += every) if (random(12) > 0) rows.push(reading(series, at))
      for (let i = 0; i < 10; i++) rows.push(reading(series, start + random(days * 24 * 60) * minute))
    }
    await engine.append(toBatch(rows))
    if (round % 3 === 1) {
      await engine.correct(toBatch(Array.from({ length: 12 }, () => reading(random(4), start + random(days * 24 * 4) * 15 * minute))))
    }
    await check()
    if (round % 2 === 1) await engine.tidy({})
  }
  await check()
  const { samples, hot } = await engine.status({})
  expect([samples > 30_000, hot]).toEqual([true, 0])
  await engine.close({})
  await rm(folder, { recursive: true })
})

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
