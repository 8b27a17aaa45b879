import { connect, type Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { Failure } from '#shared/failures.ts'
import type { DriverOptions } from './driver.ts'
import { longestFrame } from './modbus-frame.ts'
import { certificateOf } from './opcua/certificate.ts'
import { ownIdentity } from './opcua/own.ts'

/** A connection on its way: the event that says it stands, and what a look at the other side finds wrong with it then. */
export type Dialled = { socket: Socket; opened: 'connect' | 'secureConnect'; refusal: () => Failure | null }
export type Receive = (chunk: Uint8Array, length: number) => boolean
export type Dial = (receive: Receive) => Dialled

type Place = Pick<DriverOptions, 'host' | 'port' | 'connectMs' | 'lookup'>

/** Plain Modbus TCP. */
export function dialPlain({ host, port, connectMs, lookup }: Place): Dial {
  return (receive) => ({
    opened: 'connect',
    refusal: () => null,
    socket: connect({
      host,
      port,
      ...(lookup ? { lookup } : {}),
      noDelay: true,
      // A name with several addresses: the next is tried only when the first has had a fair time.
      autoSelectFamilyAttemptTimeout: Math.max(10, Math.floor(connectMs / 2)),
      // One small buffer for the life of the connection instead of 64 KiB for every answer.
      onread: { buffer: new Uint8Array(longestFrame), callback: (length, chunk) => receive(chunk, length) },
    }),
  })
}

/**
 * Modbus/TCP Security (version 21): the same messages through TLS 1.2 or later, both sides with a certificate. The other side is the
 * one that a person trusted by the SHA-256 of its certificate; anything else is refused with `device.certificateUntrusted`, whose
 * params say what it shows.
 */
export async function dialSecurely(options: Place & Pick<DriverOptions, 'folder' | 'clock'>, trusted: string | undefined): Promise<Dial> {
  const { host, port, lookup, folder, clock } = options
  if (folder === undefined || clock === undefined) throw new Failure('storage.failed', { reason: 'certificates' })
  const own = await ownIdentity(folder, clock())
  return (receive) => {
    const socket = connectSecurely({
      host,
      port,
      ...(lookup ? { lookup } : {}),
      // A name in a certificate says nothing about a controller in a cellar; the person who trusted this very one does.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      key: own.key,
      cert: pem(own.certificate),
      ALPNProtocols: [],
    })
    socket.setNoDelay(true)
    socket.on('data', (chunk) => receive(chunk, chunk.length))
    const refusal = () => {
      const shown = certificateOf(socket.getPeerX509Certificate()?.raw)?.certificate
      if (shown && shown.sha256 === trusted) return null
      return new Failure('device.certificateUntrusted', {
        host,
        port,
        context: trusted === undefined ? 'new' : 'changed',
        sha256: shown?.sha256 ?? '',
        subject: shown?.subject ?? '',
        validFrom: shown?.validFrom ?? 0,
        validTo: shown?.validTo ?? 0,
      })
    }
    return { socket, opened: 'secureConnect', refusal }
  }
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
