import { spawn } from 'node:child_process'
import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { readAcks, type Acks } from './acks.ts'
import { examineImage, type ImageFindings } from './images.ts'
import type { Task } from './ingest.ts'

/** When to kill: some milliseconds after the program is started, begins to open, is ready, has acknowledged, or has replaced its thread. */
export type Moment = { after: 'start' | 'opening' | 'ready' | 'acked' | 'replaced'; ms: number }

/** A folder whose program is killed again and again, and what was given and acknowledged in all its lives. */
export class Victim {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  get acks(): Acks {
    return readAcks(join(this.folder, 'acks'))
  }

  /** One life of the program. Throws when it ends before it is killed. */
  async live(how: Pick<Task, 'mode' | 'small' | 'crashMs'>, { after, ms }: Moment): Promise<void> {
    await mkdir(this.folder, { recursive: true })
    const { given, givenChanges } = this.acks
    const task: Task = { folder: join(this.folder, 'data'), acks: join(this.folder, 'acks'), next: given, nextChange: givenChanges, ...how }
    const child = spawn(process.execPath, [join(import.meta.dirname, 'ingest.ts'), JSON.stringify(task)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let errors = ''
    child.stderr.on('data', (text) => (errors += String(text)))
    const ended = new Promise<string | number | null>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)))
    const reached = new Promise<void>((resolve) => {
      if (after === 'start') resolve()
      createInterface({ input: child.stdout }).on('line', (word) => (word === after ? resolve() : undefined))
    })
    await Promise.race([reached, ended])
    await Promise.race([pause(ms), ended])
    child.kill('SIGKILL')
    const end = await ended
    if (end !== 'SIGKILL') throw new Error(`the program ended by itself with ${end}: ${errors}`)
  }

  /** Opens a copy, so that the next life begins with what the kill has left. */
  async examine(): Promise<ImageFindings> {
    const copy = `${this.folder}-copy`
    await cp(this.folder, copy, { recursive: true })
    return await examineImage(copy, this.acks, { twice: false })
  }
}
