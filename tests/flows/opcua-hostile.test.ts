import { connect, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Point } from '#shared/devices/profile.ts'
import { Failure } from '#shared/failures.ts'
import { OpcuaDriver } from '../../src-worker/acquisition/drivers/opcua/driver.ts'
import { Survey } from '../../src-worker/acquisition/drivers/opcua/survey.ts'
import { DataType, freePort, newFolder, startOpcua } from './opcua-world.ts'

/** Numbers from a seed, so that a failure can be had again. */
function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Stands between a client and a server and spoils what the server says. */
async function spoiler(port: number, spoil: (bytes: Buffer, nth: number) => Buffer | null): Promise<number> {
  const open = new Set<{ destroy(): void }>()
  const proxy = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    let nth = 0
    open.add(near).add(far)
    near.on('error', () => far.destroy()).on('close', () => far.destroy())
    far.on('error', () => near.destroy()).on('close', () => near.destroy())
    near.on('data', (bytes) => far.write(bytes))
    far.on('data', (bytes: Buffer) => {
      const said = spoil(bytes, nth++)
      if (said) near.write(said)
      else near.destroy()
    })
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    proxy.close()
  })
  const address = proxy.address()
  return typeof address === 'object' && address ? address.port : 0
}

const endpoint = { path: '/stations', policy: 'None', mode: 'None' } as const
const points = [
  {
    id: 'flow',
    from: 'ns=1;s=S/Flow',
    is: 'temperature',
    role: 'measure',
    scale: 1,
    offset: 0,
    faults: [],
    as: 'float32',
  } as unknown as Point,
]

async function attempt(port: number, folder: string): Promise<'read' | Failure> {
  const driver = new OpcuaDriver({
    host: '127.0.0.1',
    port,
    address: { host: '127.0.0.1', port, unit: 0, way: 'opcua', endpoint },
    folder,
    clock: Date.now,
    connectMs: 1500,
    answerMs: 500,
    onClose: () => undefined,
  })
  try {
    await driver.open()
    await driver.readValues({ unit: 0 }, points)
    return 'read'
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  } finally {
    driver.close()
  }
}

test('a server that spoils what it says brings our failures, in bounded time, and breaks nothing', async () => {
  const world = await startOpcua({ nodes: [{ path: 'S/Flow', type: DataType.Double, value: 60 }] })
  const roll = dice(42)
  let wildness = 0
  const proxy = await spoiler(world.port, (bytes) => {
    if (roll() > wildness) return bytes
    const kind = Math.floor(roll() * 5)
    const spoilt = Buffer.from(bytes)
    if (kind === 0) for (let i = 0; i < 8; i++) spoilt[Math.floor(roll() * spoilt.length)] = Math.floor(roll() * 256)
    if (kind === 1 && spoilt.length > 40) spoilt.writeUInt32LE(Math.floor(roll() * 2 ** 32), 24 + Math.floor(roll() * (spoilt.length - 28)))
    if (kind === 2) return spoilt.subarray(0, Math.floor(roll() * spoilt.length))
    if (kind === 3) return Buffer.concat([spoilt, spoilt])
    if (kind === 4) return roll() < 0.5 ? null : Buffer.from(Array.from({ length: 300 }, () => Math.floor(roll() * 256)))
    return spoilt
  })
  const folder = newFolder()
  expect(await attempt(proxy, folder)).toBe('read')
  wildness = 0.4
  const codes = new Map<string, number>()
  for (let i = 0; i < 40; i++) {
    const start = performance.now()
    const result = await attempt(proxy, folder)
    const code = result === 'read' ? 'read' : result.code
    codes.set(code, (codes.get(code) ?? 0) + 1)
    expect(performance.now() - start).toBeLessThan(20_000)
  }
  expect([...codes.keys()].every((code) => code === 'read' || /^(device|opcua)\./.test(code))).toBe(true)
  expect(codes.size).toBeGreaterThan(1)
  wildness = 0
  expect(await attempt(proxy, folder)).toBe('read')
}, 180_000)

test('a huge message is not waited for', async () => {
  const header = Buffer.alloc(8)
  header.write('ACKF')
  header.writeUInt32LE(0x7fffffff, 4)
  const port = await freePort()
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', () => {
      socket.write(header)
      for (let i = 0; i < 40; i++) socket.write(Buffer.alloc(1024 * 1024))
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const before = process.memoryUsage().rss
  expect(await attempt(port, newFolder())).toBeInstanceOf(Failure)
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
})

test('a person may look at many nodes and at strange ones, a page at a time', async () => {
  const strange = ['a/b', 'Ümlaut & Co', 'x'.repeat(3000), '1:2', 'nsu=urn:x;y']
  const world = await startOpcua({
    nodes: Array.from({ length: 250 }, (_, i) => ({ path: `Big/N${i}`, type: DataType.Int32, value: i })),
    extra: {},
  })
  const space = world.server.engine.addressSpace
  for (const [i, browseName] of strange.entries())
    space
      ?.getOwnNamespace()
      .addVariable({ componentOf: 'ns=1;s=Big', nodeId: `s=strange${i}`, browseName, dataType: 'String' })
      .setValueFromSource({
        dataType: DataType.String,
        value: 'y'.repeat(100_000),
      })
  const survey = new Survey(newFolder(), Date.now, { connectMs: 5000, answerMs: 5000 })
  onTestFinished(() => survey.stop())
  const login = { address: { host: '127.0.0.1', port: world.port, unit: 0, way: 'opcua', endpoint } as const, secret: undefined }
  const seen = []
  let cursor: string | undefined
  for (let page = 0; page < 10; page++) {
    const found = await survey.handlers.opcuaBrowse({ ...login, node: 'ns=1;s=Big', cursor })
    const { nodes, more } = found as Exclude<typeof found, { buffers: unknown }>
    expect(nodes.length).toBeLessThanOrEqual(100)
    seen.push(...nodes)
    if (more === null) break
    cursor = more
  }
  expect(seen).toHaveLength(255)
  const odd = seen.slice(-strange.length)
  expect(odd.every(({ holds }) => (holds?.text.length ?? 0) <= 200)).toBe(true)
  const short = odd.filter(({ step }) => step.length <= 500)
  const told = await survey.handlers.opcuaRead({
    ...login,
    address: { ...login.address, member: 'ns=1;s=Big' },
    nodes: short.map(({ step }) => step),
  })
  expect((told as unknown[]).every((one) => one !== null)).toBe(true)
  expect(short).toHaveLength(4)
})
