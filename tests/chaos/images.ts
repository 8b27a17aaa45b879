import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../src-main/database.ts'
import { historyEngine, type HistoryEngine } from '../../src-worker/history/engine.ts'
import { Acks, hearChange } from './acks.ts'
import { examineChanges, soundness, type ChangeFindings, unharmedChanges } from './changes.ts'
import { WriteBackCache, type Cut, type Random } from './disk/cache.ts'
import { calls, Shim, type Call } from './disk/control.ts'
import { readRecord, type Change } from './disk/record.ts'
import { examine, numbered, unharmed, type Findings } from './samples.ts'
import type { Work } from './work.ts'

/** Files that live in memory only, and what the program says to us. */
export const leftOut = /\.sqlite-shm$|\/acks$/

export type Recorded = {
  root: string
  changes: Change[]
  code: number | null
  errors: string
  /** How many calls of this kind there were, and how many of them were made to fail. */
  counts: Record<Call, { seen: number; failed: number }>
}

/** Runs a program of this folder under the shim and answers everything that it changed below `place`/root. */
export async function recorded(
  place: string,
  program: string,
  task: (root: string) => object,
  options: { seed: number; syncUs?: number; begin?: (shim: Shim) => void; killAt?: number },
): Promise<Recorded> {
  const root = join(place, 'root')
  const aside = join(place, 'aside')
  for (const folder of [root, aside]) mkdirSync(folder, { recursive: true })
  const shim = new Shim({ root, aside, record: true, seed: options.seed, ...(options.syncUs ? { syncUs: options.syncUs } : {}) })
  if (options.killAt !== undefined) shim.killAt(options.killAt)
  options.begin?.(shim)
  const child = spawn(process.execPath, [join(import.meta.dirname, program), JSON.stringify(task(root))], {
    env: { ...process.env, ...shim.environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (text) => (errors += String(text)))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const counts = Object.fromEntries(calls.map((call) => [call, shim.count(call)])) as Recorded['counts']
  shim.close()
  return { root, changes: readRecord(shim.log), code, errors, counts }
}

/** The usual work on an empty folder, or on one that `from` is copied to. */
export async function recordWork(
  place: string,
  work: Partial<Work>,
  options: { seed: number; from?: string; begin?: (shim: Shim) => void },
): Promise<Recorded> {
  if (options.from) cpSync(options.from, join(place, 'root'), { recursive: true })
  const run = await recorded(
    place,
    'work.ts',
    (root): Work => ({ folder: join(root, 'data'), acks: join(root, 'acks'), batches: 150, next: 0, ...work }),
    { syncUs: 10_000, ...options },
  )
  if (run.code !== 0) throw new Error(`the program ended with ${run.code}: ${run.errors}`)
  return run
}

/** Calls `look` with the state of the disk at each of these numbers of changes, which are made to what `cache` has. */
export async function eachMoment(
  { root, changes }: Pick<Recorded, 'root' | 'changes'>,
  moments: readonly number[],
  look: (cache: WriteBackCache, acks: Acks, moment: number) => Promise<void>,
  cache = new WriteBackCache(root),
): Promise<void> {
  const acks = new Acks()
  const wanted = [...moments].sort((a, b) => a - b)
  let done = 0
  for (const moment of wanted) {
    for (; done < moment; done++) {
      const change = changes[done] as Change
      cache.repeat(change)
      hearChange(acks, change, join(root, 'acks'))
    }
    await look(cache, acks, moment)
  }
}

/** Some moments at random, `early` of them before the program was ready, most of the others while history was written. */
export function momentsOf({ root, changes }: Recorded, count: number, early: number, random: Random): number[] {
  const ready = changes.findIndex(
    (change) => change.op === 'written' && change.path === join(root, 'acks') && change.data.toString() === 'ready\n',
  )
  const later = changes
    .keys()
    .filter((i) => i > ready && changes[i]?.path.includes('/history/'))
    .toArray()
  const one = (i: number) => {
    if (i < early) return 1 + random(ready)
    return i % 4 === 0 ? ready + random(changes.length - ready) : (later[random(later.length)] as number) + 1
  }
  return Array.from({ length: count }, (_, i) => one(i))
}

export type ImageFindings = Findings & ChangeFindings & { sound: string[]; again: Findings | null; openMs: number }
export const wholeImage = { ...unharmed, ...unharmedChanges, sound: ['ok'], again: unharmed }

/** Opens what a cut has left as the program would, looks at all of it, stores once more, and opens it again. Removes it in the end. */
export async function examineImage(image: string, acks: Acks, { twice = true } = {}): Promise<ImageFindings> {
  const data = join(image, 'data')
  mkdirSync(data, { recursive: true })
  const { database, close } = openDatabase(join(data, 'config.sqlite'))
  const changes = await examineChanges(database, acks.changes)
  const sound = await soundness(database)
  await close()
  let openMs = 0
  const open = async () => {
    const begun = performance.now()
    const store = historyEngine({ clock: () => Date.now(), onProgress: () => {} })
    await store.open({ folder: join(data, 'history'), memoryMb: 128, threads: 2 })
    openMs = Math.max(openMs, performance.now() - begun)
    return store
  }
  const findings = await look(await open(), async (store) => {
    const found = await examine(store, acks.batches, acks.given, acks.corrections)
    if (twice) await store.append(numbered(acks.given))
    return found
  })
  const again = twice
    ? await look(await open(), (store) => examine(store, new Set([...acks.batches, acks.given]), acks.given + 1, acks.corrections))
    : null
  if (existsSync(image)) rmSync(image, { recursive: true })
  return { ...changes, ...findings, sound, again, openMs }
}

async function look<T>(store: HistoryEngine, work: (store: HistoryEngine) => Promise<T>): Promise<T> {
  try {
    return await work(store)
  } finally {
    await store.close({})
  }
}

/** One image of each kind at one moment. */
export async function examineCut(cache: WriteBackCache, acks: Acks, image: string, kind: Cut, random: Random): Promise<ImageFindings> {
  cache.cut(image, kind, random, leftOut)
  return await examineImage(image, acks, { twice: random(3) === 0 })
}
