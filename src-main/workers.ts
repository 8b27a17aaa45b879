import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { connect, type Connection, type Port, type Remote } from '#shared/rpc.ts'
import type { Log } from './log.ts'

const restartMs = 1000
/** Short-lived things of a thread are few and small; by itself V8 lets each thread keep several times as much. */
const resourceLimits = { maxYoungGenerationSizeMb: 12 }

/** What a worker thread needs from the host. `begin` runs at every start, also after a crash, before other calls go through. */
export type WorkerPlan<P extends Port> = {
  name: string
  url: URL
  log: Log
  /** UTC milliseconds; the thread's own clock is set after it. */
  clock: () => number
  dataFolder?: string | undefined
  begin(call: Remote<P>): Promise<void>
  onEvent(event: string, data: unknown): void
  /**
   * The thread ends by itself after its last call, and has this long for it. Machine code that is still at work in a thread when it is
   * ended from outside, such as a serial port being opened, takes the whole program with it.
   */
  endsWithinMs?: number
}

/**
 * A worker thread that is replaced when it dies. The only file that knows that a worker is a Node thread. While it is down,
 * calls wait for its successor; calls that were open when it died are rejected.
 */
export class WorkerThread<P extends Port> {
  readonly #plan: WorkerPlan<P>
  #thread: Worker | undefined
  #connection: Connection<P> | undefined
  #ready: Promise<void>
  #stopping = false
  /** What ends meanwhile is told by `begin`, which fails then. */
  #beginning = false
  #restart: NodeJS.Timeout | undefined

  constructor(plan: WorkerPlan<P>) {
    this.#plan = plan
    this.#ready = Promise.resolve()
  }

  /** Typed calls; each waits until the thread is ready. */
  readonly call: Remote<P> = new Proxy({} as Remote<P>, {
    get: (_target, name: string) => async (input: never, transfer?: readonly ArrayBuffer[]) => {
      await this.#ready
      if (!this.#connection) throw new Error(`worker ${this.#plan.name} is not running`)
      return this.#connection.call[name as keyof P](input, transfer)
    },
  })

  /** Starts the thread. Rejects when its `begin` fails the first time. */
  async start(): Promise<void> {
    this.#stopping = false
    const began = this.#begin()
    this.#ready = began
    await began
  }

  /** Ends the thread after `last`, the final call into it. */
  async stop(last: (call: Remote<P>) => Promise<unknown>): Promise<void> {
    this.#stopping = true
    clearTimeout(this.#restart)
    const thread = this.#thread
    if (!thread || !this.#connection) return
    const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
    try {
      await last(this.#connection.call)
      const { endsWithinMs } = this.#plan
      if (endsWithinMs !== undefined) await Promise.race([ended, wait(endsWithinMs, undefined, { ref: false })])
    } finally {
      this.#thread = undefined
      this.#connection = undefined
      await thread.terminate()
    }
  }

  async #begin(): Promise<void> {
    const { name, url, log, clock, dataFolder } = this.#plan
    const thread = new Worker(url, { name, resourceLimits, workerData: { clockOffsetMs: clock() - Date.now(), dataFolder } })
    const connection = connect<P>(
      {
        postMessage: (message, transfer) => thread.postMessage(message, transfer ? [...transfer] : []),
        on: (event, listener) => thread.on(event, listener),
      },
      this.#plan.onEvent,
    )
    this.#thread = thread
    this.#connection = connection
    thread.on('error', (error) => log.error('worker failed', { worker: name, error: error.stack ?? error.message }))
    thread.on('exit', (code) => {
      connection.fail(new Error(`worker ${name} ended with code ${code}`))
      if (this.#stopping || this.#thread !== thread) return
      this.#thread = undefined
      this.#connection = undefined
      log.error('worker ended', { worker: name, code })
      if (!this.#beginning) this.#replace()
    })
    this.#beginning = true
    try {
      await this.#plan.begin(connection.call)
    } finally {
      this.#beginning = false
    }
  }

  /** Begins again until that succeeds. Calls wait for the next attempt and are rejected with what made it fail. */
  #replace(): void {
    const attempt = this.#again()
    this.#ready = attempt
    attempt.catch(async (error: unknown) => {
      this.#plan.log.error('worker could not be replaced', { worker: this.#plan.name, error: String(error) })
      if (this.#stopping) return
      const thread = this.#thread
      this.#thread = undefined
      this.#connection = undefined
      await thread?.terminate()
      this.#replace()
    })
  }

  async #again(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#restart = setTimeout(resolve, restartMs)
    })
    await this.#begin()
  }

  /** Ends the thread as a crash would, for tests of the replacement. */
  async crash(): Promise<void> {
    await this.#thread?.terminate()
  }
}
