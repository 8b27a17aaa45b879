import { Failure, type FailureParams } from '#shared/failures.ts'
import { defaultSerialLine } from '#shared/devices/way.ts'
import type { Area, DriverOptions, RegisterDriver } from './driver.ts'
import { LateAnswers } from './late-answers.ts'
import { openTcpChannel, type ByteChannel } from './mbus-channel.ts'
import { exceptionFailure } from './modbus-failure.ts'
import { readCode, writeCode, type Request } from './modbus-frame.ts'
import { answerLength, buildRtu, diagnose, findAnswer, longestRtuFrame } from './modbus-rtu-frame.ts'
import { openSerialChannel } from './serial-channel.ts'

/** What the way between us and the bus adds to the times of the bus itself. */
type Manner = {
  /** Silence after which bytes that are no answer will not become one. */
  quietMs: number
  /** Bits a second on the bus. */
  baud: number
  open(options: DriverOptions): Promise<ByteChannel>
}

type Exchange = { frame: Uint8Array; strict: boolean; resolve: (words: Uint16Array) => void; reject: (failure: Failure) => void }

/** Whoever sends more than this for one request is not answering it. */
const mostBytes = 4 * longestRtuFrame
const bitsPerByte = 11
/** Of bus silence between two frames; a fixed time above 19,200 baud. */
const gapBytes = 3.5
const shortestGapMs = 1.75
const lastSingleWrite = 6
const firstWrite = 5

/** RTU frames on whatever carries bytes. One request at a time, as on the bus. */
export class ModbusRtu implements RegisterDriver {
  readonly #options: DriverOptions
  readonly #manner: Manner
  readonly #byteMs: number
  readonly #gapMs: number
  readonly #outgoing = new Uint8Array(2 * longestRtuFrame)
  readonly #held = new Uint8Array(mostBytes)
  readonly #late = new LateAnswers()
  readonly #request: Request = { transaction: 0, unit: 0, code: 0, address: 0, count: 0, value: 0 }
  #length = 0
  #channel: ByteChannel | undefined
  #exchange: Exchange | undefined
  #window: NodeJS.Timeout | undefined
  #quiet: NodeJS.Timeout | undefined
  #timeoutMs = 0
  /** When a byte came last, and how much silence must follow before the next request. */
  #heardAt = 0
  #silenceMs: number
  /** A two-wire adapter that hears itself gives every request back; unknown before the first read. */
  #echoes: boolean | undefined
  #ended: Failure | undefined

  constructor(options: DriverOptions, manner: Manner) {
    this.#options = options
    this.#manner = manner
    this.#byteMs = (bitsPerByte * 1000) / manner.baud
    this.#gapMs = Math.max(shortestGapMs, gapBytes * this.#byteMs)
    this.#silenceMs = this.#gapMs
  }

  /** A new connection would find the same bus, so silence never ends this one. */
  get lasting(): boolean {
    return this.#options.port === 0
  }

