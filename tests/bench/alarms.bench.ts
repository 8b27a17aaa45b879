import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Check, Delays } from '#shared/alarms/check.ts'
import { conditionsOf } from '#shared/alarms/expand.ts'
import { Hold } from '#shared/alarms/hold.ts'
import type { AlarmTest, Rule } from '#shared/alarms/rule.ts'
import { createCalendar } from '#shared/calendar.ts'
import type { Point } from '#shared/devices/profile.ts'
import { emptyBatch, qualities, type Quality, type ReadingBatch } from '#shared/reading.ts'
import { Engine } from '../../src-main/alarms/engine.ts'
import { Pen } from '../../src-main/alarms/pen.ts'
import { Planner } from '../../src-main/alarms/planner.ts'
import { isPlain } from '../../src-main/alarms/record.ts'
import { ruleDevice } from '../../src-main/alarms/rule-device.ts'
import { writeChanges } from '../../src-main/alarms/writing.ts'
import { openDatabase } from '../../src-main/database.ts'
import { LogFile } from '../../src-main/log.ts'
import type { PlantDevice } from '../../src-main/plant.ts'
import { benchProfile } from './acquire.ts'
import { report, sleep } from './measure.ts'

/**
 * 10,000 rules on 50,000 points of 1,000 devices, all read every 10 s: 60 rounds on a clock that is turned on by the second, nothing waited
 * for. Of the ten rules of a device six are limits of five points each (above and below, one of them while a sixth point is so), the others
 * rate, deviation, consumption and stuck. In a thousandth of all points a value goes beyond for a minute every ten minutes: 500 alarms in that
 * time, more than any operator could follow. First the checks and delays alone, then all that the host does with readings, in the same thread:
 * state machine, SQLite with a synchronous log, what is shown.
 */
const devices = 1000
const pointsOfDevice = 50
const rulesOfDevice = 10
const rounds = 60
const warmRounds = 6
const roundMs = 10_000
const start = Date.parse('2026-01-15T10:00:00Z')
const calendar = createCalendar('Europe/Berlin')
/** Of all readings of limits so many begin a minute beyond. */
const outings = 500 / ((devices * 30 * 600_000) / roundMs)

const profile = benchProfile()
const points = profile.points.slice(0, pointsOfDevice).map((point, i): Point => ({ ...point, id: `part.p${i}`, role: 'measure' }))

function testOf(rule: number): AlarmTest {
  const five = points.slice(rule * 5, rule * 5 + 5).map(({ id }) => id)
  if (rule === 6) return { kind: 'rate', points: five, rise: 60, fall: 60, minutes: 5 }
  if (rule === 8) return { kind: 'consumption', points: five, from: '00:00', to: '00:00', above: 1e9, below: null }
  if (rule === 9) return { kind: 'stuck', points: five, hours: 1, within: 0 }
  if (rule !== 7) return { kind: 'limit', points: five, highHigh: null, high: 80, low: 20, lowLow: null, deadband: 2 }
  const pairs = five.map((point, i) => ({ point, reference: five[(i + 1) % 5] as string }))
  return { kind: 'deviation', pairs, above: 50, below: 50, deadband: 2 }
}

const nothing = {
  application: null,
  applicationVersion: null,
  firmware: null,
  hardware: null,
  orderCode: null,
  serial: null,
  production: null,
}
const identity = { maker: 'Danfoss', model: 'ECL', ...nothing }

const plant = Array.from({ length: devices }, (_, d): PlantDevice => ({
  id: `d${d}`,
  name: `Station ${d}`,
  place: '',
  address: { host: '10.0.0.1', port: 502, unit: 254 },
  profile: { ...profile, points },
  recognised: true,
  chosen: false,
  tags: [],
  simulated: false,
  identity,
  series: points.map((_point, i) => d * pointsOfDevice + i),
  unserved: [],
  addedAt: start,
  contact: { state: 'online', since: start, lastAnswer: start, failure: null },
}))

const rules = plant.flatMap(({ id }) =>
  Array.from({ length: rulesOfDevice }, (_, r): Rule => ({
    id: randomUUID(),
    name: `Rule ${r} of ${id}`,
    description: '',
    enabled: true,
    priority: 'medium',
    scope: { by: 'devices', devices: [id] },
    test: testOf(r),
    while: r === 5 ? [{ point: 'part.p0', is: 'above', value: -50 }] : [],
    onDelayS: 30,
    offDelayS: 30,
    latched: false,
    cause: '',
    consequence: '',
    action: '',
    respondMinutes: null,
    link: '',
    notify: { steps: [], resolved: false, schedule: null },
    overrides: [],
    version: 1,
    library: null,
    createdAt: start,
    changedAt: start,
    changedBy: '',
    removedAt: null,
  })),
)

