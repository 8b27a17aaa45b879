import { readdir, readFile, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { Failure } from '#shared/failures.ts'
import { isMissing, replaceFile } from './disk.ts'
import { frame, kinds, scan, type Damage } from './frame.ts'
import { decodeBatch } from './record.ts'
import type { Batch } from './rows.ts'

/** One file of the journal, named after the sequence it begins with. `bytes`: what of it is acknowledged. */
export type Segment = { first: number; packed: boolean; bytes: number }

/** Node has zstd from 22.15 on; without it, segments stay as they are. */
export const canPack = 'zstdCompress' in zlib
const compress = canPack ? promisify(zlib.zstdCompress) : undefined
/** Frames are packed in groups of this many bytes, so that one damaged place costs at most one group. */
const packBytes = 4 * 1024 * 1024

export function segmentPath(folder: string, first: number, packed: boolean): string {
  return join(folder, `${String(first).padStart(12, '0')}.${packed ? 'zst' : 'log'}`)
}

/** The segments of a folder in order. A packed file beside its plain one is an interrupted packing and is removed. */
export async function listSegments(folder: string): Promise<Segment[]> {
  const found = new Map<number, Segment>()
  for (const name of (await readdir(folder)).sort()) {
    const match = /^(\d{12})\.(log|zst)$/.exec(name)
    if (name.endsWith('.zst.new')) await unlink(join(folder, name))
    if (!match) continue
    const first = Number(match[1])
    const packed = match[2] === 'zst'
    if (packed && found.has(first)) await unlink(join(folder, name))
    else found.set(first, { first, packed, bytes: (await stat(join(folder, name))).size })
  }
  return [...found.values()].sort((a, b) => a.first - b.first)
}

/** The acknowledged bytes of a segment, also while it is being packed. */
export async function readSegment(folder: string, segment: Segment): Promise<Buffer> {
  const { first, packed, bytes } = segment
  try {
    return (await readFile(segmentPath(folder, first, packed))).subarray(0, bytes)
  } catch (error) {
    if (packed || !isMissing(error)) throw error
    return await readFile(segmentPath(folder, first, true))
  }
}

/** The batches that can be read, in order. Damaged places are told and passed over. */
export function* batchesOf(bytes: Buffer, onDamage: (damage: Damage) => void): Generator<Batch> {
  for (const piece of scan(bytes)) {
    if ('damage' in piece) {
      onDamage(piece.damage)
      continue
    }
    const { kind, payload } = piece.frame
    if (kind === kinds.pack) {
      if (!canPack) throw new Failure('storage.failed', { reason: 'the journal was packed by a newer Node.js' })
      yield* batchesOf(zlib.zstdDecompressSync(payload), onDamage)
    }
    const batch = decodeBatch(kind, payload)
    if (batch) yield batch
  }
}

/** The store that a segment belongs to, as 32 hexadecimal digits. */
export function ownerOf(bytes: Buffer): string | undefined {
  for (const piece of scan(bytes)) {
    if ('frame' in piece && piece.frame.kind === kinds.header) return piece.frame.payload.toString('hex')
  }
  return undefined
}

/** Keeps the damaged places of a plain segment in a file beside it. */
async function keepEvidence(folder: string, first: number, bytes: Buffer, damages: readonly Damage[]): Promise<void> {
  if (damages.length === 0) return
  const places = damages.map(({ from, to }) => bytes.subarray(from, to))
  await replaceFile(`${segmentPath(folder, first, false)}.damaged`, Buffer.concat(places))
}

/** Replaces a closed plain segment by its packed form and answers the bytes that are left. */
export async function packSegment(folder: string, first: number): Promise<number> {
  if (!compress) throw new Error('this Node.js has no zstd')
  const plain = segmentPath(folder, first, false)
  const bytes = await readFile(plain)
  const damages: Damage[] = []
  const packed: Buffer[] = []
  let group: Buffer[] = []
  let size = 0
  const close = async () => {
    if (size > 0) packed.push(frame(kinds.pack, [await compress(Buffer.concat(group))]))
    group = []
    size = 0
  }
  for (const piece of scan(bytes)) {
    if ('damage' in piece) {
      damages.push(piece.damage)
      continue
    }
    const { kind, from, to } = piece.frame
    if (kind === kinds.header) {
      packed.push(bytes.subarray(from, to))
      continue
    }
    group.push(bytes.subarray(from, to))
    size += to - from
    if (size >= packBytes) await close()
  }
  await close()
  await keepEvidence(folder, first, bytes, damages)
  const content = Buffer.concat(packed)
  await replaceFile(segmentPath(folder, first, true), content)
  await unlink(plain)
  return content.length
}
