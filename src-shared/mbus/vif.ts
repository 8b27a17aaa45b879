import { left, takeByte, takeBytes, type Cursor } from './cursor.ts'
import { badAnswer } from './fault.ts'
import { latin1 } from './text.ts'
import { firstExtension, primaryTable, secondExtension, type MbusUnit, type Reading, type VifRow } from './vif-table.ts'
import { combinationOf, furtherNoteOf } from './vife-table.ts'

/**
 * A value information block. The value is the number × 10^`exponent` × `factor` in `unit`. `notes` change what the value is
 * (empty: the plain quantity); `maker` are codes whose meaning only the maker knows, and then the value is not the plain
 * quantity either (note `maker`, or the quantity of that name). `error` is the meter's reason for having no value.
 */
export type ValueInfo = {
  quantity: string
  unit: MbusUnit
  /** A unit that no table has, in the maker's words. */
  ownUnit: string | null
  exponent: number
  factor: number
  read: Reading
  notes: readonly string[]
  maker: readonly number[]
  error: number | null
}

const mostVife = 10

/** Reads the value information block. Throws `device.badAnswer`. */
export function takeValueInfo(cursor: Cursor): ValueInfo {
  const vif = takeByte(cursor, 'vifShort')
  const code = vif & 0x7f
  const ownUnit = code === 0x7c ? takeOwnUnit(cursor, vif) : null
  const vifes = ownUnit?.vifes ?? takeVifes(cursor, vif)
  if (code === 0x7f) return { ...unknown, quantity: 'maker', maker: vifes }
  if (ownUnit) return combined({ ...unknown, quantity: 'ownUnit', ownUnit: ownUnit.text }, vifes)
  if (vif === 0xfd) return combined(found(firstExtension, vifes[0]), vifes.slice(1))
  if (vif === 0xfb) return combined(found(secondExtension, vifes[0]), vifes.slice(1))
  if (vif === 0xef) return { ...unknown, maker: vifes }
  return combined(found(primaryTable, code), vifes)
}

const unknown: ValueInfo = {
  quantity: 'unknown',
  unit: '',
  ownUnit: null,
  exponent: 0,
  factor: 1,
  read: 'signed',
  notes: [],
  maker: [],
  error: null,
}

function takeVifes(cursor: Cursor, first: number): number[] {
  const vifes: number[] = []
  for (let last = first; (last & 0x80) !== 0;) {
    if (vifes.length === mostVife) throw badAnswer('vifeMany', { at: cursor.at })
    last = takeByte(cursor, 'vifShort')
    vifes.push(last)
  }
  return vifes
}

/**
 * A unit in letters. Meters send the text before the further codes; the newer standard wants it after them. Whatever cannot be
 * read the first way is tried the second.
 */
function takeOwnUnit(cursor: Cursor, vif: number): { text: string; vifes: number[] } {
  const start = cursor.at
  const text = takePrintable(cursor)
  if (text !== null) return { text, vifes: takeVifes(cursor, vif) }
  cursor.at = start
  const vifes = takeVifes(cursor, vif)
  const later = vifes.length > 0 ? takePrintable(cursor) : null
  if (later === null) throw badAnswer('unitLong', { at: start })
  return { text: later, vifes }
}

function takePrintable(cursor: Cursor): string | null {
  const length = takeByte(cursor, 'vifShort')
  if (length > left(cursor)) return null
  const text = latin1(takeBytes(cursor, length, 'unitLong'))
  return /^[ -~\u00a0-\u00ff]*$/.test(text) ? text : null
}

const byCode = new WeakMap<readonly VifRow[], (VifRow | undefined)[]>()

/** The rows of a table by code. */
function rowsOf(table: readonly VifRow[]): (VifRow | undefined)[] {
  const known = byCode.get(table)
  if (known) return known
  const rows = Array.from({ length: 128 }, (_, code) => table.find(({ from, count }) => code >= from && code < from + count))
  byCode.set(table, rows)
  return rows
}

function found(table: readonly VifRow[], vife: number | undefined): ValueInfo {
  const code = (vife ?? 0) & 0x7f
  const row = rowsOf(table)[code]
  if (!row) return unknown
  const step = code - row.from
  return {
    ...unknown,
    quantity: row.quantity,
    unit: row.units?.[step] ?? row.unit,
    exponent: row.exponent === undefined ? 0 : row.exponent + step,
    factor: row.factors?.[step] ?? 1,
    read: row.read ?? 'signed',
  }
}

function combined(info: ValueInfo, vifes: readonly number[]): ValueInfo {
  const notes: string[] = []
  let { unit, exponent, factor, read, error } = info
  for (let i = 0; i < vifes.length; i++) {
    const code = (vifes[i] ?? 0) & 0x7f
    if (code === 0x7f) {
      notes.push('maker')
      return { ...info, unit, exponent, factor, read, error, notes, maker: vifes.slice(i + 1) }
    }
    if (code === 0x7c) {
      notes.push(furtherNoteOf((vifes[++i] ?? 0) & 0x7f))
      continue
    }
    const combination = combinationOf(code)
    exponent += combination.exponent ?? 0
    error ??= combination.error ?? null
    if (combination.note !== undefined) notes.push(combination.note)
    if (combination.read !== undefined) {
      read = combination.read === 'date' ? 'date' : 'unsigned'
      exponent = 0
      factor = combination.factor ?? 1
      unit = combination.factor === undefined ? '' : 's'
    }
  }
  return { ...info, unit, exponent, factor, read, error, notes }
}
