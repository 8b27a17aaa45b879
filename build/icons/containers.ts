import { crc32, deflateSync } from 'node:zlib'
import type { Picture } from './raster.ts'

/** Names of Apple's containers by size in pixels; two names where a picture is also one of half the size at double density. */
const appleNames: [name: string, size: number][] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['icp6', 64],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
]
export const appleSizes = [...new Set(appleNames.map(([, size]) => size))]
/** Windows reads pictures this large only as PNG, and old readers smaller ones only as bitmaps. */
const largest = 256

export function toPng({ size, pixels }: Picture): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6], 8)
  const rows = Buffer.concat(
    Array.from({ length: size }, (_, row) => Buffer.concat([Buffer.from([0]), pixels.subarray(row * size * 4, (row + 1) * size * 4)])),
  )
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}

export function toIco(pictures: readonly Picture[]): Buffer {
  const bodies = pictures.map((picture) => (picture.size >= largest ? toPng(picture) : toBitmap(picture)))
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  for (const [i, { size }] of pictures.entries()) {
    const at = 6 + 16 * i
    const length = bodies[i]?.length ?? 0
    head.set([size % largest, size % largest, 0, 0, 1, 0, 32, 0], at)
    head.writeUInt32LE(length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += length
  }
  return Buffer.concat([head, ...bodies])
}

/** `pictures` must hold every size of `appleSizes`. */
export function toIcns(pictures: ReadonlyMap<number, Picture>): Buffer {
  const parts = appleNames.map(([name, size]) => {
    const picture = pictures.get(size)
    if (!picture) throw new Error(`no picture of ${size} pixels`)
    return withLength(name, toPng(picture))
  })
  return withLength('icns', Buffer.concat(parts))
}

function withLength(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  head.writeUInt32BE(body.length + 8, 4)
  return Buffer.concat([head, body])
}

/** 32-bit bitmap without file header, upside down, followed by the mask that readers of 1995 want. */
function toBitmap({ size, pixels }: Picture): Buffer {
  const head = Buffer.alloc(40)
  head.writeUInt32LE(40, 0)
  head.writeInt32LE(size, 4)
  head.writeInt32LE(size * 2, 8)
  head.writeUInt16LE(1, 12)
  head.writeUInt16LE(32, 14)
  const colours = Buffer.alloc(size * size * 4)
  const maskRow = Math.ceil(size / 32) * 4
  const mask = Buffer.alloc(maskRow * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [red = 0, green = 0, blue = 0, opacity = 0] = pixels.subarray(
        ((size - 1 - row) * size + column) * 4,
        ((size - 1 - row) * size + column) * 4 + 4,
      )
      colours.set([blue, green, red, opacity], (row * size + column) * 4)
      const at = row * maskRow + (column >> 3)
      if (opacity === 0) mask[at] = (mask[at] ?? 0) | (0x80 >> (column & 7))
    }
  }
  return Buffer.concat([head, colours, mask])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
