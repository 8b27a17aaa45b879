import { join } from 'node:path'
import { coarseMs } from '../../src-worker/simulator/time/stride.ts'
import { median, report, run } from './measure.ts'

/**
 * The virtual plant as anyone starts it, `build/simulate.ts`, in a process of its own: 1,000 stations, each with its controller and port,
 * in a January, faster than time. CPU is that of the simulator's thread alone, as the operating system counts it, over spells of
 * `spellSeconds`; the first spell warms up. Nobody reads the registers meanwhile. Then a year of one station without waiting for a clock,
 * in long steps, from the start of the process to its first answer; the time of the same start without the year is taken off.
 */
const stations = 1000
const speeds = [60, 600]
const fineSeconds = 5
const spellSeconds = 10
const spells = 3
const start = '2026-01-12T00:00Z'
const program = join(import.meta.dirname, '..', '..', 'build', 'simulate.ts')
const daysOfYear = 365
const dayMs = 86_400_000

for (const speed of speeds) {
  const shares = await sharesAt(speed)
  const share = median(shares)
  report(`${stations} stations at ${speed}x`, {
    '% of a core': share,
    'least %': Math.min(...shares),
    'most %': Math.max(...shares),
    'µs a station and step': (share / 100) * (1e6 / ((speed / fineSeconds) * stations)),
  })
}

const still = await secondsToOpen(0)
const year = (await secondsToOpen(daysOfYear)) - still
report('a year of 1 station', { s: year, 'µs a step': (year * 1e6) / ((daysOfYear * dayMs) / coarseMs), 'start without it, s': still })
process.exit(0)

async function sharesAt(speed: number): Promise<number[]> {
  const args = ['--stations', String(stations), '--speed', String(speed), '--start', start, '--every', String(spellSeconds)]
  const fleet = run([program, ...args])
  await fleet.line((text) => text.startsWith('{'))
  const seen = new Set<string>()
  const shares: number[] = []
  while (seen.size < 1 + spells) {
    const line = await fleet.line((text) => text.includes('CPU') && !seen.has(text))
    if (seen.size > 0) shares.push(Number(/CPU ([\d.]+) %/.exec(line)?.[1]))
    seen.add(line)
  }
  await fleet.stop()
  return shares
}

async function secondsToOpen(past: number): Promise<number> {
  const began = performance.now()
  const fleet = run([program, '--stations', '1', '--start', start, '--past', String(past), '--every', '0'])
  await fleet.line((text) => text.startsWith('{'))
  const seconds = (performance.now() - began) / 1000
  await fleet.stop()
  return seconds
}
