import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { historyEngine } from '../../src-worker/history/engine.ts'
import { median, quantile, report, sleep } from './measure.ts'
import { startProduct } from './product.ts'

/**
 * A million rows of stored samples as a file, out of the built program as a process of its own: how long it takes, what the process
 * grows by, and how long another question waits meanwhile. The question is `health`, which the host's own thread answers; it is asked
 * every 20 ms, before and while a file is made, and so tells how long that thread was busy.
 */
const rows = 1_000_000
const everyMs = 10_000
const rounds = 3
const start = Date.UTC(2026, 0, 1)
const series = [1, 2]

const folder = mkdtempSync(join(tmpdir(), 'bench-export-'))
await fill(join(folder, 'history'))
const product = await startProduct(folder)
await sleep(3000)
const idle = await during(async () => await sleep(5000))
report('nothing else asked: answer of health', { 'median ms': median(idle), 'p99 ms': quantile(idle, 0.99), 'worst ms': Math.max(...idle) })
for (const format of ['csv', 'xlsx']) {
  for (const columns of [1, 2]) {
    const runs: { seconds: number; bytes: number; grown: number; waits: number[] }[] = []
    for (let round = 0; round < rounds; round++) {
      const before = product.residentMib()
      let peak = before
      let bytes = 0
      const begun = performance.now()
      const waits = await during(async () => {
        bytes = await save(format, series.slice(0, columns), () => (peak = Math.max(peak, product.residentMib())))
      })
      runs.push({ seconds: (performance.now() - begun) / 1000, bytes, grown: peak - before, waits })
      await sleep(1000)
    }
    const waits = runs.flatMap((run) => run.waits)
    report(`a million rows, ${columns} value${columns > 1 ? 's' : ''} with quality a row, ${format}`, {
      s: median(runs.map(({ seconds }) => seconds)),
      MB: (runs[0]?.bytes ?? 0) / 1e6,
      'memory grows by MiB, worst': Math.max(...runs.map(({ grown }) => grown)),
      'health median ms': median(waits),
      'p99 ms': quantile(waits, 0.99),
      'worst ms': Math.max(...waits),
    })
  }
}
await product.stop()
product.drop()

async function fill(history: string): Promise<void> {
  const engine = historyEngine({ clock: () => Date.now(), onProgress: () => {} })
  await engine.open({ folder: history, memoryMb: 256, threads: 2 })
  const part = 50_000
  for (let from = 0; from < rows; from += part) {
    for (const one of series) {
      await engine.append({
        series: new Uint32Array(part).fill(one),
        at: Float64Array.from({ length: part }, (_, i) => start + (from + i) * everyMs),
        value: Float64Array.from({ length: part }, (_, i) => Math.round(500 + 300 * Math.sin((from + i) / 900)) / 10),
        quality: new Uint8Array(part),
      })
    }
  }
  await engine.close({})
}

/** Bytes of a file, which are counted and let go of. */
async function save(format: string, wanted: readonly number[], look: () => void): Promise<number> {
  const words = wanted.map((one) => `series=${one}`).join('&')
  const answer = await product.ask(`/history/export?${words}&from=${start}&to=${start + rows * everyMs}&format=${format}`)
  if (!answer.ok || !answer.body) throw new Error(`export answered ${answer.status}`)
  let bytes = 0
  for await (const piece of answer.body) {
    bytes += piece.length
    look()
  }
  return bytes
}

/** How long `health` took each time while the work ran, ms. */
async function during(work: () => Promise<void>): Promise<number[]> {
  const waits: number[] = []
  let going = true
  const ask = async () => {
    while (going) {
      const asked = performance.now()
      await (await product.ask('/health')).arrayBuffer()
      waits.push(performance.now() - asked)
      await sleep(20)
    }
  }
  const asking = ask()
  await work()
  going = false
  await asking
  return waits
}
