import { crc32 } from 'node:zlib'

/** What a frame holds. The number is written to disk. */
export const kinds = { header: 1, batch: 2, pack: 3, latest: 4, correction: 5 } as const
export type Kind = (typeof kinds)[keyof typeof kinds]

export type Frame = { kind: number; payload: Buffer; from: number; to: number }
export type Damage = { from: number; to: number }

const magic = Buffer.from('HGF1', 'latin1')
const headBytes = 16

/** Head: magic, kind, length of the payload, CRC32 of kind, length and payload; each 4 bytes, little endian. */
export function frame(kind: Kind, parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const bytes = Buffer.allocUnsafe(headBytes + length)
  magic.copy(bytes)
  bytes.writeUInt32LE(kind, 4)
  bytes.writeUInt32LE(length, 8)
  let to = headBytes
  for (const part of parts) {
    bytes.set(part, to)
    to += part.length
  }
  bytes.writeUInt32LE(checksum(bytes, 0, length), 12)
  return bytes
}

/** The frames of a file in order, and the stretches between them that are none. Damage hides only the frames it touches. */
export function* scan(bytes: Buffer): Generator<{ frame: Frame } | { damage: Damage }> {
  let from = 0
  while (from < bytes.length) {
    const found = readFrame(bytes, from)
    if (found) {
      yield { frame: found }
      from = found.to
      continue
    }
    const next = nextFrame(bytes, from + 1)
    yield { damage: { from, to: next } }
    from = next
  }
}

function nextFrame(bytes: Buffer, start: number): number {
  let from = bytes.indexOf(magic, start)
  while (from !== -1) {
    if (readFrame(bytes, from)) return from
    from = bytes.indexOf(magic, from + 1)
  }
  return bytes.length
}

function readFrame(bytes: Buffer, from: number): Frame | undefined {
  if (from + headBytes > bytes.length || bytes.compare(magic, 0, magic.length, from, from + magic.length) !== 0) return undefined
  const length = bytes.readUInt32LE(from + 8)
  const to = from + headBytes + length
  if (to > bytes.length || bytes.readUInt32LE(from + 12) !== checksum(bytes, from, length)) return undefined
  return { kind: bytes.readUInt32LE(from + 4), payload: bytes.subarray(from + headBytes, to), from, to }
}

function checksum(bytes: Buffer, from: number, length: number): number {
  const head = crc32(bytes.subarray(from + 4, from + 12))
  return crc32(bytes.subarray(from + headBytes, from + headBytes + length), head)
}
