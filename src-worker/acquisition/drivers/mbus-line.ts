import { Failure } from '#shared/failures.ts'
import type { Baud } from '#shared/mbus/baud.ts'
import type { MbusFault } from '#shared/mbus/fault.ts'
import { longestFrame, parseFrame, type MbusFrame } from '#shared/mbus/frame.ts'
import { control } from '#shared/mbus/request.ts'
import type { ByteChannel } from './mbus-channel.ts'

/** What came back on a request. `noise` is anything that is no single whole frame, such as several meters at once. */
export type Heard = { kind: 'silence' } | { kind: 'frame'; frame: MbusFrame } | { kind: 'noise'; reason: MbusFault }

export type LineTiming = {
  /** What the way to the converter and back may take. */
  networkMs: number
  /** What a meter may take longer than the standard says. */
  marginMs: number
}

export type AskOptions = {
  /** Waits as long as any meter may still begin to answer, so that a second answer is noticed. */
  patient?: boolean
  /** The only address whose data are an answer; others come late from an earlier request. */
  from?: number | undefined
}

const bitsPerByte = 11
/** A meter starts its answer within so many bit times after the request. */
const answerBits = 330 + bitsPerByte
/** Silence that ends a frame. */
const gapBits = 33
/** Whoever sends more than this for one request is not answering it. */
const mostBytes = 4 * longestFrame

type Exchange = {
  patient: boolean
  from: number | undefined
  windowOver: boolean
  quiet: boolean
  outcome: Heard
  resolve: (heard: Heard) => void
  reject: (failure: Failure) => void
}

/** One request at a time on a bus, and what is heard then. What comes when nothing was asked is dropped. */
export class MbusLine {
  readonly #channel: ByteChannel
  readonly #timing: LineTiming
  readonly #held = new Uint8Array(mostBytes)
  #length = 0
  #exchange: Exchange | undefined
  #window: NodeJS.Timeout | undefined
  #gap: NodeJS.Timeout | undefined
  #ended: Failure | undefined
  baud: Baud

  constructor(channel: ByteChannel, baud: Baud, timing: LineTiming) {
    this.#channel = channel
    this.#timing = timing
    this.baud = baud
    channel.onData = (bytes) => this.#receive(bytes)
    channel.onClose = (failure) => this.#end(failure)
  }

  get ended(): boolean {
    return this.#ended !== undefined
  }

  /** Longest wait for the first byte of an answer. */
  get answerMs(): number {
    return this.#bitsMs(answerBits) + this.#timing.marginMs + this.#timing.networkMs
  }

  get #gapMs(): number {
    return this.#bitsMs(gapBits) + this.#timing.marginMs / 3 + this.#timing.networkMs
  }

  /** Sends a request and resolves with what is heard. Rejects when the channel ends. */
  ask(request: Uint8Array, { patient = false, from }: AskOptions = {}): Promise<Heard> {
    return this.#begin(request, patient, from, this.answerMs)
  }

  /** Sends what nobody answers, and resolves when the line is free again. */
  async tell(request: Uint8Array): Promise<void> {
    await this.#begin(request, true, undefined, this.#gapMs)
  }

  close(): void {
    this.#end(new Failure('cancelled'))
    this.#channel.close()
  }

  #begin(request: Uint8Array, patient: boolean, from: number | undefined, waitMs: number): Promise<Heard> {
    return new Promise((resolve, reject) => {
      if (this.#exchange) throw new Error('one request at a time')
      if (this.#ended) return reject(this.#ended)
      const exchange: Exchange = { patient, from, windowOver: false, quiet: true, outcome: { kind: 'silence' }, resolve, reject }
      this.#length = 0
      this.#exchange = exchange
      this.#channel.write(request)
      const sendMs = this.#bitsMs(request.length * bitsPerByte)
      this.#window = this.#after(sendMs + waitMs, exchange, () => (exchange.windowOver = true))
    })
  }

  #bitsMs(bits: number): number {
    return (bits * 1000) / this.baud
  }

  #receive(bytes: Uint8Array): void {
    const exchange = this.#exchange
    if (!exchange) return
    const room = this.#held.subarray(this.#length)
    room.set(bytes.subarray(0, room.length))
    this.#length += Math.min(bytes.length, room.length)
    exchange.outcome = look(this.#held.subarray(0, this.#length), exchange.from)
    if (bytes.length >= room.length || (exchange.outcome.kind === 'frame' && !exchange.patient)) return this.#finish(exchange)
    exchange.quiet = false
    clearTimeout(this.#gap)
    this.#gap = this.#after(this.#gapMs, exchange, () => (exchange.quiet = true))
  }

  /** A loop that was held up runs its timers before it looks at its sockets, where the answer may lie. */
  #after(ms: number, exchange: Exchange, note: () => void): NodeJS.Timeout {
    const look = () => {
      if (exchange !== this.#exchange) return
      note()
      if (isOver(exchange)) this.#finish(exchange)
    }
    return setTimeout(() => setImmediate(look), ms)
  }

  #finish(exchange: Exchange): void {
    this.#stop()
    exchange.resolve(exchange.outcome)
  }

  #end(failure: Failure): void {
    const exchange = this.#exchange
    this.#ended ??= failure
    this.#stop()
    exchange?.reject(failure)
  }

  #stop(): void {
    clearTimeout(this.#window)
    clearTimeout(this.#gap)
    this.#exchange = undefined
  }
}

/** The line is quiet, and nobody can begin any more who would matter. */
function isOver({ patient, windowOver, quiet, outcome }: Exchange): boolean {
  const mayStillCome = patient || outcome.kind === 'silence' || (outcome.kind === 'noise' && outcome.reason === 'address')
  return quiet && (windowOver || !mayStillCome)
}

/** What bytes amount to. Frames of a master are the converter's echo. */
function look(bytes: Uint8Array, from: number | undefined): Heard {
  let heard: Heard = { kind: 'silence' }
  for (let at = 0; at < bytes.length;) {
    const result = parseFrame(bytes, at)
    if (heard.kind === 'frame') return { kind: 'noise', reason: 'trailing' }
    if (result.state === 'incomplete') return { kind: 'noise', reason: 'incomplete' }
    if (result.state === 'damaged') return { kind: 'noise', reason: result.reason }
    at += result.length
    const { frame } = result
    if (frame.kind !== 'ack' && (frame.control & control.fromMaster) !== 0) continue
    const isForeign = frame.kind === 'long' && from !== undefined && frame.address !== from
    heard = isForeign ? { kind: 'noise', reason: 'address' } : { kind: 'frame', frame }
  }
  return heard
}
