import { cp, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { historyEngine } from '../../src-worker/history/engine.ts'
import { sealedFolder } from '../../src-worker/history/manifest.ts'
import { loadYear, seriesOf, yearFrom, yearTo } from './load-year.ts'
import { quantile, report, sleep } from './measure.ts'
import { energyPoint, PlantYear, pointsEach } from './plant-year.ts'

/**
 * Samples keep coming while reports run: 50,000 points each second for 40 s (ten times what a plant of 1,000 devices of 50 points gives when
 * all of it is stored every 10 s), so that sealing happens too; first alone, then with yearly reports one after another on 7 million samples. CPU is
 * that of the whole process; at 10 s the share of a core is a tenth of what is printed for 1 s.
 */
const devices = 1000
const batches = 40
const year = join(tmpdir(), 'hearthgrid-year-4')
if (!existsSync(join(sealedFolder(year), 'manifest'))) await loadYear(year, 4, () => {})

for (const reports of [false, true]) {
  const folder = `${year}-sustained`
  await rm(folder, { recursive: true, force: true })
  await cp(year, folder, { recursive: true })
  const engine = historyEngine({ clock: () => Date.now(), onProgress: () => {} })
  await engine.open({ folder, memoryMb: 256, threads: 2, timeZone: 'Europe/Berlin' })
  const plant = new PlantYear(devices, Date.UTC(2025, 0, 1))
  const series = Uint32Array.from({ length: devices * pointsEach }, (_, i) => i + 1)
  const all = Array.from({ length: 4 * pointsEach }, (_, i) => i + 1)
  const meters = Array.from({ length: 4 }, (_, d) => seriesOf(d, energyPoint))
  let asked = 0
  let running = reports
  const reporting = (async () => {
    while (running) {
      await engine.sums({ series: all, from: yearFrom, to: yearTo, step: 'hour', report: true })
      await engine.samples({ series: meters, from: yearFrom, to: yearTo })
      asked++
    }
  })()
  const commits: number[] = []
  const cpu = process.cpuUsage()
  const begun = performance.now()
  for (let i = 0; i < batches; i++) {
    await sleep(Math.max(0, begun + i * 1000 - performance.now()))
    plant.step()
    const at = performance.now()
    await engine.append({
      series: series.slice(),
      at: new Float64Array(series.length).fill(plant.at),
      value: plant.values.slice(),
      quality: plant.quality.slice(),
    })
    commits.push(performance.now() - at)
  }
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - begun) / 1000
  running = false
  await reporting
  const { sealed } = await engine.status({})
  report(reports ? `with yearly reports all the time (${asked})` : 'alone', {
    'share of a core %': ((user + system) / 1e6 / seconds) * 100,
    'commit p50 ms': quantile(commits, 0.5),
    p95: quantile(commits, 0.95),
    max: Math.max(...commits),
    'files sealed meanwhile': sealed.length - 12,
    'MiB, peak': process.resourceUsage().maxRSS / 1024,
  })
  await engine.close({})
  await rm(folder, { recursive: true })
}
