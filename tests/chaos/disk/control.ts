import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, existsSync, openSync, readFileSync, readSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'

/** The order and the offsets below are those of `struct control` in shim.h. */
export const calls = ['open', 'write', 'sync', 'rename', 'unlink', 'truncate', 'mkdir', 'link', 'read'] as const
export type Call = (typeof calls)[number]
export type ErrorName = 'EIO' | 'ENOSPC' | 'EINTR' | 'EROFS' | 'EACCES'

/** Which calls fail, how many in a million, how, and only below paths with `match` in them. */
export type Faults = { calls: readonly Call[]; perMillion: number; errors: readonly ErrorName[]; match?: string }

const bytes = 4096
const at = {
  mask: 0,
  perMillion: 4,
  errors: 8,
  clock: 24,
  killAt: 32,
  calls: 40,
  hits: 48,
  seen: 120,
  seed: 192,
  sync: 196,
  match: 200,
  rate: 328,
}

export type ShimOptions = {
  /** The folder that is watched; must exist. */
  root: string
  /** Folder for the files between the shim and us; must lie elsewhere. */
  aside: string
  /** Whether every change is noted, for record.ts. */
  record?: boolean
  seed?: number
  /** A sync takes up to twice this long. */
  syncUs?: number
  /** How many times as fast time passes. */
  rate?: number
}

/** What a program run under shim.c is told while it runs, and what it says. */
export class Shim {
  readonly environment: Record<string, string>
  readonly log: string
  readonly #file: number

  constructor({ root, aside, record = false, seed = 1, syncUs = 0, rate = 0 }: ShimOptions) {
    const control = join(aside, 'control')
    this.log = join(aside, 'log')
    const start = Buffer.alloc(bytes)
    start.writeUInt32LE(seed >>> 0, at.seed)
    start.writeUInt32LE(syncUs, at.sync)
    start.writeUInt32LE(rate, at.rate)
    writeFileSync(control, start)
    this.#file = openSync(control, 'r+')
    this.environment = { LD_PRELOAD: built(), SHIM_ROOT: root, SHIM_CONTROL: control, ...(record ? { SHIM_LOG: this.log } : {}) }
  }

  /** From now on these calls fail; null: none. */
  fail(faults: Faults | null): void {
    const part = Buffer.alloc(24)
    const name = Buffer.alloc(128)
    if (faults) {
      name.write(faults.match ?? '', 'latin1')
      faults.errors.forEach((error, i) => part.writeInt32LE(constants.errno[error], at.errors + i * 4))
      part.writeUInt32LE(faults.perMillion, at.perMillion)
      part.writeUInt32LE(
        faults.calls.reduce((mask, call) => mask | (1 << calls.indexOf(call)), 0),
        at.mask,
      )
    }
    // The mask comes last when something begins, and first when it ends.
    if (!faults) this.#put(Buffer.alloc(4), at.mask)
    this.#put(name, at.match)
    this.#put(part.subarray(4), 4)
    this.#put(part.subarray(0, 4), at.mask)
  }

  /** Sets the time of day this far from the real one, ms. */
  setClock(ms: number): void {
    const part = Buffer.alloc(8)
    part.writeBigInt64LE(BigInt(Math.round(ms)))
    this.#put(part, at.clock)
  }

  /** Ends the program as kill -9 does just before its changing call of this number. */
  killAt(number: number): void {
    const part = Buffer.alloc(8)
    part.writeBigUInt64LE(BigInt(number))
    this.#put(part, at.killAt)
  }

  /** Calls that change something so far. */
  get changes(): number {
    return Number(this.#get().readBigUInt64LE(at.calls))
  }

  /** How many calls of a kind there were below the folder, and how many of them were made to fail. */
  count(call: Call): { seen: number; failed: number } {
    const now = this.#get()
    const offset = calls.indexOf(call) * 8
    return { seen: Number(now.readBigUInt64LE(at.seen + offset)), failed: Number(now.readBigUInt64LE(at.hits + offset)) }
  }

  close(): void {
    closeSync(this.#file)
  }

  #put(part: Buffer, offset: number): void {
    writeSync(this.#file, part, 0, part.length, offset)
  }

  #get(): Buffer {
    const now = Buffer.alloc(bytes)
    readSync(this.#file, now, 0, bytes, 0)
    return now
  }
}

/** The library, made once for each state of its source. */
function built(): string {
  const sources = ['shim.c', 'clock.c'].map((name) => join(import.meta.dirname, name))
  const digest = createHash('sha256')
  for (const path of [...sources, join(import.meta.dirname, 'shim.h')]) digest.update(readFileSync(path))
  const library = join(tmpdir(), `hearthgrid-shim-${digest.digest('hex').slice(0, 16)}-${process.getuid?.() ?? 0}.so`)
  if (existsSync(library)) return library
  const made = `${library}.${process.pid}`
  execFileSync('gcc', ['-O2', '-shared', '-fPIC', '-o', made, ...sources, '-ldl', '-lpthread'])
  renameSync(made, library)
  return library
}
