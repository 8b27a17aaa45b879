import { createHash, X509Certificate } from 'node:crypto'
import type { Certificate } from '#shared/opcua/trust.ts'
import { clip } from './value.ts'

/** What a server shows as its certificate: the first of a chain. Null when there is none or it cannot be read. */
export function certificateOf(chain: Uint8Array | null | undefined): { der: Buffer; certificate: Certificate } | null {
  if (!chain || chain.length < 8 || chain.length > largest) return null
  const bytes = Buffer.from(chain)
  const der = bytes.subarray(0, lengthOf(bytes))
  try {
    const found = new X509Certificate(der)
    const certificate: Certificate = {
      thumbprint: hash('sha1', der),
      sha256: hash('sha256', der),
      subject: oneLine(found.subject),
      issuer: oneLine(found.issuer),
      uri: clip(/URI:([^,\s]+)/.exec(found.subjectAltName ?? '')?.[1] ?? ''),
      validFrom: Date.parse(found.validFrom),
      validTo: Date.parse(found.validTo),
      bits: found.publicKey.asymmetricKeyDetails?.modulusLength ?? 0,
    }
    return Number.isFinite(certificate.validFrom) && Number.isFinite(certificate.validTo) ? { der, certificate } : null
  } catch {
    return null
  }
}

const largest = 64 * 1024
const hash = (kind: string, der: Buffer) => createHash(kind).update(der).digest('hex').toUpperCase()
const oneLine = (name: string | undefined) => clip((name ?? '').split('\n').reverse().join(', '))

/** Length of the first DER sequence; a chain is certificates one after the other. */
function lengthOf(bytes: Buffer): number {
  const first = bytes[1] ?? 0
  if (first < 0x80) return first + 2
  const count = first & 0x7f
  return count > 3 ? bytes.length : bytes.readUIntBE(2, count) + 2 + count
}
