import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { kinds, scan } from '../../src-worker/history/frame.ts'

/** What of the bytes that the disk had not confirmed is there afterwards: their beginning, some of their pages, or parts of pages. */
export const modes = ['prefix', 'lossy', 'torn'] as const
export type CutMode = (typeof modes)[number]
export type Random = (limit: number) => number

const page = 4096

/**
 * Makes of a copy of a store's folder what a power cut may leave. `confirmed` tells for each journal file, by its number in the
 * file system, how many bytes the disk has confirmed; of the database nothing is taken for granted.
 */
export function cutPower(source: string, image: string, confirmed: ReadonlyMap<number, number>, mode: CutMode, random: Random): void {
  const numbers = fileNumbers(join(source, 'journal'))
  copyStill(source, image)
  for (const name of readdirSync(join(image, 'journal'))) {
    const path = join(image, 'journal', name)
    if (name.endsWith('.log')) cut(path, confirmed.get(numbers.get(name) ?? -1) ?? 0, mode, random)
    if (name.endsWith('.zst.new')) cut(path, 0, mode, random)
    if (name.endsWith('.zst') && random(4) === 0) bringBack(path)
  }
  for (const name of ['history.duckdb.wal', 'history.duckdb', 'latest']) {
    const path = join(image, name)
    if (!existsSync(path)) continue
    const fate = random(name === 'history.duckdb' ? 8 : 4)
    if (fate === 0) rmSync(path)
    if (fate === 1) cut(path, random(statSync(path).size + 1), mode, random)
  }
}

/** Taken before the copy: a file may be taken away while, or right after, it is copied. */
function fileNumbers(folder: string): Map<string, number> {
  return new Map(readdirSync(folder).map((name) => [name, statSync(join(folder, name), { throwIfNoEntry: false })?.ino ?? -1]))
}

/** Steps of the disk that are under way may take a file away while it is copied; nothing new begins, so it is still in the end. */
function copyStill(source: string, image: string): void {
  for (;;) {
    try {
      cpSync(source, image, { recursive: true })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      rmSync(image, { recursive: true, force: true })
    }
  }
}

/** Loses some of what lies behind the first `sure` bytes of a file. */
function cut(path: string, sure: number, mode: CutMode, random: Random): void {
  const bytes = readFileSync(path)
  if (mode === 'prefix') {
    writeFileSync(path, bytes.subarray(0, sure + random(bytes.length - sure + 1)))
    return
  }
  for (let from = sure; from < bytes.length; from = (Math.floor(from / page) + 1) * page) {
    if (random(2) === 0) continue
    const to = Math.min(bytes.length, (Math.floor(from / page) + 1) * page)
    bytes.fill(0, mode === 'torn' ? from + random(to - from) : from, to)
  }
  writeFileSync(path, bytes)
}

/** The removal of a packed segment's plain file was not yet on disk. */
function bringBack(packed: string): void {
  const parts: Buffer[] = []
  const bytes = readFileSync(packed)
  for (const piece of scan(bytes)) {
    if (!('frame' in piece)) continue
    const { kind, payload, from, to } = piece.frame
    parts.push(kind === kinds.pack ? zstdDecompressSync(payload) : bytes.subarray(from, to))
  }
  writeFileSync(packed.replace(/zst$/, 'log'), Buffer.concat(parts))
}
