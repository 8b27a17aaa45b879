import { Failure, type FailureParams } from '../failures.ts'

/** What is wrong with bytes that should be an M-Bus answer; `reason` of the failure `device.badAnswer`. */
export type MbusFault =
  | 'empty'
  | 'incomplete'
  | 'start'
  | 'length'
  | 'checksum'
  | 'stop'
  | 'trailing'
  | 'control'
  | 'kind'
  | 'ci'
  | 'byteOrder'
  | 'encrypted'
  | 'alarm'
  | 'headerShort'
  | 'dif'
  | 'difShort'
  | 'difeMany'
  | 'vifShort'
  | 'vifeMany'
  | 'unitLong'
  | 'lvar'
  | 'dataShort'
  | 'address'
  | 'otherMeter'

/** The failure for an answer that is damaged or not understood. */
export function badAnswer(reason: MbusFault, params: FailureParams = {}): Failure {
  return new Failure('device.badAnswer', { ...params, reason })
}
