import type { Cursor } from './cursor.ts'
import type { DataInfo } from './dif.ts'
import { takeValue, type MeterValue } from './value.ts'
import { takeValueInfo } from './vif.ts'
import type { MbusUnit } from './vif-table.ts'

/**
 * One record of an answer. `notes` say what the value is when it is not the plain quantity (such as `forward`, `future`,
 * `perHour`, `maker`); `maker` are the maker's own codes; `error` is the meter's reason for `absent`. `bytes` are the data as
 * they stood on the wire.
 */
export type MeterRecord = Omit<DataInfo, 'coding'> & {
  quantity: string
  unit: MbusUnit
  ownUnit: string | null
  notes: readonly string[]
  maker: readonly number[]
  error: number | null
  value: MeterValue
  bytes: Uint8Array
}

/** Reads what follows a data information block. Throws `device.badAnswer`. */
export function takeRecord(cursor: Cursor, data: DataInfo): MeterRecord {
  const info = takeValueInfo(cursor)
  const { value, bytes } = takeValue(cursor, data.coding, info)
  const { function: kind, storage, tariff, subunit } = data
  const { quantity, unit, ownUnit, notes, maker, error } = info
  return { function: kind, storage, tariff, subunit, quantity, unit, ownUnit, notes, maker, error, value, bytes }
}
