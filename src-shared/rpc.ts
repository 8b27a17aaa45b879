import { Failure, isFailureReport, type FailureReport } from './failures.ts'

/** What a Node MessagePort, a Worker and an Electron utility process have in common. */
export type Channel = {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void
  on(event: 'message', listener: (message: unknown) => void): unknown
}

/** The functions one side of a channel answers. Arguments and results are structured-cloned; listed buffers are moved. */
export type Port = Record<string, (input: never) => Promise<unknown> | unknown>

type Call = { call: number; name: string; input: unknown }
type Answer = { answer: number; output?: unknown; failure?: FailureReport; error?: string }
type Announcement = { event: string; data: unknown }

/** A result that also names the buffers to move instead of copy. */
export class Transfer<T> {
  readonly value: T
  readonly buffers: readonly ArrayBuffer[]

  constructor(value: T, buffers: readonly ArrayBuffer[]) {
    this.value = value
    this.buffers = buffers
  }
}

type Result<F> = F extends (input: never) => infer R ? Awaited<R> : never
type Input<F> = F extends (input: infer I) => unknown ? I : never
export type Handlers<P extends Port> = {
  [K in keyof P]: (input: Input<P[K]>) => Promise<Result<P[K]> | Transfer<Result<P[K]>>> | Result<P[K]> | Transfer<Result<P[K]>>
}
export type Remote<P extends Port> = {
  [K in keyof P]: (input: Input<P[K]>, transfer?: readonly ArrayBuffer[]) => Promise<Result<P[K]>>
}

/** Worker side: answers every call with its handler. A Failure crosses as its code; any other error as text. */
export function serve<P extends Port>(channel: Channel, handlers: Handlers<P>): void {
  channel.on('message', (message) => {
    const { call, name, input } = message as Call
    if (typeof call !== 'number') return
    const run = async () => {
      const handler = handlers[name]
      if (!handler) throw new Error(`no handler ${name}`)
      const result = await handler(input as never)
      if (result instanceof Transfer) channel.postMessage({ answer: call, output: result.value } satisfies Answer, result.buffers)
      else channel.postMessage({ answer: call, output: result } satisfies Answer)
    }
    run().catch((error: unknown) => {
      const answer: Answer =
        error instanceof Failure
          ? { answer: call, failure: error.report() }
          : { answer: call, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
      channel.postMessage(answer)
    })
  })
}

/** Worker side: tells the host something it did not ask for. */
export function announce(channel: Channel, event: string, data: unknown, transfer?: readonly ArrayBuffer[]): void {
  channel.postMessage({ event, data } satisfies Announcement, transfer)
}

export type Connection<P extends Port> = {
  call: Remote<P>
  /** Rejects every open call, for when the worker has died. */
  fail(error: Error): void
}

/** Host side: typed calls into the worker, and its events. */
export function connect<P extends Port>(channel: Channel, onEvent: (event: string, data: unknown) => void): Connection<P> {
  const open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let next = 1
  let dead: Error | undefined
  channel.on('message', (message) => {
    if (typeof message !== 'object' || message === null) return
    if ('event' in message) {
      const { event, data } = message as Announcement
      onEvent(event, data)
      return
    }
    const { answer, output, failure, error } = message as Answer
    const waiting = open.get(answer)
    if (!waiting) return
    open.delete(answer)
    if (isFailureReport(failure)) waiting.reject(new Failure(failure.code, failure.params))
    else if (error !== undefined) waiting.reject(new Error(error))
    else waiting.resolve(output)
  })
  const call = new Proxy({} as Remote<P>, {
    get: (_target, name) => (input: unknown, transfer?: readonly ArrayBuffer[]) =>
      new Promise((resolve, reject) => {
        if (dead) return reject(dead)
        const id = next++
        open.set(id, { resolve, reject })
        channel.postMessage({ call: id, name: String(name), input } satisfies Call, transfer)
      }),
  })
  return {
    call,
    fail(error) {
      dead = error
      for (const { reject } of open.values()) reject(error)
      open.clear()
    },
  }
}
