import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { chromium, type Page } from '@playwright/test'
import { connect } from '#shared/rpc.ts'
import { emptyBatch } from '#shared/reading.ts'
import type { SimulatorPort } from '#shared/simulator/port.ts'
import { systemContext } from '../../src-main/capability.ts'
import { findLayout } from '../../src-main/layout.ts'
import { serve } from '../../src-main/serve.ts'
import { chromiumFlags, findChromium } from '../../build/launch/chromium.mjs'
import { benchProfile } from './acquire.ts'
import { median, quantile, report, sleep } from './measure.ts'
import { mainThreadTasks } from './trace.ts'

/**
 * A year of eight sensors from the click to the lines on screen, and what the page's main thread does in one go while values come in.
 * Four simulated controllers with two of the values each; a year of quarter hours is put into the store before the page is opened.
 */
const devices = 4
const rounds = 7
const watchedMs = 60_000
const frameMs = 16
const quarterMs = 15 * 60_000
const yearMs = 365 * 24 * 60 * 60_000

const profile = benchProfile()
const layout = findLayout(new URL('../../src-main/serve.ts', import.meta.url).href)
const thread = new Worker(layout.worker('simulator'))
const { call: simulator } = connect<SimulatorPort>(thread, () => undefined)
const stations = Array.from({ length: devices }, (_, i) => ({
  name: `Bench ${i}`,
  place: '',
  seed: i + 1,
  profile,
  orderCode: 3040,
  serial: i + 1,
}))
const opened = await simulator.open({ stations, ports: null, host: '127.0.0.1' })

const dataFolder = mkdtempSync(join(tmpdir(), 'bench-chart-'))
const serving = await serve({ dataFolder, desktop: false, clock: Date.now })
const { host } = serving
const series: number[] = []
for (const [i, { port }] of opened.stations.entries()) {
  const { id } = await host.call('devices.add', { host: '127.0.0.1', port, name: `Bench ${i}` }, systemContext)
  const { points } = await host.call('devices.points', { devices: [id], point: ['circuit1.flow', 'circuit1.return'] }, systemContext)
  series.push(...points.map(({ point }) => point.series))
}
await fillYear(series)

const executablePath = findChromium()
const browser = await chromium.launch({ args: chromiumFlags, ...(executablePath ? { executablePath } : {}) })
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
await page.goto(await serving.signInUrl())

for (const [what, options] of [
  ['eight lines', 'references=off'],
  ['eight lines and their desired values', ''],
  ['eight lines over those of a year before', 'references=off&past=on'],
] as const) {
  const warm: number[] = []
  const cold: number[] = []
  for (let round = 0; round < rounds; round++) {
    await page.goto(`${serving.url}/charts?series=${series.join()}&${options}`)
    await page.locator('.scatterlayer .js-line').first().waitFor({ state: 'attached' })
    await sleep(500)
    warm.push(await yearShown(page, true))
    await page.goto('about:blank')
    await page.goto(`${serving.url}/charts?series=${series.join()}&period=year&${options}`, { waitUntil: 'commit' })
    cold.push(await yearShown(page, false))
  }
  report(`year of ${what}: click to lines`, { 'median ms': median(warm), 'worst ms': quantile(warm, 1), rounds })
  report('  from an address, with the program itself', { 'median ms': median(cold), 'worst ms': quantile(cold, 1), rounds })
}

await frames('live chart, 15 min, values every 10 s', `/live?series=${series.join()}&window=15`)
await frames('live chart, 4 h, values every 10 s', `/live?series=${series.join()}&window=240`)
await frames('chart of a day up to now, values every 10 s', `/charts?series=${series.join()}`)
await frames('chart of a year up to now, values every 10 s', `/charts?series=${series.join()}&period=year`)

await browser.close()
await serving.stop()
await thread.terminate()
rmSync(dataFolder, { recursive: true, force: true })
process.exit(0)

/** A year of quarter hours up to now, with a course like that of a flow: the season, the day, and some noise. */
async function fillYear(all: readonly number[]): Promise<void> {
  const last = Math.floor(Date.now() / quarterMs) * quarterMs - quarterMs
  const count = Math.floor(yearMs / quarterMs)
  for (const [s, one] of all.entries()) {
    const batch = emptyBatch(count)
    for (let i = 0; i < count; i++) {
      const at = last - (count - 1 - i) * quarterMs
      batch.series[i] = one
      batch.at[i] = at
      batch.value[i] = 45 + 12 * Math.cos((at / yearMs) * 2 * Math.PI) + 4 * Math.sin((at / 86_400_000) * 2 * Math.PI + s) + Math.random()
    }
    await host.workers.history.call.append(batch)
  }
  while ((await host.workers.history.call.status({})).waiting > 0) await sleep(200)
}

/** ms from the click on Year (else from the start of the page) until a frame after the lines of a year have been drawn. */
async function yearShown(from: Page, click: boolean): Promise<number> {
  return from.evaluate(
    ({ wanted, clicked }) =>
      new Promise<number>((resolve) => {
        type Drawn = HTMLElement & { data?: { x: unknown[]; mode: string; fill?: string }[]; _fullLayout?: { xaxis: { range: number[] } } }
        const look = () => {
          const plot = document.querySelector<Drawn>('.js-plotly-plot')
          const [first = 0, end = 0] = plot?._fullLayout?.xaxis.range ?? []
          const lines = plot?.data?.filter(({ x, mode, fill }) => mode === 'lines' && fill === undefined && x.length > 300) ?? []
          const drawn = document.querySelectorAll('.scatterlayer .js-line').length
          if (end - first > 300 * 86_400_000 && lines.length >= wanted && drawn >= wanted) {
            requestAnimationFrame(() => resolve(performance.now() - begun))
          } else requestAnimationFrame(look)
        }
        const begun = clicked ? performance.now() : 0
        if (clicked) document.querySelector<HTMLElement>('input[type=radio][value=year]')?.click()
        look()
      }),
    { wanted: series.length, clicked: click },
  )
}

/** What the main thread of the page does in one go while values come in. */
async function frames(what: string, address: string): Promise<void> {
  await page.goto(serving.url + address)
  await page.locator('.js-plotly-plot .xtick').first().waitFor({ state: 'attached' })
  await sleep(5000)
  const tasks = await mainThreadTasks(browser, page, watchedMs)
  const worked = tasks.map((one) => one.worked)
  const took = tasks.map((one) => one.took)
  const over = (numbers: readonly number[]) => numbers.filter((one) => one > frameMs).length
  report(`${what}: processor time of a task`, {
    'longest ms': quantile(worked, 1),
    'p99 ms': quantile(worked, 0.99),
    [`over ${frameMs} ms`]: `${over(worked)} of ${tasks.length}`,
    seconds: watchedMs / 1000,
  })
  report('  as it took', { 'longest ms': quantile(took, 1), 'p99 ms': quantile(took, 0.99), [`over ${frameMs} ms`]: over(took) })
}
