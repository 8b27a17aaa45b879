import type { EndpointDescription, OPCUAClient } from 'node-opcua-client'
import { policyName, worthOf, type Worth } from '#shared/opcua/policy.ts'
import type { Certificate } from '#shared/opcua/trust.ts'
import { library, transport } from './library.ts'
import { certificateOf } from './certificate.ts'
import { failureOf, type Where } from './opcua-failure.ts'
import { within } from './limit.ts'
import { storeOf } from './trust.ts'
import { clip } from './value.ts'
import { ownIdentity } from './own.ts'
import { providerOf } from './provider.ts'

export const modes = ['None', 'Sign', 'SignAndEncrypt'] as const
export type Mode = (typeof modes)[number]
export const identities = ['anonymous', 'password', 'certificate'] as const
export type IdentityKind = (typeof identities)[number]

/** One way in that a server offers. */
export type Offer = {
  policy: string
  mode: Mode
  worth: Worth
  identities: IdentityKind[]
  server: string
  certificate: { der: Buffer; certificate: Certificate } | null
}

export type Times = { connectMs: number; answerMs: number }

/** A server that lists more is not one of ours. */
const mostEndpoints = 100

/** Asks a server, without any security, which ways in it offers. Nothing is signed in to. */
export async function discover(
  where: Where & { path: string; folder: string; now: number },
  { connectMs, answerMs }: Times,
): Promise<Offer[]> {
  const opcua = await library()
  const own = await ownIdentity(where.folder, where.now)
  const client = opcua.OPCUAClient.create({
    applicationName: own.name,
    applicationUri: own.uri,
    certificateKeyPairProvider: providerOf(opcua, own),
    clientCertificateManager: storeOf(opcua, null),
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 100 },
    defaultTransactionTimeout: answerMs,
    transportTimeout: connectMs,
    transportSettings: transport,
    endpointMustExist: false,
  })
  try {
    await within(client.connect(urlOf(where)), connectMs, 'device.unreachable', where)
    const found = await within(client.getEndpoints(), answerMs, 'device.silent', where)
    return found.slice(0, mostEndpoints).flatMap(offerOf)
  } catch (error) {
    throw failureOf(error, { host: where.host, port: where.port })
  } finally {
    leave(client)
  }
}

export function urlOf({ host, port, path }: Where & { path: string }): string {
  const literal = host.includes(':') ? `[${host}]` : host
  return `opc.tcp://${literal}:${port}${path === '' || path.startsWith('/') ? path : `/${path}`}`
}

/** Ends a connection without waiting for a server that may never answer. */
export function leave(client: OPCUAClient): void {
  client.disconnect().catch(() => undefined)
}

function offerOf(found: EndpointDescription): Offer[] {
  const mode = modes[found.securityMode - 1]
  if (!mode || !/^opc\.tcp:/i.test(found.endpointUrl ?? '')) return []
  const policy = clip(policyName(found.securityPolicyUri ?? ''))
  const kinds = (found.userIdentityTokens ?? []).slice(0, mostEndpoints).flatMap(({ tokenType }) => kindOf(tokenType))
  return [
    {
      policy,
      mode,
      worth: worthOf(policy),
      identities: [...new Set(kinds)],
      server: clip(found.server?.applicationName?.text ?? found.server?.applicationUri ?? ''),
      certificate: certificateOf(found.serverCertificate),
    },
  ]
}

/** Tokens that an issuer gives are none that a person has. */
function kindOf(tokenType: number): IdentityKind[] {
  const kind = identities.find((_, i) => i === tokenType)
  return kind ? [kind] : []
}
