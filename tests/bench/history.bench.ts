import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { historyEngine, type HistoryEngine } from '../../src-worker/history/engine.ts'
import { sealedFolder } from '../../src-worker/history/manifest.ts'
import { asked, devices, folder } from './history-questions.ts'
import { loadYear } from './load-year.ts'
import { median, report } from './measure.ts'

/**
 * Questions on a year of samples each quarter of an hour, 50 points a device: HISTORY_DEVICES=4 (7 million samples, as it is without),
 * 40 (70 million) or 1000 (1.76 billion; half an hour to load, 7 GB). HISTORY_FOLDER keeps the folder for the next time. Warm: medians
 * after two times that do not count. Memory of DuckDB 256 MB, two threads, as in the program.
 */
const { one: middle, ten, meters, everything, year, days, june, width } = asked

if (!existsSync(join(sealedFolder(folder), 'manifest'))) {
  const at = performance.now()
  await loadYear(folder, devices, (month) => process.stdout.write(`${month} loaded\n`))
  report('loading', { seconds: (performance.now() - at) / 1000 })
}

const opening = performance.now()
const engine = historyEngine({ clock: () => Date.now(), onProgress: () => {} })
const status = await engine.open({ folder, memoryMb: 256, threads: 2, timeZone: 'Europe/Berlin' })
report(`${(status.samples / 1e6).toFixed(1)} million samples: opening`, {
  ms: performance.now() - opening,
  'bytes/sample': status.databaseBytes / status.samples,
})
const registers = Uint32Array.from(meters.flatMap((series) => [series, series + 1]))
await engine.keep({ series: registers, register: new Uint8Array(registers.length).fill(1), keepDays: new Uint32Array(registers.length) })

await ask('one point, a year raw', 15, () => engine.samples({ series: [middle], ...year }))
await ask('one point, a year in 2,000 buckets', 15, () => engine.chart({ series: [middle], ...year, width }))
await ask('ten points, a month raw', 15, () => engine.samples({ series: ten, ...june }))
await ask('eight points, a year in 1,500 buckets', 7, () => engine.chart({ series: ten.slice(0, 8), ...year, width: 1500 }))
await ask(`newest of all ${everything.length} points`, 15, () => engine.latest({}))
await ask(`energy a day of ${meters.length} meters, a year`, 7, () => engine.sums({ series: meters, ...days, step: 'day' }))
await ask(`mean of a month of all ${everything.length} points`, 7, () => engine.sums({ series: everything, ...june, step: 'month' }))
report('memory of the process, peak', { MiB: process.resourceUsage().maxRSS / 1024 })
await engine.close({})

async function ask(what: string, times: number, question: () => ReturnType<HistoryEngine[keyof HistoryEngine]>): Promise<void> {
  const first = performance.now()
  await question()
  const cold = performance.now() - first
  await question()
  const took: number[] = []
  for (let i = 0; i < times; i++) {
    const at = performance.now()
    await question()
    took.push(performance.now() - at)
  }
  report(what, { 'ms warm': median(took), 'first ms': cold })
}
