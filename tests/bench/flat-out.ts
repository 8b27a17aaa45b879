import type { FlatProfile } from '#shared/devices/profile.ts'
import { acquireHere, deviceName } from './acquire.ts'
import { median, report, sleep } from './measure.ts'
import { naiveClient } from './naive-client.ts'

export type Figures = { polls: number; requests: number; points: number; cpuMs: number; seconds: number }

/** Figures of a device reach the host about once a second. */
const reportedAfterMs = 1500

/** Polls every device again and again for some seconds, one poll of each at a time. CPU is that of this whole process. */
async function flatOut(
  devices: number,
  lastsSeconds: number,
  pollOne: (device: number) => Promise<{ requests: number; points: number }>,
): Promise<Figures> {
  const figures = { polls: 0, requests: 0, points: 0 }
  const cpu = process.cpuUsage()
  const began = performance.now()
  const until = began + lastsSeconds * 1000
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

export function readPoints(profile: FlatProfile) {
  return profile.points.filter(({ role, area }) => (role === 'measure' || role === 'state') && area === 'holding')
}

/** Everything that the acquisition thread does, from the plan and the queue to the checked, decoded and announced readings. */
export async function ours(profile: FlatProfile, ports: readonly number[], seconds: number): Promise<Figures> {
  const { fleet, requests } = acquireHere(profile, ports)
  const points = readPoints(profile).map(({ id }) => id)
  const read = async (device: number) => fleet.handlers.readNow({ device: deviceName(device), points })
  for (const i of ports.keys()) await read(i)
  await sleep(reportedAfterMs)
  const before = requests()
  const figures = await flatOut(ports.length, seconds, async (device) => {
    await read(device)
    return { requests: 0, points: points.length }
  })
  await sleep(reportedAfterMs)
  const asked = requests() - before
  fleet.stop()
  return { ...figures, requests: asked }
}

/** modbus-serial with one client a controller and one request a block, one after another; nothing scheduled, nothing decoded. */
export async function naive(
  blocks: readonly { address: number; count: number }[],
  ports: readonly number[],
  seconds: number,
): Promise<Figures> {
  const clients = await Promise.all(ports.map(naiveClient))
  const figures = await flatOut(ports.length, seconds, async (device) => {
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

export function show(what: string, runs: readonly Figures[]): void {
  const of = (figure: (run: Figures) => number) => median(runs.map(figure))
  report(what, {
    'polls/s': of(({ polls, seconds }) => polls / seconds),
    'points/s': of(({ points, seconds }) => points / seconds),
    'requests/s': of(({ requests, seconds }) => requests / seconds),
    'CPU ms per 1,000 requests': of(({ cpuMs, requests }) => (cpuMs / requests) * 1000),
    'CPU ms per 1,000 polls': of(({ cpuMs, polls }) => (cpuMs / polls) * 1000),
    rounds: runs.length,
  })
}
