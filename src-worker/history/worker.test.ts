import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HistoryPort } from '#shared/history/port.ts'
import { buffersOf, emptyBatch, type ReadingBatch } from '#shared/reading.ts'
import { connect, type Channel } from '#shared/rpc.ts'

const start = Date.UTC(2026, 0, 1)
const rows = 3000

function batchAt(i: number): ReadingBatch {
  const batch = emptyBatch(rows)
  for (let series = 0; series < rows; series++) {
    batch.series[series] = series
    batch.at[series] = start + i * 1000
    batch.value[series] = i + series / 10_000
  }
  return batch
}

describe('the history worker', () => {
  let folder: string
  const threads: Worker[] = []
  const events: unknown[] = []

  const thread = () => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url))
    threads.push(worker)
    const { call } = connect<HistoryPort>(worker as Channel, (event, data) => events.push([event, data]))
    return { worker, call, open: () => call.open({ folder, memoryMb: 128, threads: 2 }) }
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'history-'))
    events.length = 0
  })
  afterEach(async () => {
    await Promise.all(threads.splice(0).map((worker) => worker.terminate()))
    await rm(folder, { recursive: true })
  })

  it('stores moved batches and answers with moved columns', async () => {
    const { call, open } = thread()
    expect(await open()).toMatchObject({ state: 'ready', samples: 0 })
    for (let i = 0; i < 5; i++) {
      const batch = batchAt(i)
      expect(await call.append(batch, buffersOf(batch))).toEqual({ stored: rows, dropped: 0 })
      expect(batch.at.length).toBe(0)
    }
    const lines = await call.chart({ series: [2999, 2, 2], from: 0, to: start * 2, width: 100 })
    expect(lines.map(({ series, value }) => [series, ...value])).toEqual(
      [2999, 2, 2].map((s) => [s, ...[0, 1, 2, 3, 4].map((i) => i + s / 10_000)]),
    )
    const page = await call.readings({ series: 7, from: start, to: start + 2000, limit: 10 })
    expect([page.stored, ...page.at]).toEqual([2, start, start + 1000])
    const latest = await call.latest({})
    expect(latest.series.length).toBe(rows)
    expect(new Set(latest.at)).toEqual(new Set([start + 4000]))
    await call.close({})
  })

  it('tells failures by their code', async () => {
    const { call, open } = thread()
    await expect(call.status({})).rejects.toMatchObject({ code: 'storage.failed' })
    await open()
    await expect(open()).rejects.toMatchObject({ code: 'conflict' })
    await expect(thread().open()).rejects.toMatchObject({ code: 'conflict' })
    await expect(call.append({ ...batchAt(0), at: new Float64Array(rows).fill(Number.NaN) })).rejects.toMatchObject({
      code: 'input.invalid',
    })
    await expect(call.readings({ series: -1, from: 0, to: 1, limit: 1 })).rejects.toMatchObject({ code: 'input.invalid' })
    await call.close({})
  })

  it('cannot open a folder that is a file', async () => {
    const { call } = thread()
    await expect(call.open({ folder: import.meta.filename, memoryMb: 128, threads: 1 })).rejects.toMatchObject({ code: 'storage.failed' })
  })

  it('announces how far the filling of a lost database is', async () => {
    const first = thread()
    await first.open()
    for (let i = 0; i < 5; i++) await first.call.append(batchAt(i))
    await first.call.close({})
    await rm(join(folder, 'history.duckdb'))
    const second = thread()
    expect(await second.open()).toMatchObject({ state: 'ready', samples: 5 * rows })
    expect(events).toEqual([
      ['progress', { done: 0, total: 5 }],
      ['progress', { done: 5, total: 5 }],
    ])
    await second.call.close({})
  })

  it('is replaced by another thread when it ends with samples that wait, and nothing acknowledged is lost', async () => {
    let acknowledged = 0
    for (let life = 0; life < 3; life++) {
      const { worker, call, open } = thread()
      expect((await open()).samples).toBe(acknowledged * rows)
      const line = await call.readings({ series: 11, from: 0, to: start * 2, limit: 10_000 })
      expect([...line.value]).toEqual(Array.from({ length: acknowledged }, (_, i) => i + 11 / 10_000))
      for (let i = 0; i < 5; i++) await call.append(batchAt(acknowledged++))
      expect((await call.status({})).waiting).toBe(5 * rows)
      await worker.terminate()
    }
  })

  it('closes its files before it ends with an error that nobody foresaw', async () => {
    const first = thread()
    await first.open()
    for (let i = 0; i < 30; i++) await first.call.append(batchAt(i))
    const ended = new Promise((resolve) => first.worker.once('error', resolve))
    first.worker.postMessage(null)
    expect(String(await ended)).toContain('TypeError')
    const second = thread()
    expect(await second.open()).toMatchObject({ samples: 30 * rows, waiting: 0, notice: null })
    await second.call.close({})
  })
})
