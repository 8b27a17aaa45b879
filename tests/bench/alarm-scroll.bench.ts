import { chromium } from '@playwright/test'
import type { TestOf } from '#shared/alarms/rule.ts'
import { chromiumFlags, findChromium } from '../../build/launch/chromium.mjs'
import { ruleOf } from '../flows/alarm-rule.ts'
import { quantile, report } from './measure.ts'
import { startProduct } from './product.ts'

/**
 * The list of alarms with thousands of rows, all unfolded, in a real browser: how long frames take while somebody scrolls, at an easy
 * pace (100 pixels a frame) and a wild one (400).
 */
const devices = 100
const perDevice = 50
const frames = 240

const product = await startProduct()
const { call } = product
const gateway = await call('ingest.addGateway', { name: 'Router 1', zone: 'UTC' })
const names = Array.from({ length: devices }, (_, i) => `House ${String(i).padStart(3, '0')}`)
const keys = Array.from({ length: perDevice }, (_, i) => `p${i}`)
const points = keys.map((key) => ({ key, point: `own.${key}`, title: `Point ${key}`, is: 'temperature', scale: 1 }) as const)
for (const name of names) await call('ingest.map', { id: gateway.id, member: name, name, points })
const test: TestOf<'limit'> = {
  kind: 'limit',
  points: keys.map((key) => `own.${key}`),
  highHigh: null,
  high: 80,
  low: null,
  lowLow: null,
  deadband: 1,
}
await call('alarms.addRule', { content: ruleOf({ test }) })
const at = Math.floor(Date.now() / 1000) * 1000 - 60_000
for (const device of names) {
  const answer = await fetch(product.url + gateway.path, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ device, ts: at, ...Object.fromEntries(keys.map((key) => [key, 90])) }),
  })
  if (!answer.ok) throw new Error(await answer.text())
}
const open = (await call('alarms.summary', {})).open
const link = await call('users.createLink', {})

const executablePath = findChromium()
const browser = await chromium.launch({ args: chromiumFlags, ...(executablePath ? { executablePath } : {}) })
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
await page.goto(product.url + link.path)
await page.goto(`${product.url}/alarms`)
const grid = page.getByRole('grid')
await grid.waitFor()
for (const folded of await page.locator('[role=row][aria-expanded=false]').all()) await folded.click()
await page.locator('[role=row]').nth(8).waitFor()

for (const [pace, pixels] of [
  ['easy', 100],
  ['wild', 400],
] as const) {
  await page.evaluate(() => window.scrollTo(0, 0))
  const took = await page.evaluate(
    async ([count, by]) => {
      const gaps: number[] = []
      let last = performance.now()
      for (let i = 0; i < count; i++) {
        window.scrollBy(0, by)
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
        gaps.push(now - last)
        last = now
      }
      return { gaps: gaps.slice(2), moved: window.scrollY, rows: document.querySelectorAll('[role=row]').length }
    },
    [frames, pixels] as const,
  )
  report(`scrolling, ${pace}: ${pixels} pixels a frame`, {
    'median ms': quantile(took.gaps, 0.5),
    'p95 ms': quantile(took.gaps, 0.95),
    'worst ms': quantile(took.gaps, 1),
    alarms: open,
    'pixels moved': took.moved,
    'rows that exist': took.rows,
  })
}

await browser.close()
await product.stop()
product.drop()
process.exit(0)
