import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type TLSSocket } from 'node:tls'
import { certificateOf } from '../drivers/opcua/certificate.ts'
import { ownIdentity } from '../drivers/opcua/own.ts'

const pem = (der: Buffer) => `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`

export const newFolder = () => mkdtempSync(join(tmpdir(), 'modbus-tls-'))

/** A gateway on 127.0.0.1 that ends TLS in front of a Modbus server, and asks who comes. */
export async function tlsGateway(behind: number, versions: { maxVersion?: 'TLSv1.1' | 'TLSv1.2' } = {}) {
  const { key, certificate } = await ownIdentity(newFolder(), Date.now())
  const guests: TLSSocket[] = []
  const server = createServer({ key, cert: pem(certificate), requestCert: true, rejectUnauthorized: false, ...versions }, (socket) => {
    guests.push(socket)
    const plain = connect(behind, '127.0.0.1')
    for (const end of [socket, plain]) end.on('error', () => end.destroy())
    socket.pipe(plain).pipe(socket)
    socket.on('close', () => plain.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    guests,
    sha256: certificateOf(certificate)?.certificate.sha256 ?? '',
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const guest of guests) guest.destroy()
      server.close()
    },
  }
}
