import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { toBatch } from '#shared/reading.ts'
import { historyEngine } from './engine.ts'

const start = Date.UTC(2026, 0, 1)
const day = 86_400_000

test('samples come as they are, with no row where there was none, in the order of the series asked for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'samples-'))
  const engine = historyEngine({ clock: () => start, onProgress: () => {} })
  await engine.open({ folder, memoryMb: 64, threads: 1 })
  await engine.append(
    toBatch([
      { series: 2, at: start, value: -0, quality: 'good' },
      { series: 2, at: start + 90 * day, value: null, quality: 'fault' },
      { series: 2, at: start + 91 * day, value: 0.1, quality: 'log' },
      { series: 5, at: start + day, value: 1e300, quality: 'good' },
    ]),
  )
  const lines = await engine.samples({ series: [5, 3, 2], from: start, to: start + 91 * day + 1 })
  expect(lines.map(({ series, stored, at }) => [series, stored, [...at]])).toEqual([
    [5, 1, [start + day]],
    [3, 0, []],
    [2, 3, [start, start + 90 * day, start + 91 * day]],
  ])
  expect([...(lines[2]?.value ?? [])]).toEqual([-0, Number.NaN, 0.1])
  expect([...(lines[2]?.quality ?? [])]).toEqual([0, 1, 6])
  await engine.close({})
  await rm(folder, { recursive: true })
})
