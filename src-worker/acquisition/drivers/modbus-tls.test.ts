import { afterEach, describe, expect, it } from 'vitest'
import { Peer, registers } from '../testing/peer.ts'
import { newFolder, tlsGateway } from '../testing/tls-gateway.ts'
import type { RegisterDriver } from './driver.ts'
import { registerDrivers } from './driver.ts'
import { ownIdentity } from './opcua/own.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

async function gateway(versions?: Parameters<typeof tlsGateway>[1]) {
  const peer = new Peer((asked) => registers(asked))
  await peer.listen()
  const made = await tlsGateway(peer.port, versions)
  open.push(peer, made)
  return { ...made, peer }
}

function driver(port: number, folder: string, sha256?: string): RegisterDriver {
  const address = { host: '127.0.0.1', port, unit: 1, way: 'modbus-tls' as const, ...(sha256 ? { tls: { sha256 } } : {}) }
  const options = { host: address.host, port, address, folder, clock: Date.now, connectMs: 3000, answerMs: 2000, onClose: () => undefined }
  const made = registerDrivers['modbus-tls']?.(options)
  if (!made) throw new Error('there is no such driver')
  open.push(made)
  return made
}

describe('Modbus through TLS', () => {
  it('reads and writes with the one whose certificate is trusted, and shows its own', async () => {
    const { peer, guests, port, sha256 } = await gateway()
    const folder = newFolder()
    const line = driver(port, folder, sha256)
    await line.open()
    expect([...(await line.read(1, 'holding', 40, 3))]).toEqual([40, 41, 42])
    peer.manner = (asked) => asked.raw
    await line.write(1, 'holding', 7, [5])
    expect(guests[0]?.getPeerX509Certificate()?.raw).toEqual((await ownIdentity(folder, Date.now())).certificate)
    expect(guests[0]?.getProtocol()).toMatch(/TLSv1\.[23]/)
  })

  it('tells what nobody has trusted yet, and asks nothing of it', async () => {
    const { peer, port, sha256 } = await gateway()
    await expect(driver(port, newFolder()).open()).rejects.toMatchObject({
      code: 'device.certificateUntrusted',
      params: { context: 'new', sha256, subject: expect.stringContaining('CN=Hearthgrid') },
    })
    expect(peer.asked).toEqual([])
  })

  it('refuses another certificate than the trusted one', async () => {
    const { peer, port } = await gateway()
    await expect(driver(port, newFolder(), 'AB'.repeat(32)).open()).rejects.toMatchObject({
      code: 'device.certificateUntrusted',
      params: { context: 'changed' },
    })
    expect(peer.asked).toEqual([])
  })

  it('has no secure line with somebody who speaks plain Modbus, or no TLS of today', async () => {
    const plain = new Peer((asked) => registers(asked))
    await plain.listen()
    open.push(plain)
    const beside = expect.stringMatching(/^device\.(noTls|closed|unreachable)$/)
    await expect(driver(plain.port, newFolder(), 'AB'.repeat(32)).open()).rejects.toMatchObject({ code: beside })
    const old = await gateway({ maxVersion: 'TLSv1.1' })
    await expect(driver(old.port, newFolder(), old.sha256).open()).rejects.toMatchObject({ code: 'device.noTls' })
  })
})
