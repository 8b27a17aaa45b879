import type { OPCUAClientOptions } from 'node-opcua-client'
import type { Library } from './library.ts'
import type { Own } from './own.ts'

/** Certificate and key for the library, which otherwise makes its own in the user's folders. */
export function providerOf({ crypto_utils: tools }: Library, own: Own): NonNullable<OPCUAClientOptions['certificateKeyPairProvider']> {
  const key = tools.makePrivateKeyFromPem(own.key)
  return {
    certificateFile: inMemory,
    privateKeyFile: inMemory,
    getCertificate: () => own.certificate,
    getCertificateChain: () => [own.certificate],
    getPrivateKey: () => key,
    invalidate: () => undefined,
  } as NonNullable<OPCUAClientOptions['certificateKeyPairProvider']>
}

/** By this name the library knows that there is no file to look for. */
const inMemory = '<in-memory>'
