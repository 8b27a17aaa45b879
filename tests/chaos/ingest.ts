import { appendFileSync, mkdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { HistoryPort } from '#shared/history/port.ts'
import { openDatabase } from '../../src-main/database.ts'
import type { Log } from '../../src-main/log.ts'
import { WorkerThread } from '../../src-main/workers.ts'
import { change } from './changes.ts'
import { numbered } from './samples.ts'

/**
 * How the program acknowledges. `kept`: when the worker has answered. The others are wrong on purpose: `early` before it asks,
 * `memory` while up to ten batches are only in its memory.
 */
export type Mode = 'kept' | 'early' | 'memory'
export type Task = {
  folder: string
  acks: string
  next: number
  nextChange: number
  mode: Mode
  /** Limits so small that segments, packing and copies of the newest samples come many times a second. */
  small: boolean
  /** The history thread alone meets an error that nobody catches after so many ms, again and again. */
  crashMs?: number
}

// Appends numbered batches to a history worker and changes the configuration until it is killed; each step is said before the next.
const { folder, acks, next: first, nextChange, mode, small, crashMs } = JSON.parse(process.argv[2] ?? '') as Task
const say = (line: string) => appendFileSync(acks, `${line}\n`)
/** To whoever waits for it. */
const tell = (word: string) => writeSync(1, `${word}\n`)

mkdirSync(folder, { recursive: true })
tell('opening')
const silent = () => undefined
const { database } = openDatabase(join(folder, 'config.sqlite'))
let crashedAt: number | undefined
const note = (message: string) => (message === 'worker failed' ? (crashedAt = performance.now()) : undefined)
const log: Log = { error: note, warn: silent, info: silent, debug: silent, for: () => log }
process.env['CHAOS_CRASH_MS'] = String(crashMs)
const own = small ? './small-worker.ts' : '../../src-worker/history/worker.ts'
const thread = new WorkerThread<HistoryPort>({
  name: 'history',
  url: new URL(crashMs === undefined ? own : './crashing-worker.ts', import.meta.url),
  log,
  clock: Date.now,
  onEvent: silent,
  begin: async (call) => {
    await call.open({ folder: join(folder, 'history'), memoryMb: 128, threads: 2 })
    if (crashedAt !== undefined) {
      say(`replaced ${Math.round(performance.now() - crashedAt)}`)
      tell('replaced')
    }
    crashedAt = undefined
  },
})
await thread.start()
tell('ready')

let next = Math.max(0, first - 5)
const unwritten: number[] = []

/** Keeps a batch until it is acknowledged, as the host does. */
async function append(number: number): Promise<void> {
  for (;;) {
    try {
      await thread.call.append(numbered(number))
      return
    } catch (error) {
      if (crashMs === undefined) throw error
      await pause(20)
    }
  }
}

async function give(number: number): Promise<void> {
  say(`give ${number}`)
  if (mode === 'kept') {
    await append(number)
    say(`ack ${number}`)
    if (number === first) tell('acked')
    return
  }
  say(`ack ${number}`)
  if (number === first) tell('acked')
  unwritten.push(number)
  if (mode === 'memory' && unwritten.length < 10) return await pause(2)
  for (const waiting of unwritten.splice(0)) await append(waiting)
}

async function lane(): Promise<void> {
  for (;;) {
    await give(next++)
    await pause(8)
  }
}

async function configure(): Promise<void> {
  for (let number = nextChange; ; number++) {
    say(`change ${number}`)
    await change(database, number)
    say(`changed ${number}`)
    await pause(5)
  }
}

/** What has come is sealed all the time. */
async function tidy(): Promise<void> {
  for (;;) {
    await pause(small ? 50 : 300)
    await Promise.allSettled([thread.call.tidy({})])
    say('sealed')
  }
}

await Promise.all([lane(), lane(), lane(), configure(), ...(mode === 'kept' ? [tidy()] : [])])
