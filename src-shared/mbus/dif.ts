import { takeByte, type Cursor } from './cursor.ts'
import { badAnswer } from './fault.ts'

export type RecordFunction = 'instant' | 'maximum' | 'minimum' | 'error'

/** How the data of a record is written. `bytes` is its length; a text says its own. */
export type DataCoding =
  | { kind: 'none' }
  | { kind: 'integer' | 'decimal'; bytes: number }
  | { kind: 'float'; bytes: 4 }
  | { kind: 'variable' }

/** A data information block: what a record is about, apart from its quantity. Storage 0 is now, subunit 0 the meter itself. */
export type DataInfo = { function: RecordFunction; storage: number; tariff: number; subunit: number; coding: DataCoding }

/** What stands where a record could start: a record, a filler, or the maker's own bytes up to the end. */
export type RecordStart = { kind: 'record'; info: DataInfo } | { kind: 'filler' } | { kind: 'maker'; more: boolean }

const functions = ['instant', 'maximum', 'minimum', 'error'] as const
const mostDife = 10

const codings: readonly (DataCoding | undefined)[] = [
  { kind: 'none' },
  { kind: 'integer', bytes: 1 },
  { kind: 'integer', bytes: 2 },
  { kind: 'integer', bytes: 3 },
  { kind: 'integer', bytes: 4 },
  { kind: 'float', bytes: 4 },
  { kind: 'integer', bytes: 6 },
  { kind: 'integer', bytes: 8 },
  { kind: 'none' },
  { kind: 'decimal', bytes: 1 },
  { kind: 'decimal', bytes: 2 },
  { kind: 'decimal', bytes: 3 },
  { kind: 'decimal', bytes: 4 },
  { kind: 'variable' },
  { kind: 'decimal', bytes: 6 },
  undefined,
]

/** Reads the data information block, or the one byte that stands for none. Throws `device.badAnswer`. */
export function takeStart(cursor: Cursor): RecordStart {
  const at = cursor.at
  const dif = takeByte(cursor, 'difShort')
  const coding = codings[dif & 0x0f]
  if (!coding) {
    if (dif === 0x0f || dif === 0x1f) return { kind: 'maker', more: dif === 0x1f }
    if (dif === 0x2f) return { kind: 'filler' }
    throw badAnswer('dif', { at, dif })
  }
  // Storage numbers have up to 41 bits, more than a shift can do.
  let [storage, tariff, subunit] = [(dif >> 6) & 1, 0, 0]
  let more = (dif & 0x80) !== 0
  for (let i = 0; more; i++) {
    if (i === mostDife) throw badAnswer('difeMany', { at })
    const dife = takeByte(cursor, 'difShort')
    storage += (dife & 0x0f) * 2 ** (1 + 4 * i)
    tariff += ((dife >> 4) & 3) * 4 ** i
    subunit += ((dife >> 6) & 1) * 2 ** i
    more = (dife & 0x80) !== 0
  }
  return { kind: 'record', info: { function: functions[(dif >> 4) & 3] ?? 'instant', storage, tariff, subunit, coding } }
}
