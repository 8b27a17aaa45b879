import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import type { Random } from './disk/cache.ts'

/** What a damage may take from elsewhere: the same file as it was before, that of another store, and another file of this one. */
export type Twins = { older: string; foreign: string; other: string }

/** Fifteen ways in which a file can be bad. Each is done to one file only. */
export const damages: Record<string, (path: string, twins: Twins, random: Random) => void> = {
  'is missing': (path) => rmSync(path),
  'is empty': (path) => writeFileSync(path, ''),
  'ends early': (path, _, random) => writeFileSync(path, part(path, 0, random(readFileSync(path).length))),
  'lacks its last byte': (path) => writeFileSync(path, part(path, 0, -1)),
  'lacks its first page': (path) => writeFileSync(path, part(path, 4096)),
  'is zeros': (path) => writeFileSync(path, Buffer.alloc(readFileSync(path).length)),
  'has a page of zeros': (path, _, random) => overwrite(path, random, () => Buffer.alloc(4096)),
  'has one flipped bit': (path, _, random) => overwrite(path, random, (bytes, at) => Buffer.of((bytes[at] ?? 0) ^ (1 << random(8)))),
  'has twenty flipped bits': (path, _, random) => {
    for (let i = 0; i < 20; i++) overwrite(path, random, (bytes, at) => Buffer.of((bytes[at] ?? 0) ^ (1 << random(8))))
  },
  'has garbage in it': (path, _, random) => overwrite(path, random, () => garbage(1000, random)),
  'has garbage at its beginning': (path, _, random) => writeFileSync(path, Buffer.concat([garbage(1000, random), part(path, 1000)])),
  'has garbage behind it': (path, _, random) => writeFileSync(path, Buffer.concat([readFileSync(path), garbage(3000, random)])),
  'is there twice in itself': (path) => writeFileSync(path, Buffer.concat([readFileSync(path), readFileSync(path)])),
  'is an older one': (path, { older }) => copyOver(older, path),
  'is that of another store': (path, { foreign }) => copyOver(foreign, path),
  'is another file': (path, { other }) => copyOver(other, path),
}

function part(path: string, from: number, to?: number): Buffer {
  return Buffer.from(readFileSync(path).subarray(from, to))
}

function overwrite(path: string, random: Random, make: (bytes: Buffer, at: number) => Buffer): void {
  const bytes = readFileSync(path)
  const at = random(Math.max(1, bytes.length))
  const file = openSync(path, 'r+')
  writeSync(file, make(bytes, at), 0, undefined, at)
  ftruncateSync(file, bytes.length)
  closeSync(file)
}

function garbage(length: number, random: Random): Buffer {
  return Buffer.from(Array.from({ length }, () => random(256)))
}

/** Where there is no such file, the damage is that this one is gone. */
function copyOver(source: string, path: string): void {
  if (!existsSync(source)) return rmSync(path)
  writeFileSync(`${path}.copy`, readFileSync(source))
  renameSync(`${path}.copy`, path)
}
