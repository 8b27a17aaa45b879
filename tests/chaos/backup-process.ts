import { appendFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { systemContext } from '../../src-main/capability.ts'
import { serve } from '../../src-main/serve.ts'
import { numbered } from './samples.ts'

export type BackupTask = {
  folder: string
  backups: string
  acks: string
  next: number
  /** So many days after today, so that the backup of each life is one to be kept. */
  day: number
  /** Makes one backup and no more. */
  once: boolean
}

// A whole program that stores numbered batches, seals them and makes one backup after the other until it is killed.
const { folder, backups, acks, next: first, day, once } = JSON.parse(process.argv[2] ?? '') as BackupTask
const say = (line: string) => appendFileSync(acks, `${line}\n`)

mkdirSync(folder, { recursive: true })
const { host } = await serve({ dataFolder: folder, desktop: false, clock: () => Date.now() + day * 24 * 3_600_000 })
const { history } = host.workers
const left = [...readdirSync(folder).filter((name) => name.endsWith('.part')), ...heldNames()]
say(`left ${left.join(' ')}`)
const run = await host.call('backups.status', {}, systemContext)
say(`found ${run.run?.state ?? 'nothing'}`)
await host.call('backups.configure', { folder: backups, at: '02:30', kept: { daily: 30, weekly: 4, monthly: 12 } }, systemContext)
say('ready')

function heldNames(): string[] {
  try {
    return readdirSync(join(folder, 'history', 'held'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

let next = Math.max(0, first - 5)
async function lane(): Promise<void> {
  for (;;) {
    const number = next++
    say(`give ${number}`)
    await history.call.append(numbered(number))
    say(`ack ${number}`)
    await pause(20)
  }
}

async function backUp(): Promise<void> {
  while (next < first + 10) await pause(5)
  for (;;) {
    say('backing')
    const begun = performance.now()
    const { id } = await host.call('backups.run', {}, systemContext)
    say(`run ${id}`)
    for (;;) {
      await pause(10)
      const { run: made } = await host.call('backups.status', {}, systemContext)
      if (made?.state === 'running') continue
      say(`${made?.state} ${Math.round(performance.now() - begun)} ${made?.failure?.code ?? ''}`)
      if (once) return
      break
    }
  }
}

async function tidy(): Promise<void> {
  for (;;) {
    await pause(300)
    await history.call.tidy({})
    say('sealed')
  }
}

await Promise.all([lane(), lane(), backUp(), tidy()])
