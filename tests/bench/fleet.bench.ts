import { join } from 'node:path'
import { flatten } from '#shared/devices/flatten.ts'
import { profileSchema } from '#shared/devices/profile.ts'
import { naive, ours, show, type Figures } from './flat-out.ts'
import { addresses, ageOf, documentOfLayout, groups, statePoints } from './layout.ts'
import { quantile, report, run, sleep } from './measure.ts'
import { startProduct, type Product } from './product.ts'

/**
 * The whole program, built, against 1,000 controllers of 60 registers on loopback, everything watched at 10 s over live
 * connections. First all are well; then 100 are dead (half refuse, half are mute) and 50 misbehave (silent, late, split, doubled,
 * wrong length, exceptions, breaking, foreign unit). Every word tells the second and the place at which it was served, so every
 * value that arrives here is checked: one that is older than its poll can be, or of another place, is wrong. Ten points of each
 * controller change with every poll and are stored then; afterwards the store is asked for each poll.
 *
 * Before that, flat out in one thread on 200 of them: ours, which joins reads over holes, beside modbus-serial used naively with
 * one request for each group of neighbours, and with one for each point.
 */
const count = 1000
const dead = 100
const bad = 50
const periodMs = 10_000
const lateMs = 2000
/** Longest wait for an answer, a second of rounding at each end, and the way here. */
const oldestSeconds = 5
/** What is read for a quarter hour carries its time, and may be read this long after it began. */
const quarterHourMs = 15 * 60_000
const slotSeconds = 300
const wellSeconds = 21
const stormSeconds = 31
const settleSeconds = 12
const flatOutPeers = 200
const flatOutSeconds = 2
const flatOutRounds = 3

type Seen = { at: Float64Array; gaps: number[]; polls: number; values: number; wrong: number }

const peers = run([join(import.meta.dirname, 'peers.ts'), '--count', String(count), '--dead', String(dead), '--bad', String(bad)])
const { ports } = JSON.parse(await peers.line((text) => text.startsWith('{"ports'))) as { ports: number[] }
await flatOutBeside(ports.slice(0, flatOutPeers))
const product = await startProduct()
const idleMib = product.residentMib()

const { profile } = await product.call('profiles.save', { name: 'Bench', document: documentOfLayout() })
const began = performance.now()
const series = await addAll(product, ports)
report(`${count} controllers added over the API`, { s: (performance.now() - began) / 1000 })

const owner = new Map(series.flatMap((own, device) => own.map((number, point) => [number, [device, point] as const])))
/** A measured point, which is announced once a poll. */
const marks = new Set(series.map((own) => own[statePoints] ?? 0))
let seen = nothingSeen()
await product.watch(series.flat(), ({ series: numbers, at, value, quality }) => {
  numbers.forEach((number, i) => {
    const [device, point] = owner.get(number) ?? [0, 0]
    const word = value[i]
    const when = at[i] ?? 0
    if (word !== null && word !== undefined && quality[i] === 0) {
      seen.values++
      const ahead = when % quarterHourMs === 0 ? slotSeconds : 0
      if (ageOf(word, device, addresses[point] ?? 0, Math.floor(when / 1000) + ahead) > oldestSeconds + ahead) seen.wrong++
    }
    if (when % quarterHourMs === 0) return
    if (!marks.has(number) || quality[i] !== 0) return
    const before = seen.at[device] ?? 0
    if (before > 0 && device < count - dead - bad) seen.gaps.push(when - before)
    seen.at[device] = when
    seen.polls++
  })
})
await sleep(settleSeconds * 1000)
await measure('all well', wellSeconds, count)
peers.child.stdin?.write('storm\n')
await sleep(settleSeconds * 1000)
await measure(`${dead} dead, ${bad} misbehaving`, stormSeconds, count - dead - bad)

await product.stop()
const again = performance.now()
const next = await startProduct(product.folder)
report(`started again with ${count} controllers`, { s: (performance.now() - again) / 1000 })
await next.stop()
next.drop()
await peers.stop()
process.exit(0)

async function flatOutBeside(some: readonly number[]): Promise<void> {
  const profile_ = flatten('bench', profileSchema.parse(documentOfLayout()), new Map())
  const single = addresses.map((address) => ({ address, count: 1 }))
  const runs: Record<'ours' | 'grouped' | 'single', Figures[]> = { ours: [], grouped: [], single: [] }
  for (let round = 0; round < flatOutRounds; round++) {
    runs.ours.push(await ours(profile_, some, flatOutSeconds))
    runs.grouped.push(await naive(groups, some, flatOutSeconds))
    runs.single.push(await naive(single, some, flatOutSeconds))
  }
  show(`${some.length} controllers flat out, Hearthgrid`, runs.ours)
  show(`${some.length}, modbus-serial naive, a request a group (${groups.length})`, runs.grouped)
  show(`${some.length}, modbus-serial naive, a request a point (${single.length})`, runs.single)
}

function nothingSeen(): Seen {
  return { at: new Float64Array(count), gaps: [], polls: 0, values: 0, wrong: 0 }
}

async function addAll(to: Product, all: readonly number[]): Promise<number[][]> {
  const made: number[][] = []
  const waiting = [...all.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [i, port] = next
      const { id } = await to.call('devices.add', { host: '127.0.0.1', port, unit: 1, name: `Bench ${i}`, profile, unseen: true })
      const { points } = await to.call('devices.get', { id })
      made[i] = points.map((point) => point.series)
    }
  }
  await Promise.all(Array.from({ length: 8 }, work))
  return made
}

async function measure(what: string, seconds: number, healthy: number): Promise<void> {
  const [cpu, asked] = [product.cpuMs(), await requests()]
  const before = seen.at
  seen = { ...nothingSeen(), at: before.slice() }
  const start = Date.now()
  await sleep(seconds * 1000)
  const [used, sent] = [product.cpuMs() - cpu, (await requests()) - asked]
  const { gaps, polls, values, wrong } = seen
  const whole = Math.floor(seconds / (periodMs / 1000))
  const stored = await storedPolls(start, start + seconds * 1000, healthy, whole)
  report(`${count} × ${addresses.length} points / 10 s, ${what}`, {
    polls,
    'polls more than 2 s late': gaps.filter((gap) => gap > periodMs + lateMs).length,
    'worst gap s': quantile(gaps, 1) / 1000,
    'values checked': values,
    'wrong values': wrong,
    'stored % of healthy polls': (stored / (healthy * whole)) * 100,
    'requests/s': sent / seconds,
    'CPU ms per 1,000 requests': (used / sent) * 1000,
    '% of a core': used / 10 / seconds,
    'resident MiB': product.residentMib(),
    'peak MiB': product.peakMib(),
    'MiB without devices': idleMib,
  })
}

async function requests(): Promise<number> {
  return (await product.call('acquisition.connections', {})).reduce((sum, connection) => sum + connection.requests, 0)
}

/** Polls of healthy controllers of which the store has one of the points that change each time, at most `whole` each. */
async function storedPolls(from: number, to: number, healthy: number, whole: number): Promise<number> {
  let stored = 0
  for (let device = 0; device < healthy; device++) {
    const point = device % statePoints
    const { at, value } = await product.call('history.readings', { series: series[device]?.[point] ?? 0, from, to, limit: 100 })
    const right = at.filter((when, i) => ageOf(value[i] ?? -1, device, addresses[point] ?? 0, Math.floor(when / 1000)) <= oldestSeconds)
    stored += Math.min(whole, right.length)
  }
  return stored
}
