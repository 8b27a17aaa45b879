import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { CallInput, CallOutput, OperationName } from '#shared/api.ts'
import type { Asked, Told } from './host-process.ts'

const houses = Array.from({ length: 12 }, (_, i) => `House ${i}`)
const calm = 50

/** A Hearthgrid in a process of its own, with houses whose values a test sends, that can be killed at any moment. */
export class AlarmHouses {
  readonly #folder: string
  #child: ChildProcess | undefined
  #waiting = new Map<number, { resolve(output: unknown): void; reject(error: Error): void }>()
  #asked = 0
  #url = ''
  #token = ''
  #second = Math.floor(Date.now() / 1000) - 100_000
  /** Every value that was sent above the limit, once each. */
  #value = 100

  constructor(folder: string) {
    this.#folder = folder
  }

  async start(): Promise<void> {
    const child = fork(join(import.meta.dirname, 'host-process.ts'), [this.#folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    this.#child = child
    this.#waiting = new Map()
    const waiting = this.#waiting
    const up = new Promise((resolve, reject) => waiting.set(0, { resolve, reject }))
    child.on('message', ({ id, output, error }: Told) => {
      const asked = waiting.get(id)
      waiting.delete(id)
      if (error === undefined) asked?.resolve(output)
      else asked?.reject(new Error(error))
    })
    child.once('exit', () => {
      for (const { reject } of waiting.values()) reject(new Error('killed'))
    })
    await up
    this.#url = (await this.#ask('url', {})) as string
  }

  async settle(): Promise<void> {
    this.#token = (await this.call('ingest.addGateway', { name: 'Router 1', zone: 'UTC' })).token
    const points = [{ key: 'flow', point: 'circuit1.flow', is: 'temperature', scale: 1 }] as const
    for (const name of houses) await this.call('ingest.map', { id: 'router-1', member: name, name, points: [...points] })
  }

  async kill(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  call<N extends OperationName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    return this.#ask(name, input) as Promise<CallOutput<N>>
  }

  /** Some houses too hot, each with a value that was never sent before, the others calm. */
  async send(hot: (house: number) => boolean): Promise<void> {
    this.#second++
    const body = houses.map((device, i) => ({ device, ts: this.#second * 1000, flow: hot(i) ? this.#value++ : calm }))
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' }
    const answer = await fetch(`${this.#url}/api/v1/ingest/router-1`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(await answer.text())
  }

  #ask(name: string, input: unknown): Promise<unknown> {
    const id = ++this.#asked
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#child?.send({ id, name, input } satisfies Asked, (error) => error && reject(error))
    })
  }
}
