import { units, type Quantity } from '#shared/units.ts'
import type { DataValue, StatusCode, Variant } from 'node-opcua-client'
import type { Library } from './library.ts'

/** What a node holds: its value in the canonical unit, or why it has none. */
export type Held = { value: number | string | null; trouble?: 'sensor' | 'contact' | undefined }

/** States that are only on or off are booleans, other states numbers as the controller has them. */
export type NodeType = 'Double' | 'Int32' | 'Boolean' | 'String'

export function nodeType(is: Quantity, states: number | undefined): NodeType {
  if (is === 'text') return 'String'
  if (is !== 'state') return 'Double'
  return states === undefined || states <= 2 ? 'Boolean' : 'Int32'
}

/** UNECE codes of the units that people of the trade use (OPC 10000-8, 5.6.3). */
const unece: Readonly<Record<string, number>> = {
  '°C': 4408652,
  K: 4932940,
  bar: 4342098,
  'm³/h': 5067857,
  kW: 4937556,
  kWh: 4937544,
  'm³': 5067080,
  '%': 0x5031,
}

/** Unit and range of a quantity that has a unit, as an analog item tells them. */
export function engineeringOf(is: Quantity): { unitId: number; unit: string; low: number; high: number } | null {
  const unit = units[is]
  const unitId = unece[unit]
  if (unitId === undefined) return null
  const [low, high] = is === 'temperature' ? [-50, 150] : is === 'ratio' ? [0, 100] : [0, 1e9]
  return { unitId, unit, low, high }
}

export function statusOf({ StatusCodes }: Library, trouble: Held['trouble']): StatusCode {
  if (trouble === 'contact') return StatusCodes.BadNoCommunication
  return trouble === 'sensor' ? StatusCodes.BadSensorFailure : StatusCodes.Good
}

/** `at`: when it was measured, UTC ms. */
export function dataValueOf(opcua: Library, type: NodeType, { value, trouble }: Held, at: number): DataValue {
  const time = new Date(at)
  const good = trouble === undefined && value !== null
  const statusCode = good ? opcua.StatusCodes.Good : statusOf(opcua, trouble ?? 'sensor')
  return new opcua.DataValue({
    value: good ? variantOf(opcua, type, value) : undefined,
    statusCode,
    sourceTimestamp: time,
    serverTimestamp: time,
  })
}

function variantOf({ Variant: Made, DataType }: Library, type: NodeType, value: number | string): Variant {
  const plain = type === 'Boolean' ? value !== 0 : type === 'String' ? String(value) : Number(value)
  return new Made({ dataType: DataType[type], value: plain })
}

/** The plain number that a client wrote, or null for something else. */
export function numberIn(value: unknown): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
