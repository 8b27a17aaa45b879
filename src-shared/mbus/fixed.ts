import { takeByte, takeBytes, left, type Cursor } from './cursor.ts'
import { badAnswer } from './fault.ts'
import { idOf, statusOf, type MeterHeader } from './header.ts'
import type { MeterRecord } from './record.ts'
import { decimalOf, integerOf, type MeterValue } from './value.ts'
import type { MbusUnit } from './vif-table.ts'

type FixedUnit = { quantity: string; unit: MbusUnit; exponent: number }

/** Three codes each, one power of ten apart, from 02 on. */
const steps: readonly FixedUnit[] = [
  { quantity: 'energy', unit: 'Wh', exponent: 0 },
  { quantity: 'energy', unit: 'Wh', exponent: 3 },
  { quantity: 'energy', unit: 'Wh', exponent: 6 },
  { quantity: 'energy', unit: 'J', exponent: 3 },
  { quantity: 'energy', unit: 'J', exponent: 6 },
  { quantity: 'energy', unit: 'J', exponent: 9 },
  { quantity: 'power', unit: 'W', exponent: 0 },
  { quantity: 'power', unit: 'W', exponent: 3 },
  { quantity: 'power', unit: 'W', exponent: 6 },
  { quantity: 'power', unit: 'J/h', exponent: 3 },
  { quantity: 'power', unit: 'J/h', exponent: 6 },
  { quantity: 'power', unit: 'J/h', exponent: 9 },
  { quantity: 'volume', unit: 'm³', exponent: -6 },
  { quantity: 'volume', unit: 'm³', exponent: -3 },
  { quantity: 'volume', unit: 'm³', exponent: 0 },
  { quantity: 'volumeFlow', unit: 'm³/h', exponent: -6 },
  { quantity: 'volumeFlow', unit: 'm³/h', exponent: -3 },
  { quantity: 'volumeFlow', unit: 'm³/h', exponent: 0 },
]

const firstStep = 0x02
const beyondSteps = 0x38
/** The second counter is what the first was at the billing date. */
const sameButStored = 0x3e

const media = [0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x0f, 0x03, 0x04, 0x06, 0x07, 0x08, 0x0f] as const

/** The old answer with two counters of four bytes: sixteen bytes in all. Throws `device.badAnswer`. */
export function takeFixedAnswer(cursor: Cursor): { header: MeterHeader; records: MeterRecord[] } {
  if (left(cursor) < 16) throw badAnswer('headerShort')
  const id = idOf(takeBytes(cursor, 4, 'headerShort'))
  const access = takeByte(cursor, 'headerShort')
  const byte = takeByte(cursor, 'headerShort')
  const codes = [takeByte(cursor, 'headerShort'), takeByte(cursor, 'headerShort')] as const
  const medium = media[(codes[0] >> 6) | ((codes[1] >> 6) << 2)] ?? 0x0f
  // Bits 0 and 1 say how the counters are written; only the others are a status.
  const status = statusOf(byte & 0xfc)
  const binary = (byte & 0x01) !== 0
  const stored = (byte & 0x02) !== 0 ? 1 : 0
  const [first, second] = [codes[0] & 0x3f, codes[1] & 0x3f]
  const records = [
    counter(takeBytes(cursor, 4, 'headerShort'), first, binary, stored),
    second === sameButStored
      ? counter(takeBytes(cursor, 4, 'headerShort'), first, binary, 1)
      : counter(takeBytes(cursor, 4, 'headerShort'), second, binary, stored),
  ]
  const identity = { id, manufacturer: null, version: null, medium }
  return { header: { identity, access, status, signature: 0 }, records }
}

function counter(bytes: Uint8Array, code: number, binary: boolean, storage: number): MeterRecord {
  const { quantity, unit, exponent } = unitOf(code)
  const scale = { exponent, factor: 1 }
  const known = quantity !== 'unknown'
  const number: MeterValue = binary ? integerOf(bytes, { ...scale, read: 'signed' }) : decimalOf(bytes, scale)
  return {
    function: 'instant',
    storage,
    tariff: 0,
    subunit: 0,
    quantity,
    unit,
    ownUnit: null,
    notes: [],
    maker: [],
    error: null,
    value: known ? number : { kind: 'bytes', bytes: bytes.slice() },
    bytes: bytes.slice(),
  }
}

function unitOf(code: number): FixedUnit {
  if (code === beyondSteps) return { quantity: 'temperature', unit: '°C', exponent: -3 }
  if (code === 0x39) return { quantity: 'heatCostUnits', unit: '', exponent: 0 }
  if (code === 0x3f) return { quantity: 'dimensionless', unit: '', exponent: 0 }
  const at = code - firstStep
  const step = at >= 0 && code < beyondSteps ? steps[Math.floor(at / 3)] : undefined
  return step ? { ...step, exponent: step.exponent + (at % 3) } : { quantity: 'unknown', unit: '', exponent: 0 }
}
