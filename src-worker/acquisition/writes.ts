import { setTimeout as wait } from 'node:timers/promises'
import type { Task, WriteResult } from '#shared/acquisition/port.ts'
import type { Point } from '#shared/devices/profile.ts'
import { barOf, isSame } from '#shared/devices/writing.ts'
import { Failure } from '#shared/failures.ts'
import { Access, type AccessState } from './access.ts'
import type { Reads } from './reads.ts'
import type { Timing } from './timing.ts'
import { meets, writeOnce, type WriteWays } from './write.ts'

/** What outlives a changed task of the same device: points being written, and those of which nobody knows what became of them. */
export type WriteState = { writing: Set<string>; doubtful: Set<string>; access: AccessState }
export type WriteAsked = { point: string; value: number; expect: number | null }

/** Changes settings of one device, each point by one person at a time. */
export class Writes {
  readonly state: WriteState
  readonly #task: Task
  readonly #reads: Reads
  readonly #timing: Timing
  readonly #access: Access
  #looking = false

  constructor(task: Task, reads: Reads, timing: Timing, before?: WriteState) {
    this.#task = task
    this.#reads = reads
    this.#timing = timing
    this.state = before ?? { writing: new Set(), doubtful: new Set(), access: { turn: Promise.resolve(), open: false } }
    this.#access = new Access(task, reads.beside, this.state.access)
  }

  /** Rejects with a Failure when nothing was sent. */
  async write({ point: id, value, expect }: WriteAsked): Promise<WriteResult> {
    const { writing, doubtful } = this.state
    const point = this.#reads.point(id)
    const bar = barOf(point, this.#task)
    if (bar) throw new Failure('write.barred', { point: id, bar })
    if (writing.has(id)) throw new Failure('busy', { what: 'setting' })
    writing.add(id)
    try {
      const result = await writeOnce(expect, this.#ways(point, value))
      if (result.foundAt === null) doubtful.add(id)
      else doubtful.delete(id)
      return this.state.access.open ? { ...result, leftOpen: true } : result
    } finally {
      writing.delete(id)
    }
  }

  /** The device answers: time to see what became of writes that nobody could follow to their end. */
  heard(): void {
    this.#access.heard()
    const { doubtful, writing } = this.state
    if (doubtful.size === 0 || this.#looking || [...doubtful].every((id) => writing.has(id))) return
    this.#looking = true
    void this.#look().finally(() => {
      this.#looking = false
    })
  }

  async #look(): Promise<void> {
    const { doubtful, writing } = this.state
    for (const id of doubtful) {
      if (writing.has(id)) continue
      try {
        await this.#reads.value(this.#reads.point(id), 'person')
      } catch (error) {
        // It stays doubtful and is read at the next sign of life.
        if (error instanceof Failure) return
        throw error
      }
      doubtful.delete(id)
    }
  }

  #ways(point: Point, value: number): WriteWays {
    const { settleMs, settleAgainMs } = this.#timing
    const claim = point.write?.claim
    const read = () => this.#reads.value(point, 'write')
    const common = { read, pause: () => wait(settleAgainMs), settleMs }
    if (claim?.release !== undefined && isSame(value, claim.release)) {
      return {
        ...common,
        send: (sending) => this.#access.giveBack(claim, sending),
        readBack: async () => ({ ...(await read()), reached: await this.#access.isGivenBack(claim) }),
      }
    }
    const send = this.#reads.prepare(point, value)
    return {
      ...common,
      send: (sending) => this.#access.around(claim, () => send(sending)),
      readBack: async () => {
        const seen = await read()
        return { ...seen, reached: meets(seen.value, value) }
      },
    }
  }
}
