import { copyFile, mkdir, mkdtemp, readdir, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { toBatch } from '#shared/reading.ts'
import type { Hold } from '#shared/history/port.ts'
import { historyEngine, type HistoryEngine } from './engine.ts'

const start = Date.UTC(2026, 0, 1)
const minute = 60_000

let folder: string
let engine: HistoryEngine

const opened = { memoryMb: 64, threads: 1 }
const make = () => historyEngine({ clock: () => start, onProgress: () => {}, segmentBytes: 20_000 })
const batch = (round: number) =>
  toBatch(
    Array.from({ length: 200 }, (_, i) => ({ series: i, at: start + round * minute, value: round + i / 8, quality: 'good' as const })),
  )

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hold-'))
  engine = make()
  await engine.open({ folder: join(folder, 'live'), ...opened })
})

afterEach(async () => {
  await engine.close({})
  await rm(folder, { recursive: true, force: true })
})

async function copyHeld({ folder: from, files, journal }: Hold, to: string): Promise<void> {
  for (const { path, bytes } of [...files, ...journal]) {
    await mkdir(dirname(join(to, path)), { recursive: true })
    await copyFile(join(from, path), join(to, path))
    await truncate(join(to, path), bytes)
  }
}

test('what is held is everything acknowledged by then, however much is stored and packed meanwhile', async () => {
  for (let round = 0; round < 30; round++) await engine.append(batch(round))
  const late = Array.from({ length: 20 }, (_, i) => engine.append(batch(30 + i)))
  const held = await engine.hold({})
  await Promise.all(late)
  for (let round = 50; round < 120; round++) await engine.append(batch(round))
  expect(held.samples).toBe(50 * 200)
  expect(held.last).toBe(start + 49 * minute)

  const copy = join(folder, 'copy')
  await copyHeld(held, copy)
  const second = make()
  const status = await second.open({ folder: copy, ...opened })
  expect(status).toMatchObject({ samples: held.samples, last: held.last, notice: null })
  const range = { series: 7, from: start, to: start + 50 * minute, limit: 1000 }
  expect(await second.readings(range)).toEqual(await engine.readings(range))
  await second.close({})
})

test('a file that is packed while it is held stays readable', async () => {
  await engine.append(batch(0))
  const held = await engine.hold({})
  const plain = held.journal[0]
  if (!plain) throw new Error('nothing is held')
  expect(plain.path).toMatch(/\.log$/)
  for (let round = 1; round < 40; round++) await engine.append(batch(round))
  await expect.poll(async () => (await readdir(join(folder, 'live', 'journal'))).some((name) => name.endsWith('.zst'))).toBe(true)
  const copy = join(folder, 'copy')
  await copyHeld(held, copy)
  const second = make()
  expect((await second.open({ folder: copy, ...opened })).samples).toBe(200)
  await second.close({})
})

test('letting go takes the second names away, once', async () => {
  await engine.append(batch(0))
  const held = await engine.hold({})
  await engine.release({ id: held.id })
  expect(await readdir(join(folder, 'live', 'held'))).toEqual([])
  await expect(engine.release({ id: held.id })).rejects.toMatchObject({ code: 'notFound' })
})

test('what a killed process held is gone after the next opening', async () => {
  await engine.append(batch(0))
  await engine.hold({})
  await engine.close({})
  await engine.open({ folder: join(folder, 'live'), ...opened })
  expect(await readdir(join(folder, 'live'))).not.toContain('held')
})
