import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { ClientSession, OPCUAClient, UserIdentityInfo } from 'node-opcua-client'
import type { Address } from '#shared/acquisition/port.ts'
import type { Endpoint } from '#shared/devices/way.ts'
import { Failure } from '#shared/failures.ts'
import { policyUri, worthOf } from '#shared/opcua/policy.ts'
import { discover, leave, urlOf, type Offer, type Times } from './discover.ts'
import { library, transport, type Library } from './library.ts'
import { within } from './limit.ts'
import { failureOf } from './opcua-failure.ts'
import { ownIdentity, type Own } from './own.ts'
import { providerOf } from './provider.ts'
import { storeOf, trustedFor } from './trust.ts'

/** `trusts` throws the Failure when the certificate of the server is not the trusted one any more. */
export type Connected = { opcua: Library; client: OPCUAClient; session: ClientSession; trusts: () => Promise<void> }

/** What a server is asked for with nothing else known: its own folder, no security, nobody signed in. */
export const plainEndpoint: Endpoint = { path: '', policy: 'None', mode: 'None' }

const sessionMs = 120_000
const keepAliveMs = 15_000

type Ask = { address: Address; secret?: string | undefined; folder: string; now: number; times: Times; gone: () => void }

/** Connects and signs in. Throws a Failure; nothing is sent beyond the list of endpoints before the server's certificate is trusted. */
export async function connectTo({ address, secret, folder, now, times, gone }: Ask): Promise<Connected> {
  const { host, port, endpoint = plainEndpoint } = address
  const where = { host, port }
  if (worthOf(endpoint.policy) === 'refused') throw new Failure('opcua.policyRefused', { ...where, policy: endpoint.policy })
  const opcua = await library()
  const own = await ownIdentity(folder, now)
  const offer = pick(await discover({ ...where, path: endpoint.path, folder, now }, times), endpoint, where)
  const demand = async () => (endpoint.mode === 'None' ? null : demandTrust(offer, folder, where))
  const trusted = await demand()
  const client = opcua.OPCUAClient.create({
    applicationName: own.name,
    applicationUri: own.uri,
    clientName: own.name,
    certificateKeyPairProvider: providerOf(opcua, own),
    clientCertificateManager: storeOf(opcua, trusted),
    ...(trusted ? { serverCertificate: trusted } : {}),
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 100 },
    securityMode: endpoint.mode,
    securityPolicy: policyUri(endpoint.policy),
    defaultTransactionTimeout: times.answerMs,
    transportTimeout: times.connectMs,
    transportSettings: transport,
    endpointMustExist: false,
    requestedSessionTimeout: sessionMs,
    keepSessionAlive: true,
    keepAliveInterval: keepAliveMs,
  })
  client.on('connection_lost', gone)
  client.on('abort', gone)
  client.on('close', gone)
  try {
    await within(client.connect(urlOf({ ...where, path: endpoint.path })), times.connectMs, 'device.unreachable', where)
    const session = await within(client.createSession(identityOf(opcua, own, endpoint, secret)), times.answerMs * 2, 'device.silent', where)
    session.on('session_closed', gone)
    return { opcua, client, session, trusts: async () => void (await demand()) }
  } catch (error) {
    leave(client)
    throw failureOf(error, where, { policy: endpoint.policy, mode: endpoint.mode, user: endpoint.user ?? '' })
  }
}

function pick(offers: readonly Offer[], { policy, mode }: Endpoint, where: { host: string; port: number }): Offer {
  const found = offers.find((offer) => offer.policy === policy && offer.mode === mode)
  if (found) return found
  const offered = [...new Set(offers.filter(({ worth }) => worth !== 'refused').map((offer) => `${offer.policy}/${offer.mode}`))].join(', ')
  throw new Failure('opcua.policyRefused', { ...where, policy, mode, offered: offered.slice(0, 200) })
}

/** The certificate of the server, when it is the one that a person trusted for it. */
async function demandTrust({ certificate: shown }: Offer, folder: string, where: { host: string; port: number }): Promise<Buffer> {
  if (!shown) throw new Failure('opcua.badAnswer', { ...where, status: 'certificate' })
  const trusted = await trustedFor(folder, where.host, where.port)
  if (trusted?.sha256 === shown.certificate.sha256) return shown.der
  const { thumbprint, subject } = shown.certificate
  if (!trusted) throw new Failure('opcua.certificateUntrusted', { ...where, thumbprint, subject })
  throw new Failure('opcua.certificateChanged', { ...where, thumbprint, subject, before: trusted.thumbprint })
}

function identityOf(opcua: Library, own: Own, { user, identity }: Endpoint, secret: string | undefined): UserIdentityInfo {
  const { UserTokenType, crypto_utils: tools } = opcua
  if (identity === 'certificate') {
    const { certificate, key } = secret ? splitPem(secret) : own
    const keyOperations = tools.keyOperationsFromPrivateKey(tools.makePrivateKeyFromPem(key))
    return { type: UserTokenType.Certificate, certificateData: certificate, keyOperations }
  }
  if (user === undefined || user === '') return { type: UserTokenType.Anonymous }
  return { type: UserTokenType.UserName, userName: user, password: secret ?? '' }
}

/** Certificate and private key of a person out of one text of PEM blocks. */
function splitPem(text: string): { certificate: Buffer; key: string } {
  try {
    const blocks = text.match(/-----BEGIN [A-Z ]+-----[^-]+-----END [A-Z ]+-----/g) ?? []
    const key = blocks.find((block) => block.includes('PRIVATE KEY')) ?? ''
    const certificate = blocks.find((block) => block.includes('CERTIFICATE')) ?? ''
    const pem = createPrivateKey(key).export({ type: 'pkcs8', format: 'pem' }).toString()
    return { certificate: Buffer.from(new X509Certificate(certificate).raw), key: pem }
  } catch (error) {
    throw new Failure('input.invalid', { fields: 'secret: needs a certificate and its private key as PEM' }, { cause: error })
  }
}
