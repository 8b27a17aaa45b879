import type { OPCUAServerOptions } from 'node-opcua-server'
import type { Library } from './library.ts'

/** Certificate (DER) and private key (PEM) of a server. Clients that trusted it once want to meet it again. */
export type OpcuaIdentity = { certificate: Uint8Array; key: string }

const years = 20
const dayMs = 86_400_000
const keyBits = 2048

/** A certificate signed by itself for an application, valid from the day before `now` (UTC ms). */
export async function makeIdentity({ crypto_utils: tools }: Library, applicationUri: string, now: number): Promise<OpcuaIdentity> {
  const privateKey = await tools.generatePrivateKey(keyBits)
  const { cert } = await tools.createSelfSignedCertificate({
    privateKey,
    subject: '/CN=Simulated town/O=Hearthgrid',
    applicationUri,
    dns: ['localhost'],
    ip: ['127.0.0.1'],
    validity: 365 * years,
    notBefore: new Date(now - dayMs),
    purpose: tools.CertificatePurpose.ForApplication,
  })
  const { privPem } = await tools.privateKeyToPEM(privateKey)
  return { certificate: new Uint8Array(tools.convertPEMtoDER(cert)), key: privPem }
}

type Provider = NonNullable<OPCUAServerOptions['certificateKeyPairProvider']>
type Store = NonNullable<OPCUAServerOptions['serverCertificateManager']>

/** Gives the library what it would otherwise look for in the user's folders. */
export function providerOf({ crypto_utils: tools }: Library, { certificate, key }: OpcuaIdentity): Provider {
  const own = Buffer.from(certificate)
  const privateKey = tools.makePrivateKeyFromPem(key)
  return {
    certificateFile: inMemory,
    privateKeyFile: inMemory,
    getCertificate: () => own,
    getCertificateChain: () => [own],
    getPrivateKey: () => privateKey,
    invalidate: () => undefined,
  } as Provider
}

/** By this name the library knows that there is no file to look for. */
const inMemory = '<in-memory>'

/** Whoever shows a certificate is let in: the server listens on this machine alone and shows a town that nobody lives in. */
export function openStore({ StatusCodes }: Library): Store {
  const nothing = () => Promise.resolve()
  return {
    referenceCounter: 0,
    initialize: nothing,
    dispose: nothing,
    checkCertificate: () => Promise.resolve(StatusCodes.Good),
    verifyCertificate: () => Promise.resolve('Good'),
    trustCertificate: nothing,
    rejectCertificate: nothing,
    getTrustStatus: () => Promise.resolve(StatusCodes.Good),
    addIssuer: nothing,
    addRevocationList: nothing,
  } as unknown as Store
}
