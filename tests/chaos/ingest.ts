import { writeSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { HistoryPort } from '#shared/history/port.ts'
import { connect, type Channel } from '#shared/rpc.ts'
import { numbered } from './samples.ts'

/**
 * How the program acknowledges. `kept`: when the worker has answered. The others are wrong on purpose: `early` before it asks,
 * `memory` while up to ten batches are only in its memory.
 */
export type Mode = 'kept' | 'early' | 'memory'
export type Task = { folder: string; next: number; mode: Mode; small: boolean }

// Appends numbered batches to a history worker until it is killed, and says every step on its output before the next one.
const { folder, next: first, mode, small } = JSON.parse(process.argv[2] ?? '') as Task
const say = (line: string) => writeSync(1, `${line}\n`)

const entry = small ? './small-worker.ts' : '../../src-worker/history/worker.ts'
const { call } = connect<HistoryPort>(new Worker(new URL(entry, import.meta.url)) as Channel, () => {})
say('opening')
await call.open({ folder, memoryMb: 128, threads: 2 })
say('ready')

let next = Math.max(0, first - 5)
const unwritten: number[] = []

async function give(number: number): Promise<void> {
  say(`give ${number}`)
  if (mode === 'kept') {
    await call.append(numbered(number))
    say(`ack ${number}`)
    return
  }
  say(`ack ${number}`)
  unwritten.push(number)
  if (mode === 'memory' && unwritten.length < 10) return await pause(2)
  for (const waiting of unwritten.splice(0)) await call.append(numbered(waiting))
}

async function lane(): Promise<void> {
  for (;;) await give(next++)
}

await Promise.all([lane(), lane(), lane()])
