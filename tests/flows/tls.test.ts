import { expect, onTestFinished, test, vi } from 'vitest'
import { tlsGateway } from '../../src-worker/acquisition/testing/tls-gateway.ts'
import { startControllers, startWorld } from './world.ts'

test('a controller behind TLS is asked nothing until its certificate is trusted, and refused when it changes', async () => {
  const { call } = await startWorld()
  const { ports, stop } = await startControllers()
  onTestFinished(stop)
  const gateway = await tlsGateway(ports[0] ?? 0)
  onTestFinished(gateway.close)
  const at = { host: '127.0.0.1', port: gateway.port, unit: 1, way: 'modbus-tls' as const }
  const { sha256 } = gateway
  await expect(call('devices.probe', at)).rejects.toMatchObject({ code: 'device.certificateUntrusted', params: { context: 'new', sha256 } })
  const found = await call('devices.probe', { ...at, tls: { sha256 } })
  expect(found.identity.application).toBe('A266.1')
  const { id } = await call('devices.add', { ...at, tls: { sha256 }, name: 'Behind TLS' })
  await vi.waitFor(async () => expect((await call('devices.get', { id })).contact.state).toBe('online'), 20_000)

  const other = 'AB'.repeat(32)
  await call('devices.change', { id, tls: { sha256: other } })
  await vi.waitFor(async () => {
    const { contact } = await call('devices.get', { id })
    expect(contact).toMatchObject({ state: 'offline', failure: { code: 'device.certificateUntrusted', params: { context: 'changed' } } })
  }, 20_000)
  expect((await call('devices.change', { id, tls: { sha256 } })).address).toMatchObject({ way: 'modbus-tls', tls: { sha256 } })
  await vi.waitFor(async () => expect((await call('devices.get', { id })).contact.state).toBe('online'), 20_000)
})
