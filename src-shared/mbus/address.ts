import { codeOf, type MeterIdentity } from './header.ts'

/**
 * Whom a selection means: every meter that agrees in all that is said. `id` has eight digits, F standing for any; the rest is
 * null for any.
 */
export type Selection = { id: string; manufacturer: string | null; version: number | null; medium: number | null }

export const anyMeter: Selection = { id: 'FFFFFFFF', manufacturer: null, version: null, medium: null }

/** Addresses of the link layer that are no meter's own. */
export const linkAddress = { unset: 0, highest: 250, selected: 253, test: 254, broadcast: 255 } as const

/** The eight bytes that a selection is sent as. */
export function selectionBytes({ id, manufacturer, version, medium }: Selection): Uint8Array {
  const digits = [6, 4, 2, 0].map((at) => Number.parseInt(id.slice(at, at + 2), 16))
  const code = manufacturer === null ? 0xffff : codeOf(manufacturer)
  return Uint8Array.of(...digits, code & 0xff, code >> 8, version ?? 0xff, medium ?? 0xff)
}

/** Whether a selection means this meter. What a meter does not tell of itself agrees with everything. */
export function matches(selection: Selection, meter: MeterIdentity): boolean {
  const digits = Array.from(selection.id).every((digit, i) => digit === 'F' || digit === meter.id[i])
  return (
    digits &&
    agrees(selection.manufacturer, meter.manufacturer) &&
    agrees(selection.version, meter.version) &&
    agrees(selection.medium, meter.medium)
  )
}

function agrees<T>(wanted: T | null, told: T | null): boolean {
  return wanted === null || told === null || wanted === told
}

/** The selection that means only this meter, as far as it tells who it is. */
export function selectionOf({ id, manufacturer, version, medium }: MeterIdentity): Selection {
  return { id, manufacturer, version, medium }
}

/** How a selection is written for people and kept, such as `06855817 KAM 08 04`; `-` stands for any. */
export function selectionText({ id, manufacturer, version, medium }: Selection): string {
  const two = (value: number | null) => (value === null ? '-' : value.toString(16).padStart(2, '0').toUpperCase())
  return `${id} ${manufacturer ?? '-'} ${two(version)} ${two(medium)}`
}

/** Reads what `selectionText` wrote; the last three words may be left out. Null when it is no such text. */
export function parseSelection(text: string): Selection | null {
  const found = /^([0-9A-F]{8})(?: (-|[@-_]{3}) (-|[0-9A-F]{2}) (-|[0-9A-F]{2}))?$/.exec(text.trim().toUpperCase())
  if (!found) return null
  const [, id = '', manufacturer = '-', version = '-', medium = '-'] = found
  const number = (word: string) => (word === '-' ? null : Number.parseInt(word, 16))
  return { id, manufacturer: manufacturer === '-' ? null : manufacturer, version: number(version), medium: number(medium) }
}
