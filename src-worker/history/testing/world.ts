import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { toBatch, type Quality, type SeriesReading } from '#shared/reading.ts'
import type { HistoryEngine } from '../engine.ts'

export const start = Date.UTC(2026, 0, 15, 12)
export const all = { from: 0, to: Date.UTC(2100, 0, 1) }

export function sample(series: number, at: number, value: number | null = 20, quality: Quality = 'good'): SeriesReading {
  return { series, at, value, quality }
}

export type World = ReturnType<typeof historyWorld>

/** A new folder and an open engine for every test. */
export function historyWorld(make: () => HistoryEngine) {
  const world = { folder: '', store: make() }
  const open = () => world.store.open({ folder: world.folder, memoryMb: 128, threads: 2, timeZone: 'Europe/Berlin' })
  beforeEach(async () => {
    world.folder = await mkdtemp(join(tmpdir(), 'history-'))
    world.store = make()
    await open()
  })
  afterEach(async () => {
    await Promise.allSettled([world.store.close({})])
    await rm(world.folder, { recursive: true })
  })
  const read = async (series: number, range = all, limit = 50_000) => await world.store.readings({ series, ...range, limit })
  return {
    world,
    open,
    reopen: async () => {
      await world.store.close({})
      world.store = make()
      return await open()
    },
    append: (...rows: SeriesReading[]) => world.store.append(toBatch(rows)),
    read,
    /** Ms after `start` and value of each sample. */
    pairs: async (series: number, range = all) => {
      const { at, value } = await read(series, range)
      return [...at].map((time, i) => [time - start, value[i]])
    },
  }
}
