import { Failure, type FailureCode, type FailureParams } from '#shared/failures.ts'
import { clip } from './value.ts'

/** Where a failure happened; host and port are in all of them. */
export type Where = { host: string; port: number }

const byStatus: Record<string, FailureCode> = {
  BadIdentityTokenRejected: 'opcua.accessDenied',
  BadIdentityTokenInvalid: 'opcua.accessDenied',
  BadUserAccessDenied: 'opcua.accessDenied',
  BadUserSignatureInvalid: 'opcua.accessDenied',
  BadSecurityChecksFailed: 'opcua.ownCertificateRefused',
  BadSecurityPolicyRejected: 'opcua.policyRefused',
  BadSecurityModeRejected: 'opcua.policyRefused',
  BadSecurityModeInsufficient: 'opcua.policyRefused',
  BadTooManySessions: 'opcua.serverFull',
  BadMaxConnectionsReached: 'opcua.serverFull',
  BadTcpServerTooBusy: 'opcua.serverFull',
  BadTcpNotEnoughResources: 'opcua.serverFull',
  BadServerHalted: 'device.refused',
  BadShutdown: 'device.closed',
  BadConnectionClosed: 'device.closed',
  BadConnectionRejected: 'device.refused',
  BadSessionClosed: 'device.closed',
  BadSessionIdInvalid: 'device.closed',
  BadSecureChannelClosed: 'device.closed',
  BadSecureChannelIdInvalid: 'device.closed',
  BadTcpSecureChannelUnknown: 'device.closed',
  BadTimeout: 'device.silent',
  BadRequestTimeout: 'device.silent',
  BadTcpEndpointUrlInvalid: 'opcua.badAnswer',
  BadNodeIdUnknown: 'opcua.nodeMissing',
  BadNodeIdInvalid: 'opcua.nodeMissing',
  BadContinuationPointInvalid: 'conflict',
}

/** In this order: the first that the words of the error fit. */
const byWords: readonly (readonly [RegExp, FailureCode])[] = [
  [/user token policy/i, 'opcua.accessDenied'],
  [/ENOTFOUND|EAI_AGAIN|EAI_NONAME|EAI_NODATA/, 'device.nameUnknown'],
  [/ECONNREFUSED/, 'device.refused'],
  [/EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EADDRNOTAVAIL/, 'device.unreachable'],
  [/timed? ?out|timeout/i, 'device.silent'],
  [/ECONNRESET|EPIPE|disconnected by third party|closed|aborted|canceled|SecureChannel|invalid channel|socket has been/i, 'device.closed'],
]

/** The Failure for whatever the library threw. Nothing else leaves this driver. */
export function failureOf(error: unknown, where: Where, more: FailureParams = {}): Failure {
  if (error instanceof Failure) return error
  const status = statusNameOf(error)
  const words = error instanceof Error ? error.message : String(error)
  const params = { ...where, ...more, status }
  const known = byStatus[status] ?? (status.startsWith('BadCertificate') ? 'opcua.ownCertificateRefused' : undefined)
  const code = known ?? (status === '' ? byWords.find(([fits]) => fits.test(words))?.[1] : undefined) ?? 'opcua.badAnswer'
  return new Failure(code, code === 'opcua.badAnswer' && status === '' ? { ...params, status: clip(words) } : params, { cause: error })
}

/** Such as BadNodeIdUnknown, empty when the error carries none. */
export function statusNameOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  const own = 'statusCode' in error ? nameIn(error.statusCode) : ''
  if (own !== '') return own
  const response = 'response' in error ? error.response : undefined
  const header = typeof response === 'object' && response !== null && 'responseHeader' in response ? response.responseHeader : undefined
  const result = typeof header === 'object' && header !== null && 'serviceResult' in header ? nameIn(header.serviceResult) : ''
  if (result !== '') return result
  return error instanceof Error ? (/\bBad[A-Z][A-Za-z]+/.exec(error.message)?.[0] ?? '') : ''
}

const nameIn = (status: unknown) =>
  typeof status === 'object' && status !== null && 'name' in status && typeof status.name === 'string' ? status.name : ''

/** After these the session is gone, and with it the connection. */
export function isBroken(failure: Failure): boolean {
  return failure.code === 'device.closed'
}