  async open(): Promise<void> {
    const channel = await this.#manner.open(this.#options)
    if (this.#ended) {
      channel.close()
      throw this.#ended
    }
    this.#channel = channel
    channel.onData = (bytes) => this.#receive(bytes)
    channel.onClose = ({ code, params, cause }) => {
      const failure = new Failure(code, { ...params, ...this.#where() }, { cause })
      this.#end(failure)
      this.#options.onClose(failure)
    }
  }

  async read(unit: number, area: Area, address: number, count: number, timeoutMs = this.#options.answerMs): Promise<Uint16Array> {
    const code = readCode(area)
    const owed = this.#late.lengths(unit, code, performance.now())
    // An answer that comes late must not pass for this one: something with an answer of another length goes between them.
    const strict = owed.size > 0
    if (owed.has(answerLength({ code, count }))) await this.#ask(unit, code, address, fence(code, count, owed), undefined, timeoutMs, true)
    return this.#ask(unit, code, address, count, undefined, timeoutMs, strict && this.#late.owes(unit, performance.now()))
  }

  async write(unit: number, area: Area, address: number, words: ArrayLike<number>): Promise<void> {
    await this.#ask(unit, writeCode(area, words.length), address, words.length, words, this.#options.answerMs, false)
  }

  close(): void {
    this.#end(new Failure('cancelled', this.#where()))
  }

  /** `strict`: a refusal may be the one of a request that was given up, so it is not taken. */
  async #ask(
    unit: number,
    code: number,
    address: number,
    count: number,
    words: ArrayLike<number> | undefined,
    ms: number,
    strict: boolean,
  ): Promise<Uint16Array> {
    // Unit 0 is everybody: nobody answers, and everybody obeys.
    if (unit < 1) throw new Failure('input.invalid', { fields: 'unit' })
    Object.assign(this.#request, { unit, code, address, count, value: words?.[0] ?? 0 })
    await this.#silence()
    return new Promise((resolve, reject) => {
      if (this.#exchange) throw new Error('one request at a time')
      const channel = this.#channel
      if (!channel) return reject(this.#ended ?? new Failure('device.closed', this.#where()))
      const frame = buildRtu(this.#outgoing, this.#request, words)
      this.#length = 0
      this.#timeoutMs = ms
      const exchange: Exchange = { frame, strict, resolve, reject }
      this.#exchange = exchange
      this.#options.trace?.('sent', frame)
      channel.write(frame)
      const onTheBus = (frame.length + answerLength(this.#request)) * this.#byteMs
      this.#window = this.#after(ms + onTheBus, exchange, () => this.#fail(this.#troubleNow(true)))
    })
  }

  /** Waits until the bus has been quiet for long enough; a bus that never is, is of no use. */
  async #silence(): Promise<void> {
    const start = performance.now()
    const giveUp = start + this.#silenceMs + this.#options.answerMs
    for (;;) {
      const wait = this.#heardAt + this.#silenceMs - performance.now()
      if (wait <= 0 || this.#ended) return
      if (performance.now() > giveUp && this.#heardAt > start) throw new Failure('device.badAnswer', { ...this.#where(), wrong: 'noise' })
      await new Promise((resolve) => setTimeout(resolve, Math.ceil(wait)))
    }
  }

  #receive(bytes: Uint8Array): void {
    this.#heardAt = performance.now()
    const exchange = this.#exchange
    if (!exchange) {
      this.#options.trace?.('received', bytes, 'unasked')
      return
    }
    const room = this.#held.subarray(this.#length)
    room.set(bytes.subarray(0, room.length))
    this.#length += Math.min(bytes.length, room.length)
    if (this.#look(exchange, false)) return
    if (this.#length === mostBytes) return this.#fail(this.#bad('noise'))
    clearTimeout(this.#quiet)
    this.#quiet = this.#after(this.#manner.quietMs, exchange, () => {
      if (this.#look(exchange, true)) return
      // What others said was whole; whoever is asked may still begin.
      const trouble = this.#troubleNow(false)
      if (trouble) this.#fail(trouble)
    })
  }

  /** Takes the answer when it is there. `quiet`: nothing more has come for a while. */
  #look(exchange: Exchange, quiet: boolean): boolean {
    const request = this.#request
    const echoed = this.#startsWith(exchange.frame)
    const same = request.code >= firstWrite && request.code <= lastSingleWrite
    if (echoed && same && this.#echoes === undefined && !quiet) {
      // The answer to a single write looks like its echo: only a second one tells.
      if (!findAnswer(request, this.#held, this.#length, { from: exchange.frame.length })) return false
    }
    const isEcho = echoed && (!same || this.#echoes === true)
    const found = findAnswer(request, this.#held, this.#length, { from: isEcho ? exchange.frame.length : 0, refusals: !exchange.strict })
    if (!found) return false
    if (!same) this.#echoes = isEcho
    this.#options.trace?.('received', this.#held.subarray(isEcho ? exchange.frame.length : 0, this.#length), isEcho ? 'echoed' : undefined)
    this.#stop()
    this.#silenceMs = this.#gapMs
    if (typeof found.answer === 'number') {
      exchange.reject(exceptionFailure(found.answer, { ...this.#where(), address: request.address, count: request.count }))
    } else {
      this.#late.settled(request.unit)
      exchange.resolve(found.answer)
    }
    return true
  }

  #startsWith(frame: Uint8Array): boolean {
    return this.#length >= frame.length && frame.every((byte, i) => this.#held[i] === byte)
  }

  /** Why there is no answer. Undefined while there still may be one, which is never so when the time is `over`. */
  #troubleNow(over: true): Failure
  #troubleNow(over: boolean): Failure | undefined
  #troubleNow(over: boolean): Failure | undefined {
    const { frame } = this.#exchange ?? { frame: new Uint8Array(0) }
    const request = this.#request
    const trouble = diagnose(request, this.#held, this.#length, this.#startsWith(frame) ? frame.length : 0)
    if (trouble && !trouble.foreign) return this.#bad(trouble.wrong)
    if (!over) return undefined
    const isLate = !trouble || this.#exchange?.strict || this.#late.owes(trouble.unit, performance.now())
    return isLate ? new Failure('device.silent', { ...this.#where(), timeoutMs: this.#timeoutMs }) : this.#bad(trouble.wrong)
  }

  /** The request is given up. What is still on its way must have passed before the next one. */
  #fail(failure: Failure): void {
    const exchange = this.#exchange
    const { unit, code } = this.#request
    // A damaged answer has come, all others still may.
    if (failure.params['wrong'] !== 'crc') this.#late.add(unit, code, answerLength(this.#request), performance.now())
    this.#silenceMs = Math.max(this.#gapMs, this.#manner.quietMs)
    this.#options.trace?.('received', this.#held.subarray(0, this.#length), String(failure.params['wrong'] ?? 'silent'))
    this.#stop()
    exchange?.reject(failure)
  }

  /** A loop that was held up runs its timers before it looks at its sockets, where the answer may lie. */
  #after(ms: number, exchange: Exchange, act: () => void): NodeJS.Timeout {
    return setTimeout(() => setImmediate(() => exchange === this.#exchange && act()), ms)
  }

  #stop(): void {
    clearTimeout(this.#window)
    clearTimeout(this.#quiet)
    this.#exchange = undefined
  }

  #end(failure: Failure): void {
    const exchange = this.#exchange
    const channel = this.#channel
    this.#ended ??= failure
    this.#channel = undefined
    this.#stop()
    channel?.close()
    exchange?.reject(failure)
  }

  #bad(wrong: string): Failure {
    return new Failure('device.badAnswer', { ...this.#where(), wrong })
  }

  #where(): FailureParams {
    const { host, port } = this.#options
    return { host, port, unit: this.#request.unit, context: port === 0 ? 'serial' : 'rtu' }
  }
}

/** A number of registers near `count` whose answer has a length that is not owed. */
function fence(code: number, count: number, owed: ReadonlySet<number>): number {
  const step = code <= 2 ? 8 : 1
  for (let other = count - step; other > 0; other -= step) if (!owed.has(answerLength({ code, count: other }))) return other
  let other = count + step
  while (owed.has(answerLength({ code, count: other }))) other += step
  return other
}

/** RTU over TCP: a converter that passes bytes on as they are. Networks cut answers into pieces that come apart. */
export function modbusRtuTcp(options: DriverOptions): ModbusRtu {
  return new ModbusRtu(options, {
    quietMs: 300,
    baud: options.address.serial?.baud ?? 9600,
    open: ({ host, port, connectMs, lookup }) => openTcpChannel({ host, port, connectMs, lookup }),
  })
}

export function modbusSerial(options: DriverOptions): ModbusRtu {
  const line = options.address.serial ?? defaultSerialLine
  return new ModbusRtu(options, {
    // USB adapters hand on what they heard in portions, 16 ms apart and more.
    quietMs: 100,
    baud: line.baud,
    open: ({ host, connectMs }) => openSerialChannel({ path: host, line, connectMs }),
  })
}
