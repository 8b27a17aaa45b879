import { Failure } from '../failures.ts'
import { left, type Cursor } from './cursor.ts'
import { takeStart } from './dif.ts'
import { badAnswer } from './fault.ts'
import { takeFixedAnswer } from './fixed.ts'
import { wholeFrame, type MbusFrame } from './frame.ts'
import { statusOf, takeLongHeader, takeShortHeader, type MeterHeader } from './header.ts'
import { takeRecord, type MeterRecord } from './record.ts'

/**
 * A meter's answer. `address` is the primary address it was sent from. `more`: the meter has further telegrams, and gives the
 * next when it is asked again. `maker` are the maker's own bytes after the records.
 */
export type Telegram = {
  address: number
  layout: 'variable' | 'fixed'
  header: MeterHeader
  records: readonly MeterRecord[]
  maker: Uint8Array
  more: boolean
}

/** Why a meter refuses, by the code of its error report; `reason` of the failure `device.exception`. */
const refusals: Record<number, string> = {
  0: 'unspecified',
  1: 'ciUnknown',
  2: 'tooLong',
  3: 'tooManyRecords',
  4: 'prematureEnd',
  5: 'tooManyDife',
  6: 'tooManyVife',
  8: 'busy',
  9: 'tooManyReadouts',
}

/**
 * Decodes a whole answer, given as bytes or as a frame. Throws `device.badAnswer` with `reason` when it is damaged or not
 * understood, and `device.exception` with `reason` and `code` when the meter reports an error instead.
 */
export function decodeTelegram(answer: Uint8Array | MbusFrame): Telegram {
  const frame = answer instanceof Uint8Array ? wholeFrame(answer) : answer
  if (frame.kind !== 'long') throw badAnswer('kind', { kind: frame.kind })
  // Bits 4 and 5 say that the meter is busy or has something urgent; the rest must say that it answers.
  if ((frame.control & 0xcf) !== 0x08) throw badAnswer('control', { control: frame.control })
  const cursor: Cursor = { bytes: frame.data, at: 0 }
  const { address } = frame
  switch (frame.ci) {
    case 0x72:
      return variable(address, takeLongHeader(cursor), cursor)
    case 0x7a:
      return variable(address, takeShortHeader(cursor, null), cursor)
    case 0x78:
      return variable(address, { identity: null, access: 0, status: statusOf(0), signature: 0 }, cursor)
    case 0x73: {
      const { header, records } = takeFixedAnswer(cursor)
      return { address, layout: 'fixed', header, records, maker: frame.data.slice(cursor.at), more: false }
    }
    case 0x70:
      throw refusal(frame.data[0] ?? 0)
    case 0x71:
      throw badAnswer('alarm', { alarm: frame.data[0] ?? 0 })
    case 0x76:
    case 0x77:
      throw badAnswer('byteOrder', { ci: frame.ci })
    default:
      throw badAnswer('ci', { ci: frame.ci })
  }
}

function refusal(code: number): Failure {
  return new Failure('device.exception', { reason: refusals[code] ?? 'reserved', code })
}

function variable(address: number, header: MeterHeader, cursor: Cursor): Telegram {
  if (isEncrypted(header.signature, cursor)) throw badAnswer('encrypted')
  const records: MeterRecord[] = []
  while (left(cursor) > 0) {
    const start = takeStart(cursor)
    if (start.kind === 'filler') continue
    if (start.kind === 'maker') {
      return { address, layout: 'variable', header, records, maker: cursor.bytes.slice(cursor.at), more: start.more }
    }
    records.push(takeRecord(cursor, start.info))
  }
  return { address, layout: 'variable', header, records, maker: new Uint8Array(), more: false }
}

/**
 * Modes 5 and 7 are the encryptions that meters use. Some makers fill the field with anything, so the number of blocks must
 * fit too, and what starts with two fillers has been decrypted on the way.
 */
function isEncrypted(signature: number, cursor: Cursor): boolean {
  const mode = (signature >> 8) & 0x1f
  const blocks = (signature >> 4) & 0x0f
  const inClear = cursor.bytes[cursor.at] === 0x2f && cursor.bytes[cursor.at + 1] === 0x2f
  return (mode === 5 || mode === 7) && blocks > 0 && blocks * 16 <= left(cursor) && !inClear
}
