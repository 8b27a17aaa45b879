import type { NodeId } from 'node-opcua-client'
import type { Point } from '#shared/devices/profile.ts'
import { Failure } from '#shared/failures.ts'
import type { Connected } from './connection.ts'
import type { Where } from './opcua-failure.ts'
import { isNumeric, statusOf } from './value.ts'

/** Lowest and highest whole number of the built-in types that have them, by their number in OPC 10000-6. */
const ranges: Record<number, readonly [number, number]> = {
  2: [-0x80, 0x7f],
  3: [0, 0xff],
  4: [-0x8000, 0x7fff],
  5: [0, 0xffff],
  6: [-0x8000_0000, 0x7fff_ffff],
  7: [0, 0xffff_ffff],
  8: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  9: [0, Number.MAX_SAFE_INTEGER],
}
const types = { boolean: 1, int64: 8, uint64: 9, float: 10, double: 11 }

/**
 * Writes a node once, in the type that it holds now. Throws opcua.writeRefused when the server says no, and when the value does not
 * fit its type, in which case nothing has been sent.
 */
export async function writeNode({ opcua, session }: Connected, node: NodeId, point: Point, value: number, where: Where): Promise<void> {
  const { AttributeIds } = opcua
  const held = await session.read({ nodeId: node, attributeId: AttributeIds.Value })
  const dataType = held.value?.dataType ?? 0
  const refuse = (status: string, code: number): never => {
    throw new Failure('opcua.writeRefused', { ...where, status, code })
  }
  if (statusOf(held) >= 0x80000000) refuse(held.statusCode.name, statusOf(held))
  const raw = rawIn(dataType, (value - point.offset) / point.scale)
  if (raw === null || held.value?.arrayType !== opcua.VariantArrayType.Scalar) refuse('BadTypeMismatch', 0x80740000)
  const status = await session.write({
    nodeId: node,
    attributeId: AttributeIds.Value,
    value: { value: { dataType, arrayType: opcua.VariantArrayType.Scalar, value: raw } },
  })
  if (status.value >= 0x80000000) refuse(status.name, status.value)
}

/** The value as the type holds it, null when it cannot hold it exactly. */
export function rawIn(dataType: number, raw: number): number | boolean | [number, number] | null {
  const whole = Math.round(Number(raw.toPrecision(15)))
  if (dataType === types.boolean) return whole === 0 || whole === 1 ? whole === 1 : null
  if (!isNumeric(dataType) || !Number.isFinite(raw)) return null
  if (dataType === types.double) return Number(raw.toPrecision(15))
  if (dataType === types.float) return Number.isFinite(Math.fround(raw)) ? Math.fround(raw) : null
  const [low, high] = ranges[dataType] ?? [1, 0]
  if (whole < low || whole > high || Math.abs(whole - raw) > 1e-6) return null
  if (dataType !== types.int64 && dataType !== types.uint64) return whole
  return [Math.floor(whole / 0x1_0000_0000) >>> 0, whole >>> 0]
}
