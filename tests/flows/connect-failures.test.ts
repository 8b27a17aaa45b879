import { createServer, type AddressInfo, type Server } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { profiles, startControllers, startWorld } from './world.ts'

const limitMs = 10_000

async function serverThat(behaves: Parameters<typeof createServer>[1]): Promise<number> {
  const server: Server = createServer(behaves)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  return (server.address() as AddressInfo).port
}

async function refusal(address: { host: string; port: number; unit?: number }) {
  const world = await startWorld()
  const began = performance.now()
  const error = await world.call('devices.add', { name: 'Nobody', ...address }).then(
    () => null,
    (caught: unknown) => caught as { code: string; params: Record<string, unknown> },
  )
  expect(performance.now() - began).toBeLessThan(limitMs)
  expect(await world.call('devices.list', {})).toEqual([])
  return { error, world }
}

test('a host name that nobody knows', async () => {
  expect((await refusal({ host: 'no-such-controller.invalid', port: 502 })).error).toMatchObject({
    code: 'device.nameUnknown',
    params: { host: 'no-such-controller.invalid' },
  })
})

test('a port that nothing listens on', async () => {
  const port = await serverThat(() => undefined)
  const { error } = await refusal({ host: '127.0.0.1', port: port === 1 ? 2 : 1 })
  expect(error).toMatchObject({ code: 'device.refused', params: { host: '127.0.0.1' } })
})

test('a device that takes the connection and says nothing', { timeout: 20_000 }, async () => {
  const port = await serverThat((socket) => socket.on('error', () => undefined).resume())
  expect((await refusal({ host: '127.0.0.1', port })).error).toMatchObject({ code: 'device.silent' })
})

test('a device that closes the connection at the first request', async () => {
  const port = await serverThat((socket) => socket.once('data', () => socket.destroy()))
  expect((await refusal({ host: '127.0.0.1', port })).error).toMatchObject({ code: 'device.closed' })
})

test('a wrong unit id, with the one that answers', { timeout: 20_000 }, async () => {
  const { ports } = await startControllers()
  expect((await refusal({ host: '127.0.0.1', port: ports[0] as number, unit: 7 })).error).toMatchObject({
    code: 'device.wrongUnit',
    params: { unit: 7 },
  })
})

test('a device that refuses every read is not one that we know', async () => {
  const port = await serverThat((socket) =>
    socket.on('data', (request) => {
      socket.write(Buffer.from([request[0] ?? 0, request[1] ?? 0, 0, 0, 0, 3, request[6] ?? 0, (request[7] ?? 0) | 0x80, 2]))
    }),
  )
  expect((await refusal({ host: '127.0.0.1', port })).error).toMatchObject({ code: 'device.unrecognised' })
})

test('a device that is in trouble says so with its exception code', async () => {
  const port = await serverThat((socket) =>
    socket.on('data', (request) => {
      socket.write(Buffer.from([request[0] ?? 0, request[1] ?? 0, 0, 0, 0, 3, request[6] ?? 0, (request[7] ?? 0) | 0x80, 4]))
    }),
  )
  expect((await refusal({ host: '127.0.0.1', port })).error).toMatchObject({ code: 'device.exception', params: { code: 4 } })
})

test('something on the port that does not speak Modbus', { timeout: 20_000 }, async () => {
  const port = await serverThat((socket) => socket.on('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')))
  expect((await refusal({ host: '127.0.0.1', port })).error?.code).toBe('device.badAnswer')
})

test('firmware below 1.11 is refused, and read with the general profile when a person insists', { timeout: 30_000 }, async () => {
  const { ports } = await startControllers([{ firmware: '1.08' }])
  const port = ports[0] as number
  const { error, world } = await refusal({ host: '127.0.0.1', port })
  expect(error).toMatchObject({ code: 'device.firmwareTooOld', params: { found: '1.08', needed: '1.11' } })
  const device = await world.call('devices.add', { name: 'Old', host: '127.0.0.1', port, evenIfTooOld: true })
  expect(device).toMatchObject({ recognised: false, profile: profiles.find(({ fallback }) => fallback)?.id })
})

test('firmware from 1.11 to 1.30 is added with the notice that the application key lifts it', { timeout: 20_000 }, async () => {
  const { ports } = await startControllers([{ firmware: '1.20' }])
  const world = await startWorld()
  const finding = await world.call('devices.probe', { host: '127.0.0.1', port: ports[0] as number })
  expect(finding.notices.map(({ code }) => code)).toEqual(['firmwareLifted'])
})
