import { badAnswer } from './fault.ts'
import { takeByte, takeBytes, left, type Cursor } from './cursor.ts'

/**
 * Who a meter is. `id` has eight digits (hexadecimal for makers that use more), `manufacturer` three letters. Meters that answer
 * in the old fixed form tell neither manufacturer nor version.
 */
export type MeterIdentity = { id: string; manufacturer: string | null; version: number | null; medium: number }

/** What a meter says of itself with every answer. `maker` are bits 5 to 7, whose meaning is the maker's. */
export type MeterStatus = {
  byte: number
  application: 'none' | 'busy' | 'error' | 'abnormal'
  powerLow: boolean
  permanentError: boolean
  temporaryError: boolean
  maker: number
}

/** What stands before the records. `identity` is null where an answer does not say whose it is. */
export type MeterHeader = { identity: MeterIdentity | null; access: number; status: MeterStatus; signature: number }

const applications = ['none', 'busy', 'error', 'abnormal'] as const

export function statusOf(byte: number): MeterStatus {
  return {
    byte,
    application: applications[byte & 3] ?? 'none',
    powerLow: (byte & 0x04) !== 0,
    permanentError: (byte & 0x08) !== 0,
    temporaryError: (byte & 0x10) !== 0,
    maker: byte >> 5,
  }
}

/** Twelve bytes: identification, then what the short header has. */
export function takeLongHeader(cursor: Cursor): MeterHeader {
  if (left(cursor) < 12) throw badAnswer('headerShort')
  return takeShortHeader(cursor, takeIdentity(cursor))
}

export function takeIdentity(cursor: Cursor): MeterIdentity {
  const id = idOf(takeBytes(cursor, 4, 'headerShort'))
  const manufacturer = lettersOf(takeWord(cursor))
  return { id, manufacturer, version: takeByte(cursor, 'headerShort'), medium: takeByte(cursor, 'headerShort') }
}

/** Four bytes: access number, status, signature. */
export function takeShortHeader(cursor: Cursor, identity: MeterIdentity | null): MeterHeader {
  const access = takeByte(cursor, 'headerShort')
  const status = statusOf(takeByte(cursor, 'headerShort'))
  return { identity, access, status, signature: takeWord(cursor) }
}

function takeWord(cursor: Cursor): number {
  const low = takeByte(cursor, 'headerShort')
  return low | (takeByte(cursor, 'headerShort') << 8)
}

/** Digits of an identification number, which comes with the last two first. */
export function idOf(bytes: Uint8Array): string {
  return [...bytes]
    .reverse()
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
}

/** Three letters of five bits each. Bit 15 marks an address that may not be unique and is no part of the letters. */
export function lettersOf(code: number): string {
  return String.fromCharCode(...[10, 5, 0].map((shift) => ((code >> shift) & 0x1f) + 64))
}

/** The code of three letters from `@` to `_`, of which makers use A to Z. */
export function codeOf(letters: string): number {
  return Array.from(letters).reduce((code, letter) => (code << 5) | ((letter.charCodeAt(0) - 64) & 0x1f), 0)
}

const media: Record<number, string> = {
  0x00: 'other',
  0x01: 'oil',
  0x02: 'electricity',
  0x03: 'gas',
  0x04: 'heatOutlet',
  0x05: 'steam',
  0x06: 'warmWater',
  0x07: 'water',
  0x08: 'heatCostAllocator',
  0x09: 'compressedAir',
  0x0a: 'coolingOutlet',
  0x0b: 'coolingInlet',
  0x0c: 'heatInlet',
  0x0d: 'heatCooling',
  0x0e: 'bus',
  0x0f: 'unknown',
  0x15: 'hotWater',
  0x16: 'coldWater',
  0x17: 'dualWater',
  0x18: 'pressure',
  0x19: 'converter',
  0x1a: 'smokeDetector',
  0x1b: 'roomSensor',
  0x1c: 'gasDetector',
  0x20: 'breaker',
  0x21: 'valve',
  0x25: 'display',
  0x28: 'wasteWater',
  0x29: 'garbage',
  0x31: 'communication',
  0x36: 'radioRepeater',
  0x37: 'radioConverter',
}

/** Key of what is measured; `reserved` for codes that nobody has given a meaning. */
export function mediumOf(code: number): string {
  return media[code] ?? 'reserved'
}

/** Heat meters, cooling meters and those that are both. */
export function isHeatMedium(code: number): boolean {
  return code === 0x04 || (code >= 0x0a && code <= 0x0d)
}
