import { plan, type Block } from '#shared/devices/plan.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { acquireHere, benchProfile, deviceName } from './acquire.ts'
import { startFleet } from './fleet-program.ts'
import { median, report, sleep } from './measure.ts'
import { naiveClient } from './naive-client.ts'

/**
 * Polls per second, flat out: every measured and state point of every controller of the fleet (its own process, loopback), read
 * again and again, in one thread. Ours: everything that the acquisition thread does, from the plan and the queue to the checked,
 * decoded and announced readings. Beside it modbus-serial used naively: one client a controller, one request a register block,
 * one after another, nothing scheduled, nothing decoded. The two take turns; medians of the rounds. CPU is that of the whole
 * reading process.
 */
const rounds = 3
const secondsEach = 5
const sizes = [200, 1000]
/** Figures of a device reach the host about once a second. */
const reportedAfterMs = 1500

type Figures = { polls: number; requests: number; points: number; cpuMs: number; seconds: number }

async function flatOut(devices: number, pollOne: (device: number) => Promise<{ requests: number; points: number }>): Promise<Figures> {
  const figures = { polls: 0, requests: 0, points: 0 }
  const cpu = process.cpuUsage()
  const began = performance.now()
  const until = began + secondsEach * 1000
  const loop = async (device: number) => {
    while (performance.now() < until) {
      const { requests, points } = await pollOne(device)
      figures.polls++
      figures.requests += requests
      figures.points += points
    }
  }
  await Promise.all(Array.from({ length: devices }, (_, i) => loop(i)))
  const used = process.cpuUsage(cpu)
  return { ...figures, cpuMs: (used.user + used.system) / 1000, seconds: (performance.now() - began) / 1000 }
}

function readPoints(profile: FlatProfile) {
  return profile.points.filter(({ role, area }) => (role === 'measure' || role === 'state') && area === 'holding')
}

async function ours(profile: FlatProfile, ports: readonly number[]): Promise<Figures> {
  const { fleet, requests } = acquireHere(profile, ports)
  const points = readPoints(profile).map(({ id }) => id)
  const read = async (device: number) => fleet.handlers.readNow({ device: deviceName(device), points })
  for (const i of ports.keys()) await read(i)
  await sleep(reportedAfterMs)
  const before = requests()
  const figures = await flatOut(ports.length, async (device) => {
    await read(device)
    return { requests: 0, points: points.length }
  })
  await sleep(reportedAfterMs)
  const asked = requests() - before
  fleet.stop()
  return { ...figures, requests: asked }
}

async function naive(blocks: readonly Block[], ports: readonly number[]): Promise<Figures> {
  const clients = await Promise.all(ports.map(naiveClient))
  const figures = await flatOut(ports.length, async (device) => {
    let points = 0
    for (const { address, count } of blocks) {
      const { data } = (await clients[device]?.readHoldingRegisters(address, count)) ?? { data: [] }
      points += data.length
    }
    return { requests: blocks.length, points }
  })
  for (const client of clients) client.close(() => undefined)
  return figures
}

function show(what: string, runs: readonly Figures[]): void {
  const of = (figure: (run: Figures) => number) => median(runs.map(figure))
  report(what, {
    'polls/s': of(({ polls, seconds }) => polls / seconds),
    'requests/s': of(({ requests, seconds }) => requests / seconds),
    'CPU ms per 1,000 requests': of(({ cpuMs, requests }) => (cpuMs / requests) * 1000),
    'CPU ms per 1,000 polls': of(({ cpuMs, polls }) => (cpuMs / polls) * 1000),
    rounds: runs.length,
  })
}

const profile = benchProfile()
for (const size of sizes) {
  const { ports, program } = await startFleet(size)
  const unserved = (profile.unserved ?? []).map((number) => ({ area: 'holding' as const, address: number - profile.firstRegister }))
  const blocks = await servedBlocks(profile, unserved, ports[0] as number)
  const runs: { ours: Figures[]; naive: Figures[] } = { ours: [], naive: [] }
  for (let round = 0; round < rounds; round++) {
    runs.ours.push(await ours(profile, ports))
    await sleep(1000)
    runs.naive.push(await naive(blocks, ports))
    await sleep(1000)
  }
  show(`${size} controllers, Hearthgrid (${readPoints(profile).length} points decoded)`, runs.ours)
  show(`${size} controllers, modbus-serial naive (${blocks.length} blocks)`, runs.naive)
  await program.stop()
}

/** The same register blocks that ours reads: what the fleet serves, found out once. */
async function servedBlocks(from: FlatProfile, unserved: { area: 'holding'; address: number }[], port: number): Promise<Block[]> {
  const client = await naiveClient(port)
  const holes = [...unserved]
  for (const { address, area } of readPoints(from)) {
    await client.readHoldingRegisters(address, 1).catch(() => holes.push({ area: area as 'holding', address }))
  }
  await new Promise<void>((resolve) => client.close(() => resolve()))
  return plan(readPoints(from), from.limits, holes)
}
process.exit(0)
