import type { Point } from '../devices/profile.ts'
import type { Way } from '../devices/way.ts'

/** A Modbus message in words. Addresses count from 0, as on the wire. */
export type FrameWords = { unit: number; code: number } & (
  | { kind: 'read' | 'taken'; area: Point['area']; address: number; count: number }
  | { kind: 'write'; area: Point['area']; address: number; words: number[] }
  | { kind: 'answer'; area: Point['area']; words: number[] }
  | { kind: 'refusal'; exception: number }
)

const areas: Record<number, Point['area']> = {
  1: 'coil',
  2: 'discrete',
  3: 'holding',
  4: 'input',
  5: 'coil',
  6: 'holding',
  15: 'coil',
  16: 'holding',
}
const headerOfTcp = 6
const firstWrite = 5
const singleCoil = 5
const singleRegister = 6

/** What the bytes of one message say; null when they are no whole message of a function that we use. */
export function frameWords(way: Way, direction: 'sent' | 'received', bytes: Uint8Array): FrameWords | null {
  if (!way.startsWith('modbus')) return null
  const body = way === 'modbus-tcp' || way === 'modbus-tls' ? bytes.subarray(headerOfTcp) : bytes.subarray(0, -2)
  const [unit, code] = body
  if (unit === undefined || code === undefined || body.length < 3) return null
  if (code & 0x80) return { kind: 'refusal', unit, code: code & 0x7f, exception: body[2] ?? 0 }
  const area = areas[code]
  if (!area) return null
  if (direction === 'received' && code < firstWrite) return { kind: 'answer', unit, code, area, words: valuesOf(area, body.subarray(3)) }
  if (body.length < 6) return null
  const head = { unit, code, area, address: word(body, 2) }
  if (code < firstWrite) return { kind: 'read', ...head, count: word(body, 4) }
  if (code === singleCoil || code === singleRegister) {
    const value = word(body, 4)
    return {
      kind: direction === 'sent' ? 'write' : 'taken',
      ...head,
      count: 1,
      words: [code === singleCoil ? Number(value > 0) : value],
    } as FrameWords
  }
  if (direction === 'received') return { kind: 'taken', ...head, count: word(body, 4) }
  return { kind: 'write', ...head, words: valuesOf(area, body.subarray(7)).slice(0, word(body, 4)) }
}

function valuesOf(area: Point['area'], data: Uint8Array): number[] {
  if (area === 'holding' || area === 'input') return Array.from({ length: data.length >> 1 }, (_, i) => word(data, i * 2))
  return [...data].flatMap((byte) => Array.from({ length: 8 }, (_, bit) => (byte >> bit) & 1))
}

const word = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