/** What one device is read to be, round by round. */
function batchesOf(): ReadingBatch[][] {
  let state = 1
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
  const outUntil = new Int16Array(devices * pointsOfDevice)
  return Array.from({ length: rounds }, (_round, n) =>
    plant.map(({ series }, d) => {
      const batch = emptyBatch(pointsOfDevice)
      for (let i = 0; i < pointsOfDevice; i++) {
        const place = series[i] as number
        batch.series[i] = place
        batch.at[i] = start + n * roundMs + Math.floor((d * roundMs) / devices)
        if (i < 30 && random() < outings) outUntil[place] = n + 6
        const isOut = (outUntil[place] as number) > n
        const isRegister = i >= 40 && i < 45
        batch.value[i] = isRegister ? 1000 + n * 0.05 : 50 + (isOut ? 40 : 0) + random()
      }
      return batch
    }),
  )
}

type One = { check: Check; hold: Hold; delays: Delays; active: boolean }

function pureChecks(): { conditions: number; take(batch: ReadingBatch): void } {
  const listeners: { one: One; i: number }[][] = Array.from({ length: devices * pointsOfDevice }, () => [])
  let conditions = 0
  plant.forEach((device, d) => {
    for (let r = 0; r < rulesOfDevice; r++) {
      const rule = rules[d * rulesOfDevice + r]
      if (!rule) continue
      for (const { make, delays } of conditionsOf(rule, ruleDevice(device), calendar, start)) {
        const one = { check: make(), hold: new Hold(), delays, active: false }
        one.check.series.forEach((series, i) => listeners[series]?.push({ one, i }))
        conditions++
      }
    }
  })
  return {
    conditions,
    take({ series, at, value, quality }) {
      for (let row = 0; row < series.length; row++) {
        for (const { one, i } of listeners[series[row] as number] ?? []) {
          const time = at[row] as number
          const verdict = one.check.take(i, value[row] as number, qualities[quality[row] as number] as Quality, time, one.active)
          const change = one.hold.take(verdict, time, one.active, one.delays)
          if (change !== null) one.active = change === 'raise'
        }
      }
    },
  }
}

async function engineOnDisk(folder: string) {
  const { database, close } = openDatabase(join(folder, 'config.sqlite'))
  const counts = { shown: 0, raised: 0 }
  const logs = new LogFile(folder, () => start)
  const pen = new Pen({ database, log: logs.scope('alarms') }, writeChanges, (changes) => {
    for (const { condition, kept, begins } of changes) {
      condition.shown = kept
      counts.shown++
      if (begins) counts.raised++
      if (condition.kept === kept && isPlain(kept.standing)) engine.notable.delete(condition)
    }
  })
  const engine = new Engine(
    (changes) => pen.put(changes),
    () => false,
  )
  const planner = new Planner(engine, { devices: () => plant, calendar, clock: () => start }, [], new Map())
  const began = performance.now()
  for (const rule of rules) planner.rule(rule)
  const planMs = performance.now() - began
  for (const condition of engine.conditions.all()) condition.ready = true
  return {
    engine,
    counts,
    planMs,
    async stop() {
      await pen.stop()
      await close()
      logs.close()
    },
  }
}

const share = (cpu: NodeJS.CpuUsage) => (cpu.user + cpu.system) / 1000 / ((rounds - warmRounds) * roundMs)
const batches = batchesOf()

const pure = pureChecks()
let cpu = process.cpuUsage()
for (const [n, round] of batches.entries()) {
  if (n === warmRounds) cpu = process.cpuUsage()
  for (const batch of round) pure.take(batch)
}
report(`${rules.length} rules on ${devices * pointsOfDevice} points / 10 s, checks and delays alone`, {
  conditions: pure.conditions,
  '% of a core': share(process.cpuUsage(cpu)) * 100,
})

const folder = mkdtempSync(join(tmpdir(), 'hearthgrid-bench-'))
const memory = process.memoryUsage.rss()
const { engine, counts, planMs, stop } = await engineOnDisk(folder)
let worst = 0
for (const [n, round] of batches.entries()) {
  if (n === warmRounds) cpu = process.cpuUsage()
  const at = start + n * roundMs
  for (let second = 0; second < 10; second++) {
    const began = performance.now()
    const from = (second * devices) / 10
    for (const batch of round.slice(from, from + devices / 10)) engine.take({ batch, store: false, reason: 'live' })
    engine.tick(at + (second + 1) * 1000)
    if (second % 15 === 0) engine.tickChecks(at + second * 1000)
    if (n >= warmRounds) worst = Math.max(worst, performance.now() - began)
    await sleep(0)
  }
}
const used = process.cpuUsage(cpu)
await stop()
report(`${rules.length} rules on ${devices * pointsOfDevice} points / 10 s, engine and SQLite`, {
  conditions: engine.conditions.size,
  '% of a core': share(used) * 100,
  'longest second of readings ms': worst,
  alarms: counts.raised,
  changes: counts.shown,
  'planned in s': planMs / 1000,
  'MiB added': (process.memoryUsage.rss() - memory) / 2 ** 20,
})
rmSync(folder, { recursive: true })
