import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { report, sleep } from './measure.ts'
import { startProduct } from './product.ts'

/**
 * The first opening of the demo town: from the click to the last sample of its history on disk. Making: the town lives through its past.
 * Adding: its controllers are found and read. Storing: what was recorded goes into history while the town lives.
 */
const days = Number(process.env['TOWN_DAYS'] ?? 400)
const goalSeconds = 60
const quarterHourMs = 15 * 60_000
const settledMs = 3000

const product = await startProduct()
const began = performance.now()
const seconds = (from: number, to: number) => (to - from) / 1000
/** Moments: the past is made, all controllers are devices. */
let made = Number.NaN
const watching = (async () => {
  for (;;) {
    const { making, running } = await product.call('simulator.status', {})
    if (Number.isNaN(made) && (running || (making !== null && making.total > 0 && making.done >= making.total))) made = performance.now()
    if (running) return
    await sleep(50)
  }
})()
const { stations } = await product.call('simulator.open', { days })
const added = performance.now()
await watching

let samples = 0
let stored = added
for (;;) {
  const status = await product.call('history.status', {})
  if (status.samples > samples && status.samples - samples > stations) stored = performance.now()
  samples = status.samples
  if (performance.now() - stored > settledMs) break
  await sleep(100)
}
const total = seconds(began, stored)
report(`demo town, ${stations} controllers, ${days} days`, {
  'making s': seconds(began, made),
  'adding s': seconds(made, added),
  'storing s': seconds(added, stored),
  'in all s': total,
  goal: `${goalSeconds} s: ${total < goalSeconds ? 'reached' : 'not reached'}`,
})
report('its history', {
  'million samples': samples / 1e6,
  'samples a slot': samples / ((days * 24 * 3_600_000) / quarterHourMs),
  'MB on disk': bytesIn(join(product.folder, 'history')) / 1e6,
  'MB saved state': bytesIn(join(product.folder, 'demo')) / 1e6,
  'resident MiB': product.residentMib(),
  'peak MiB': product.peakMib(),
})
await product.stop()
product.drop()

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (bytes, entry) => bytes + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  )
}
