import { Failure, type FailureCode, type FailureParams } from '#shared/failures.ts'

const gatewayExceptions = new Set([0x0a, 0x0b])

/** Failure for an exception answer. `where` names host, port, unit, address and count. */
export function exceptionFailure(code: number, where: FailureParams): Failure {
  return new Failure(gatewayExceptions.has(code) ? 'device.gateway' : 'device.exception', { ...where, code })
}

const connecting: Record<string, FailureCode> = {
  ENOTFOUND: 'device.nameUnknown',
  EAI_AGAIN: 'device.nameUnknown',
  EAI_NONAME: 'device.nameUnknown',
  EAI_NODATA: 'device.nameUnknown',
  ECONNREFUSED: 'device.refused',
  ECONNRESET: 'device.closed',
  EMFILE: 'busy',
  ENFILE: 'busy',
  ENOBUFS: 'busy',
}

/** Failure for a connection that could not be made. Whatever the system says beyond the known codes means: not reachable. */
export function connectFailure(error: NodeJS.ErrnoException, where: FailureParams): Failure {
  const code = error.code ?? ''
  return new Failure(isOfTls(code) ? 'device.noTls' : (connecting[code] ?? 'device.unreachable'), where, { cause: error })
}

/** What the TLS library says when the other side speaks something else, or nothing that is still safe. */
const isOfTls = (code: string) => code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')

const broken: Record<string, FailureCode> = {
  EHOSTUNREACH: 'device.unreachable',
  ENETUNREACH: 'device.unreachable',
  ETIMEDOUT: 'device.unreachable',
}

/** Failure for a connection that stood and broke. */
export function closeFailure(error: NodeJS.ErrnoException | null, where: FailureParams): Failure {
  return new Failure(broken[error?.code ?? ''] ?? 'device.closed', where, { cause: error })
}
