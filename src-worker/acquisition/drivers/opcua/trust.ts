import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OPCUAClientBase } from 'node-opcua-client'
import { Failure } from '#shared/failures.ts'
import { trustFile, trustedSchema, type Trusted } from '#shared/opcua/trust.ts'
import type { Library } from './library.ts'

/** The certificate that a person trusted for a server, read anew each time so that a change counts at once. */
export async function trustedFor(folder: string, host: string, port: number): Promise<Trusted | undefined> {
  try {
    const all = trustedSchema.parse(JSON.parse(await readFile(join(folder, trustFile), 'utf8')))
    return all.find((one) => one.host === host.toLowerCase() && one.port === port)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Failure('storage.failed', { reason: trustFile }, { cause: error })
  }
}

type Store = OPCUAClientBase['clientCertificateManager']

/** A store for the library that trusts exactly one certificate, and nothing where there is none. */
export function storeOf({ StatusCodes }: Library, trusted: Buffer | null): Store {
  const isTrusted = (certificate: Buffer | Buffer[]) =>
    trusted !== null && trusted.equals(Array.isArray(certificate) ? (certificate[0] ?? Buffer.alloc(0)) : certificate)
  const verdict = (certificate: Buffer | Buffer[]) => (isTrusted(certificate) ? StatusCodes.Good : StatusCodes.BadCertificateUntrusted)
  const nothing = () => Promise.resolve()
  return {
    referenceCounter: 0,
    initialize: nothing,
    dispose: nothing,
    checkCertificate: (certificate) => Promise.resolve(verdict(certificate)),
    verifyCertificate: (certificate) => Promise.resolve(verdict(certificate).name),
    getTrustStatus: (certificate) => Promise.resolve(verdict(certificate)),
    trustCertificate: nothing,
    rejectCertificate: nothing,
    addIssuer: nothing,
    addRevocationList: nothing,
  }
}
