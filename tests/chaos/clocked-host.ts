import { fork, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallInput, CallOutput, OperationName } from '#shared/api.ts'
import { Shim } from './disk/control.ts'
import type { Asked, Told } from './host-process.ts'

export const newPlace = () => realpathSync(mkdtempSync(join(tmpdir(), 'chaos-clock-')))

/** A whole Hearthgrid in a process of its own, whose clock runs faster and can be set while it runs. */
export class ClockedHost {
  readonly shim: Shim
  readonly dataFolder: string
  readonly #waiting = new Map<number, { resolve(output: unknown): void; reject(error: Error): void }>()
  #child: ChildProcess | undefined
  #errors = ''
  #offset = 0
  #last = 0

  /** `rate`: how many times as fast time passes, waits included. */
  constructor(place: string, rate: number) {
    this.dataFolder = join(place, 'data')
    mkdirSync(this.dataFolder, { recursive: true })
    mkdirSync(join(place, 'aside'), { recursive: true })
    this.shim = new Shim({ root: this.dataFolder, aside: join(place, 'aside'), rate })
  }

  /** Starts the program at a moment, UTC ms. Rejects with what it said when it ends before it is up. */
  async start(at: number): Promise<void> {
    this.#offset = at - Date.now()
    this.shim.setClock(this.#offset)
    this.#errors = ''
    const child = fork(join(import.meta.dirname, 'host-process.ts'), [this.dataFolder], {
      env: { ...process.env, ...this.shim.environment, TZ: 'Europe/Berlin' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#child = child
    child.stderr?.on('data', (text) => (this.#errors += String(text)))
    child.on('message', ({ id, output, error }: Told) => {
      const waiting = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (error === undefined) waiting?.resolve(output)
      else waiting?.reject(new Error(error))
    })
    const up = new Promise((resolve, reject) => this.#waiting.set(0, { resolve, reject }))
    child.once('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`the program has ended: ${this.#errors}`))
      this.#waiting.clear()
    })
    await up
  }

  async call<N extends OperationName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    return (await this.#ask(name, input)) as CallOutput<N>
  }

  /** What the program takes for the time, UTC ms. */
  async now(): Promise<number> {
    return (await this.#ask('now', {})) as number
  }

  /** Sets the clock, UTC ms. It goes on from there. */
  async setTime(at: number): Promise<void> {
    this.#offset += at - (await this.now())
    this.shim.setClock(this.#offset)
  }

  async stop(): Promise<void> {
    await this.#ask('stop', {})
    await this.kill()
  }

  /** Ends it as kill -9 does. */
  async kill(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }

  /** Lines of the program's log with this level. */
  logged(level: 'error' | 'warn'): string[] {
    const lines = readFileSync(join(this.dataFolder, 'log', 'hearthgrid.log'), 'utf8').split('\n')
    return lines.filter((line) => line.split(' ')[1] === level)
  }

  #ask(name: string, input: unknown): Promise<unknown> {
    const id = ++this.#last
    const child = this.#child
    if (!child) return Promise.reject(new Error('the program does not run'))
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      child.send({ id, name, input } satisfies Asked)
    })
  }
}
