import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { chromium } from '@playwright/test'
import { connect } from '#shared/rpc.ts'
import type { SimulatorPort } from '#shared/simulator/port.ts'
import { findLayout } from '../../src-main/layout.ts'
import { serve } from '../../src-main/serve.ts'
import { systemContext } from '../../src-main/capability.ts'
import { chromiumFlags, findChromium } from '../../build/launch/chromium.mjs'
import { benchProfile } from './acquire.ts'
import { quantile, report, sleep } from './measure.ts'

/**
 * From the change of a register in a controller to the changed number on the screen. The page shows the controller's live
 * values, which are read every 10 s, so the wait for the next read (0 to 10 s) is most of it; the rest, from the read to the
 * pixel, is measured apart as the time between the reading's own time stamp and the change of the page.
 */
const rounds = 12
const profile = benchProfile()
const layout = findLayout(new URL('../../src-main/serve.ts', import.meta.url).href)
const outdoor = profile.points.find(({ id }) => id === 'outdoor')
if (!outdoor) throw new Error('the profile has no outdoor temperature')

const thread = new Worker(layout.worker('simulator'))
const { call: simulator } = connect<SimulatorPort>(thread, () => undefined)
const station = { name: 'Bench', place: '', seed: 1, profile, orderCode: 3040, serial: 1 }
const { stations } = await simulator.open({ stations: [station], ports: null, host: '127.0.0.1' })

const serving = await serve({ dataFolder: mkdtempSync(join(tmpdir(), 'bench-pixel-')), desktop: false, clock: Date.now })
const { host } = serving
const device = await host.call('devices.add', { host: '127.0.0.1', port: stations[0]?.port ?? 0, name: 'Bench' }, systemContext)
const series = device.key.find(({ id }) => id === 'outdoor')?.series ?? 0

const executablePath = findChromium()
const browser = await chromium.launch({ args: chromiumFlags, ...(executablePath ? { executablePath } : {}) })
const page = await browser.newPage()
await page.goto(await serving.signInUrl())
await page.goto(`${serving.url}/devices/${device.id}`)
await page.getByText(profile.title).or(page.getByText('Bench')).first().waitFor()

const total: number[] = []
const afterRead: number[] = []
for (let round = 0; round < rounds; round++) {
  const degrees = 31 + round + 0.3
  const seen = page.evaluate(
    (text) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (!document.body.innerText.includes(text)) return
          observer.disconnect()
          requestAnimationFrame(() => resolve(Date.now()))
        }
        const observer = new MutationObserver(look)
        observer.observe(document.body, { subtree: true, childList: true, characterData: true })
      }),
    degrees.toFixed(1),
  )
  await sleep(Math.random() * 10_000)
  const changed = Date.now()
  await simulator.poke({ station: 0, address: outdoor.address, raw: Math.round(degrees * 100) })
  const shown = await seen
  total.push(shown - changed)
  afterRead.push(shown - (host.latest.get(series)?.at ?? shown))
}
report('register change to pixel', {
  'median ms': quantile(total, 0.5),
  'p95 ms': quantile(total, 0.95),
  'worst ms': quantile(total, 1),
  rounds,
})
report('of which from the read to the pixel', {
  'median ms': quantile(afterRead, 0.5),
  'p95 ms': quantile(afterRead, 0.95),
  'worst ms': quantile(afterRead, 1),
})

await browser.close()
await serving.stop()
await thread.terminate()
process.exit(0)
