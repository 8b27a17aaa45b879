import type { Quantity } from '../units.ts'
import { numberOf } from './convert.ts'
import type { RecordFunction } from './dif.ts'
import type { MeterRecord } from './record.ts'
import type { Telegram } from './telegram.ts'

/**
 * Which value of an answer a point takes. A record by what it says, by its place among all records of the answer, or something
 * of the header. Nothing said: storage, tariff and subunit 0, the value of now, without notes.
 */
export type Selector = { kind: 'record'; place: number } | { kind: 'header'; what: HeaderField } | OfQuantity

type OfQuantity = {
  kind: 'quantity'
  name: string
  function: RecordFunction
  storage: number
  tariff: number
  subunit: number
  notes: readonly string[]
  maker: readonly number[]
  /** Of several that agree, counted from 1. */
  which: number
}

const headerFields = ['serial', 'status', 'access', 'version', 'medium'] as const
type HeaderField = (typeof headerFields)[number]

/** Names that people know → what the record is called and the notes that it has. */
const aliases: Readonly<Record<string, { name: string; notes?: string[] }>> = {
  flow: { name: 'volumeFlow' },
  coolingEnergy: { name: 'energy', notes: ['backward'] },
  infoCode: { name: 'errorFlags' },
}

const functions = ['instant', 'maximum', 'minimum', 'error'] as const

/**
 * Reads a selector such as `energy`, `energy/storage=1`, `power/function=maximum`, `volume/subunit=1`, `energy/note=backward`,
 * `maker=22` (the maker's own code, hexadecimal), `record:7` (counted from 1) or `header:serial`. Null when it is none.
 */
export function parseSelector(text: string): Selector | null {
  const place = /^record:([1-9]\d{0,3})$/.exec(text)
  if (place) return { kind: 'record', place: Number(place[1]) }
  const what = headerFields.find((field) => text === `header:${field}`)
  if (what) return { kind: 'header', what }
  const [first = '', ...rest] = text.split('/')
  const maker = makerOf(first)
  if (!maker && !/^[a-z][A-Za-z]*$/.test(first)) return null
  const alias = aliases[first]
  const selector: OfQuantity = {
    kind: 'quantity',
    name: maker ? 'maker' : (alias?.name ?? first),
    function: 'instant',
    storage: 0,
    tariff: 0,
    subunit: 0,
    notes: alias?.notes ?? [],
    maker: maker ?? [],
    which: 1,
  }
  return rest.every((part) => refine(selector, part)) ? selector : null
}

function makerOf(text: string): number[] | null {
  const found = /^maker=([0-9A-Fa-f]{2}(?:\.[0-9A-Fa-f]{2})*)$/.exec(text)
  return found ? (found[1] ?? '').split('.').map((byte) => Number.parseInt(byte, 16)) : null
}

function refine(selector: OfQuantity, part: string): boolean {
  const [key = '', value = ''] = part.split('=')
  const number = /^\d{1,13}$/.test(value) ? Number(value) : null
  if (key === 'storage' || key === 'tariff' || key === 'subunit') {
    if (number === null) return false
    selector[key] = number
    return true
  }
  if (key === 'which' && number !== null && number > 0) {
    selector.which = number
    return true
  }
  if (key === 'note' && value !== '') {
    selector.notes = [...selector.notes, value]
    return true
  }
  const found = key === 'function' ? functions.find((one) => one === value) : undefined
  if (found) selector.function = found
  return found !== undefined
}

/** The selector that finds this record again among all of the same answer, also when others come and go around it. */
export function selectorOf(record: MeterRecord, all: readonly MeterRecord[]): string {
  if (record.quantity === 'unknown') return `record:${all.indexOf(record) + 1}`
  const parts = [record.quantity === 'maker' && record.maker.length > 0 ? `maker=${record.maker.map(hexByte).join('.')}` : record.quantity]
  if (record.function !== 'instant') parts.push(`function=${record.function}`)
  for (const key of ['storage', 'tariff', 'subunit'] as const) if (record[key] > 0) parts.push(`${key}=${record[key]}`)
  for (const note of record.notes) parts.push(`note=${note}`)
  const which = all.filter((other) => isAlike(record, other)).indexOf(record) + 1
  if (which > 1) parts.push(`which=${which}`)
  return parts.join('/')
}

const hexByte = (byte: number) => byte.toString(16).padStart(2, '0')

function isAlike(a: MeterRecord, b: MeterRecord): boolean {
  return (
    a.quantity === b.quantity &&
    a.function === b.function &&
    a.storage === b.storage &&
    a.tariff === b.tariff &&
    a.subunit === b.subunit &&
    a.notes.join() === b.notes.join() &&
    (a.quantity !== 'maker' || a.maker.join() === b.maker.join())
  )
}

/** What a point gets: the value in the canonical unit of its quantity, or null and whether the meter has such a record at all. */
export type Selected = { value: number | null; served: boolean }

/** Looks a selector up in an answer of one or several telegrams. */
export function select(telegrams: readonly Telegram[], selector: Selector, into: Quantity): Selected {
  if (selector.kind === 'header') return { value: headerValue(telegrams[0], selector.what), served: true }
  const records = telegrams.flatMap((telegram) => telegram.records)
  const record = selector.kind === 'record' ? records[selector.place - 1] : find(records, selector)
  return record ? { value: numberOf(record, into), served: true } : { value: null, served: false }
}

function find(records: readonly MeterRecord[], selector: OfQuantity): MeterRecord | undefined {
  const { notes, which, name } = selector
  const matching = records.filter(
    (record) =>
      record.quantity === name &&
      record.function === selector.function &&
      record.storage === selector.storage &&
      record.tariff === selector.tariff &&
      record.subunit === selector.subunit &&
      (name !== 'maker' || record.maker.join() === selector.maker.join()),
  )
  const exact = matching.filter((record) => record.notes.join() === notes.join())
  // Meters for heating and cooling say of the heating energy that it goes forward.
  const plain = exact.length > 0 || notes.length > 0 ? exact : matching.filter((record) => record.notes.join() === 'forward')
  return plain[which - 1]
}

/** Serial numbers with letters in them are no number and have no value. */
function headerValue(telegram: Telegram | undefined, what: HeaderField): number | null {
  if (!telegram) return null
  const { identity, status, access } = telegram.header
  if (what === 'status') return status.byte
  if (what === 'access') return access
  if (what === 'serial') return identity && /^\d{8}$/.test(identity.id) ? Number(identity.id) : null
  return identity?.[what] ?? null
}
