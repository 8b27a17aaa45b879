import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { ReadingBatch } from '#shared/reading.ts'
import { appendRows } from '../../src-worker/history/columns.ts'
import { historyEngine } from '../../src-worker/history/engine.ts'
import { median, quantile, report } from './measure.ts'
import { PlantYear, pointsEach } from './plant-year.ts'

/**
 * How fast samples are taken: batches of 50,000 (1,000 devices of 50 points), each acknowledged when the journal has it on disk, until all
 * are in the database too. Beside it DuckDB alone, the same columns in typed chunks, a transaction for each batch, no journal. Turn by
 * turn, medians of the rounds. CPU is that of the whole process.
 */
const devices = 1000
const batches = 60
const rounds = 5
const start = Date.UTC(2026, 0, 1)

const made = batchesOf(batches)
const runs: Record<'raw' | 'ours' | 'sealing', { rate: number; cpu: number; commits: number[] }[]> = { raw: [], ours: [], sealing: [] }
for (let round = 0; round < rounds; round++) {
  runs.raw.push(await raw(made))
  runs.ours.push(await ours(made, 100_000_000))
  runs.sealing.push(await ours(made, 1_000_000))
}
for (const [name, all] of Object.entries(runs)) {
  const commits = all.flatMap((run) => run.commits)
  report({ raw: 'DuckDB alone', ours: 'Hearthgrid, journal and database', sealing: 'Hearthgrid, sealing meanwhile' }[name as 'raw'], {
    'rows/s': median(all.map(({ rate }) => rate)),
    'CPU µs/row': median(all.map(({ cpu }) => cpu)),
    'commit p50 ms': median(commits),
    p95: quantile(commits, 0.95),
    max: Math.max(...commits),
  })
}
const share = (name: 'ours' | 'sealing') => median(runs[name].map(({ rate }, i) => rate / (runs.raw[i]?.rate ?? Number.NaN)))
report('share of the rate of DuckDB alone', { plain: share('ours'), 'with sealing': share('sealing') })

function batchesOf(count: number): ReadingBatch[] {
  const plant = new PlantYear(devices, start)
  const series = Uint32Array.from({ length: devices * pointsEach }, (_, i) => i + 1)
  return Array.from({ length: count }, () => {
    plant.step()
    return {
      series: series.slice(),
      at: new Float64Array(series.length).fill(plant.at),
      value: plant.values.slice(),
      quality: plant.quality.slice(),
    }
  })
}

async function raw(all: readonly ReadingBatch[]) {
  return await inFolder(async (folder) => {
    const instance = await DuckDBInstance.create(join(folder, 'raw.duckdb'), {
      memory_limit: '256MB',
      threads: '2',
      checkpoint_threshold: '16MB',
    })
    const connection = await instance.connect()
    await connection.run('CREATE TABLE readings(series INTEGER, "at" TIMESTAMP_S, value DOUBLE, quality UTINYINT)')
    const measured = await measure(all, async ({ series, at, value, quality }) => {
      await connection.run('BEGIN')
      const appender = await connection.createAppender('readings')
      appendRows(appender, { series, second: Uint32Array.from(at, (ms) => ms / 1000), value, quality })
      appender.closeSync()
      await connection.run('COMMIT')
    })
    connection.closeSync()
    instance.closeSync()
    return measured
  })
}

async function ours(all: readonly ReadingBatch[], sealRows: number) {
  return await inFolder(async (folder) => {
    const engine = historyEngine({ clock: () => Date.now(), onProgress: () => {}, sealRows })
    await engine.open({ folder, memoryMb: 256, threads: 2 })
    const applied = async () => {
      while ((await engine.status({})).waiting > 0) await new Promise((resolve) => setTimeout(resolve, 2))
    }
    const measured = await measure(all, (batch) => engine.append(batch), applied)
    await engine.close({})
    return measured
  })
}

/** Each call waits for the one before, as the program itself does. */
async function measure(all: readonly ReadingBatch[], take: (batch: ReadingBatch) => Promise<unknown>, end = async () => {}) {
  const commits: number[] = []
  const cpu = process.cpuUsage()
  const begun = performance.now()
  for (const batch of all) {
    const at = performance.now()
    await take(batch)
    commits.push(performance.now() - at)
  }
  await end()
  const rows = all.length * devices * pointsEach
  const { user, system } = process.cpuUsage(cpu)
  return { rate: rows / ((performance.now() - begun) / 1000), cpu: (user + system) / rows, commits }
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ingest-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}
