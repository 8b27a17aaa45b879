import { mkdtempSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Point } from '#shared/devices/profile.ts'
import { OpcuaDriver } from '../../src-worker/acquisition/drivers/opcua/driver.ts'
import { median, report, run, sleep } from './measure.ts'

/**
 * OPC UA without security: what a value costs this side in processor time, when it is read alone, read with 999 others, or told by
 * the server. 1,000 values, all of them different each second; the server is a process of its own.
 */
const count = 1000
const rounds = 3

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

const port = await freePort()
const server = run([join(import.meta.dirname, 'opcua-server.ts'), String(port), String(count)])
await server.line((text) => text.startsWith('ready'))

const driver = new OpcuaDriver({
  host: '127.0.0.1',
  port,
  address: { host: '127.0.0.1', port, unit: 0, way: 'opcua', endpoint: { path: '', policy: 'None', mode: 'None' } },
  folder: mkdtempSync(join(tmpdir(), 'bench-opcua-')),
  clock: Date.now,
  connectMs: 10_000,
  answerMs: 10_000,
  onClose: () => undefined,
})
await driver.open()
const points = Array.from(
  { length: count },
  (_, i) =>
    ({
      id: `n${i}`,
      from: `ns=1;s=N${i}`,
      role: 'state',
      is: 'number',
      as: 'float32',
      scale: 1,
      offset: 0,
      faults: [],
    }) as unknown as Point,
)
const target = { unit: 0 }
await driver.readValues(target, points)

/** Microseconds of processor time of this process for each value, and values a second. */
async function cost(work: () => Promise<number>): Promise<{ us: number; rate: number }> {
  const before = process.cpuUsage()
  const began = performance.now()
  const values = await work()
  const { user, system } = process.cpuUsage(before)
  return { us: (user + system) / values, rate: (values / (performance.now() - began)) * 1000 }
}

async function repeated(work: () => Promise<number>) {
  const costs = []
  for (let i = 0; i < rounds; i++) costs.push(await cost(work))
  return { 'µs a value': median(costs.map(({ us }) => us)), 'values/s': median(costs.map(({ rate }) => rate)) }
}

report(
  'read one by one',
  await repeated(async () => {
    for (const point of points.slice(0, 300)) await driver.readValues(target, [point])
    return 300
  }),
)
report(
  'read 1,000 at a time',
  await repeated(async () => {
    for (let i = 0; i < 10; i++) await driver.readValues(target, points)
    return 10 * count
  }),
)
while (driver.told < count) {
  await driver.readValues(target, points, 'watched')
  await sleep(500)
}
const tellMs = 10_000
report('told by the server, every value new every 2 s', {
  ...(await repeated(async () => {
    await sleep(tellMs)
    return (tellMs / 2000) * count
  })),
  told: driver.told,
})
report('asked for what was told, 1,000 at a time', {
  ...(await repeated(async () => {
    for (let i = 0; i < 100; i++) await driver.readValues(target, points, 'watched')
    return 100 * count
  })),
  'memory MB': process.memoryUsage().rss / 2 ** 20,
})
driver.close()
await server.stop()
process.exit(0)
