import { qualities, type Quality } from '#shared/reading.ts'

/** The sub-code that a status is known by; the lower half only adds flags. */
const codeOf = (status: number) => ((status >>> 16) << 16) >>> 0

/** Names as in OPC 10000-6, table of status codes. */
const meanings = new Map<number, Quality>([
  // GoodLocalOverride: somebody has set the value by hand.
  [0x00960000, 'manual'],
  // UncertainNoCommunicationLastUsableValue, UncertainLastUsableValue, and uncertain without a reason.
  [0x408f0000, 'stale'],
  [0x40900000, 'stale'],
  [0x40000000, 'stale'],
  // UncertainSubstituteValue, UncertainInitialValue, UncertainSubNormal.
  [0x40910000, 'substituted'],
  [0x40920000, 'substituted'],
  [0x40950000, 'substituted'],
  // UncertainSensorNotAccurate, UncertainEngineeringUnitsExceeded: the sensor is at its end or broken.
  [0x40930000, 'fault'],
  [0x40940000, 'fault'],
])

/** BadNoCommunication, BadNotConnected, BadCommunicationError, BadTimeout, BadDeviceFailure, BadWaitingForInitialData, BadOutOfService. */
const unheard = new Set([0x80310000, 0x808a0000, 0x80050000, 0x800a0000, 0x808b0000, 0x80320000, 0x808d0000])

/** BadNodeIdInvalid, BadNodeIdUnknown, BadNoMatch, BadAttributeIdInvalid. */
const missing = new Set([0x80330000, 0x80340000, 0x806f0000, 0x80350000])

/** The server has lost the device behind it: the value is absent because nobody answers, not because a sensor is broken. */
export function isUnheard(status: number): boolean {
  return unheard.has(codeOf(status))
}

export function isMissing(status: number): boolean {
  return missing.has(codeOf(status))
}

/** How far a value with this status can be trusted. */
export function qualityOf(status: number): Quality {
  const code = codeOf(status)
  if (code >= 0x80000000) return unheard.has(code) ? 'offline' : 'fault'
  return meanings.get(code) ?? (code >= 0x40000000 ? 'stale' : 'good')
}

export function qualityIndex(quality: Quality): number {
  return qualities.indexOf(quality)
}

/** Such as 0x808A0000, for a person who looks it up. */
export function statusName(status: number): string {
  return `0x${status.toString(16).toUpperCase().padStart(8, '0')}`
}
