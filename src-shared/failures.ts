/** Every way a request can fail, with its HTTP status. Texts stand in the locales as `failure.<code>`. */
export const failures = {
  'input.invalid': { status: 400, retry: false },
  'access.required': { status: 401, retry: false },
  'access.denied': { status: 403, retry: false },
  'access.origin': { status: 403, retry: false },
  notFound: { status: 404, retry: false },
  conflict: { status: 409, retry: false },
  busy: { status: 503, retry: true },
  cancelled: { status: 499, retry: true },
  internal: { status: 500, retry: false },
  'storage.full': { status: 507, retry: true },
  'storage.failed': { status: 500, retry: false },
  'backup.folderMissing': { status: 422, retry: false },
  'backup.folderDenied': { status: 422, retry: true },
  'backup.folderInside': { status: 422, retry: false },
  'backup.noFolder': { status: 409, retry: false },
  'backup.noRoom': { status: 507, retry: true },
  'backup.sourceDamaged': { status: 500, retry: false },
  'backup.targetFailed': { status: 500, retry: true },
  'backup.testFailed': { status: 500, retry: true },
  'backup.testBroken': { status: 500, retry: true },
  'backup.indexBad': { status: 422, retry: false },
  'backup.interrupted': { status: 500, retry: true },
  'backup.broken': { status: 500, retry: true },
  'device.duplicate': { status: 409, retry: false },
  'device.nameUnknown': { status: 422, retry: true },
  'device.unreachable': { status: 504, retry: true },
  'device.refused': { status: 502, retry: true },
  'device.silent': { status: 504, retry: true },
  'device.wrongUnit': { status: 422, retry: false },
  'device.gateway': { status: 502, retry: true },
  'device.exception': { status: 502, retry: false },
  'device.badAnswer': { status: 502, retry: true },
  'device.noTls': { status: 502, retry: true },
  'device.certificateUntrusted': { status: 422, retry: false },
  'device.closed': { status: 502, retry: true },
  'device.portMissing': { status: 502, retry: true },
  'device.portDenied': { status: 502, retry: false },
  'device.portBusy': { status: 502, retry: true },
  'device.portFailed': { status: 502, retry: true },
  'device.lineSettings': { status: 409, retry: false },
  'device.unrecognised': { status: 422, retry: false },
  'device.badAddress': { status: 422, retry: false },
  'device.lineDiffers': { status: 409, retry: false },
  'device.profileMisfit': { status: 422, retry: false },
  'device.plainOutside': { status: 422, retry: false },
  'device.noWink': { status: 422, retry: false },
  'device.needsProfile': { status: 422, retry: false },
  'scan.badRange': { status: 422, retry: false },
  'table.unreadable': { status: 422, retry: false },
  'table.tooLarge': { status: 413, retry: false },
  'table.badQuote': { status: 422, retry: false },
  'table.badCell': { status: 422, retry: false },
  'table.twice': { status: 422, retry: false },
  'device.firmwareTooOld': { status: 422, retry: false },
  'device.offline': { status: 503, retry: true },
  'meter.notDirect': { status: 422, retry: false },
  'meter.indexMisfit': { status: 422, retry: false },
  'profile.faulty': { status: 422, retry: false },
  'profile.exists': { status: 409, retry: false },
  'profile.inUse': { status: 409, retry: false },
  'preset.exists': { status: 409, retry: false },
  'preset.tooMany': { status: 409, retry: false },
  'notify.inUse': { status: 409, retry: false },
  'notify.over': { status: 409, retry: false },
  'notify.changed': { status: 409, retry: false },
  'practice.noTown': { status: 409, retry: true },
  'practice.running': { status: 409, retry: false },
  'practice.over': { status: 409, retry: false },
  'practice.noTarget': { status: 422, retry: false },
  'practice.twice': { status: 409, retry: false },
  'practice.tooMany': { status: 409, retry: false },
  'practice.hidden': { status: 403, retry: false },
  'practice.instructor': { status: 409, retry: false },
  'formula.faulty': { status: 422, retry: false },
  'formula.inUse': { status: 409, retry: false },
  'formula.tooMany': { status: 422, retry: false },
  'ingest.token': { status: 401, retry: false },
  'ingest.quiet': { status: 503, retry: true },
  'ingest.unreadable': { status: 400, retry: false },
  'ingest.tooLarge': { status: 413, retry: false },
  'ingest.tooFast': { status: 429, retry: true },
  'ingest.inUse': { status: 409, retry: false },
  'write.barred': { status: 422, retry: false },
  'write.outOfRange': { status: 422, retry: false },
  'write.confirm': { status: 422, retry: false },
  'write.conflict': { status: 409, retry: false },
  'write.limit': { status: 429, retry: false },
  'opcua.certificateUntrusted': { status: 422, retry: false },
  'opcua.certificateChanged': { status: 422, retry: false },
  'opcua.ownCertificateRefused': { status: 422, retry: false },
  'opcua.policyRefused': { status: 422, retry: false },
  'opcua.accessDenied': { status: 422, retry: false },
  'opcua.serverFull': { status: 503, retry: true },
  'opcua.nodeMissing': { status: 422, retry: false },
  'opcua.memberSilent': { status: 502, retry: true },
  'opcua.writeRefused': { status: 502, retry: false },
  'opcua.badAnswer': { status: 502, retry: true },
} as const satisfies Record<string, { status: number; retry: boolean }>

export type FailureCode = keyof typeof failures
export type FailureParams = Record<string, string | number | boolean>

/** What crosses a door instead of an exception: the code, and the words that its text needs. */
export type FailureReport = { code: FailureCode; params: FailureParams }

/** The only error that leaves a capability. Anything else becomes `internal` at the door. */
export class Failure extends Error {
  readonly code: FailureCode
  readonly params: FailureParams

  constructor(code: FailureCode, params: FailureParams = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(params)}`, options)
    this.name = 'Failure'
    this.code = code
    this.params = params
  }

  report(): FailureReport {
    return { code: this.code, params: this.params }
  }
}

export function isFailureReport(value: unknown): value is FailureReport {
  return typeof value === 'object' && value !== null && 'code' in value && String(value.code) in failures
}
