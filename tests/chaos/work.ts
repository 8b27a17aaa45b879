import { appendFileSync, mkdirSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { openDatabase } from '../../src-main/database.ts'
import { historyEngine } from '../../src-worker/history/engine.ts'
import { change } from './changes.ts'
import { numbered } from './samples.ts'

/**
 * `weak`: what is wrong on purpose: `history` and `config` do not ask the disk to confirm, `deaf` takes a failed answer for a good one.
 * When `patient`, what is refused is given again, and the program tells how often that was.
 */
export type Work = { folder: string; acks: string; batches: number; next: number; weak?: 'history' | 'config' | 'deaf'; patient?: boolean }

// Stores numbered batches and changes of the configuration side by side, and says each step into a file before the next one.
const { folder, acks, batches, next: first, weak, patient = false } = JSON.parse(process.argv[2] ?? '') as Work
const say = (line: string) => appendFileSync(acks, `${line}\n`)
const limits = { segmentBytes: 40_000, latestRows: 3000, waitingBytes: 60_000, groupRows: 2000 }

mkdirSync(folder, { recursive: true })
say('opening')
const path = join(folder, 'config.sqlite')
const { database, close } = await again(async () => openDatabase(path))
const careless = weak === 'config' ? carelessly(path) : undefined
const syncs = { history: async () => {}, deaf: async (handle: FileHandle) => void (await Promise.allSettled([handle.datasync()])) }
const sync = weak === 'history' || weak === 'deaf' ? { sync: syncs[weak] } : {}
const store = historyEngine({ clock: () => Date.now(), onProgress: () => {}, ...limits, ...sync })
await again(() => store.open({ folder: join(folder, 'history'), memoryMb: 128, threads: 2 }))
say('ready')

let next = Math.max(0, first - 5)
let running = 2
async function lane(): Promise<void> {
  while (next < first + batches) {
    const number = next++
    say(`give ${number}`)
    await again(() => store.append(numbered(number)))
    say(`ack ${number}`)
  }
  running--
}

/** As long as batches come; numbers never repeat, also not in a later life. */
async function configure(): Promise<void> {
  for (let number = first; running > 0; number++) {
    say(`change ${number}`)
    await again(async () => (careless ? careless(number) : await change(database, number)))
    say(`changed ${number}`)
    await pause(3)
  }
}

/** What is refused is tried again when we are patient; else it ends the program. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!patient) throw error
      say(`refused ${String(error)}`)
      await pause(2)
    }
  }
}

/** The same changes without waiting for the disk, over a second connection. */
function carelessly(file: string): (number: number) => void {
  const raw = new Sqlite(file)
  raw.pragma('synchronous = NORMAL')
  const set = raw.prepare('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
  const tell = raw.prepare(
    "INSERT INTO audit (at, actor, via, operation, kind, subject, input, result) VALUES (?, 'chaos', 'test', 'test.change', 'test', ?, ?, 'done')",
  )
  return raw.transaction((number: number) => {
    const key = `chaos-${number % 40}`
    set.run(key, String(number))
    tell.run(number, key, String(number))
  })
}

/** Samples that have come are sealed all the time, and some of them are told once more as corrections. */
async function tidy(): Promise<void> {
  for (let round = 0; running > 0; round++) {
    await pause(60)
    await again(() => store.tidy({}))
    say('sealed')
    if (next <= 10) continue
    say('correct 20')
    await again(() => store.correct(numbered(next - 10, 20)))
  }
}

await Promise.all([lane(), lane(), configure(), tidy()])
say('done')
await store.close({})
await close()
