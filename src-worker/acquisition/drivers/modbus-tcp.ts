import { randomInt } from 'node:crypto'
import type { Socket } from 'node:net'
import { Failure, type FailureParams } from '#shared/failures.ts'
import type { Area, DriverOptions, RegisterDriver } from './driver.ts'
import { closeFailure, connectFailure, exceptionFailure } from './modbus-failure.ts'
import { dialPlain, type Dial } from './modbus-dial.ts'
import { answerTo, build, FrameReader, longestFrame, readCode, transactionOf, writeCode, type Request } from './modbus-frame.ts'

/** Every read, and the write of one word. */
const shortFrame = 12

/** Far apart for connections that follow each other: a gateway may bring an answer that it owes to the one before. */
const startStep = 0x1eef
let started = randomInt(0x10000)

type Settle = { resolve: (words: Uint16Array) => void; reject: (failure: Failure) => void }

type Options = Omit<DriverOptions, 'address'>

export class ModbusTcp implements RegisterDriver {
  readonly #options: Options
  readonly #dial: () => Dial | Promise<Dial>
  readonly #frames = new FrameReader()
  readonly #outgoing = Buffer.allocUnsafeSlow(longestFrame)
  readonly #short = this.#outgoing.subarray(0, shortFrame)
  readonly #request: Request = { transaction: 0, unit: 0, code: 0, address: 0, count: 0, value: 0 }
  #socket: Socket | undefined
  #closed = false
  #waiting: Settle | undefined
  #timer: NodeJS.Timeout | undefined
  #timerMs = 0
  readonly #first = (started += startStep)
  #issued = 0
  /** An answer came, while this request waited, whose transaction was never asked. */
  #strange = false

  constructor(options: Options, dial: () => Dial | Promise<Dial> = () => dialPlain(options)) {
    this.#options = options
    this.#dial = dial
  }

  async open(): Promise<void> {
    const dial = await this.#dial()
    if (this.#closed) throw new Failure('cancelled', this.#where())
    await new Promise<void>((resolve, reject) => {
      const { host, port, connectMs } = this.#options
      const where = { host, port, timeoutMs: connectMs }
      const { socket, opened, refusal } = dial((chunk, length) => this.#receive(chunk, length))
      this.#socket = socket
      const failed = (failure: Failure) => {
        clearTimeout(timer)
        this.#socket = undefined
        socket.destroy()
        reject(failure)
      }
      const timer = setTimeout(() => failed(new Failure('device.unreachable', where)), connectMs)
      let broken: NodeJS.ErrnoException | null = null
      let open = false
      socket.on('error', (error) => {
        broken = error
        if (!open) failed(connectFailure(error, where))
      })
      socket.on(opened, () => {
        const refused = refusal()
        if (refused) return failed(refused)
        open = true
        clearTimeout(timer)
        resolve()
      })
      socket.on('end', () => this.#drop(closeFailure(null, this.#where())))
      socket.on('close', () => {
        if (open) this.#drop(closeFailure(broken, this.#where()))
        else failed(new Failure('cancelled', where))
      })
    })
  }

  read(unit: number, area: Area, address: number, count: number, timeoutMs = this.#options.answerMs): Promise<Uint16Array> {
    return this.#ask(unit, readCode(area), address, count, undefined, timeoutMs)
  }

  async write(unit: number, area: Area, address: number, words: ArrayLike<number>): Promise<void> {
    await this.#ask(unit, writeCode(area, words.length), address, words.length, words, this.#options.answerMs)
  }

  close(): void {
    const socket = this.#socket
    this.#closed = true
    this.#socket = undefined
    clearTimeout(this.#timer)
    socket?.destroy()
    this.#reject(new Failure('cancelled', this.#where()))
  }

  #ask(unit: number, code: number, address: number, count: number, words: ArrayLike<number> | undefined, ms: number): Promise<Uint16Array> {
    return new Promise((resolve, reject) => {
      if (this.#waiting) throw new Error('one request at a time')
      const socket = this.#socket
      const request = this.#request
      request.unit = unit
      request.code = code
      request.address = address
      request.count = count
      request.value = words?.[0] ?? 0
      if (!socket) return reject(new Failure('device.closed', this.#where()))
      request.transaction = (this.#first + ++this.#issued) & 0xffff
      this.#waiting = { resolve, reject }
      this.#strange = false
      const length = build(this.#outgoing, request, words)
      const frame = length === shortFrame ? this.#short : this.#outgoing.subarray(0, length)
      this.#options.trace?.('sent', frame)
      socket.write(frame)
      this.#watchTime(ms)
    })
  }

  #watchTime(ms: number): void {
    if (this.#timer && this.#timerMs === ms) {
      this.#timer.refresh()
      return
    }
    clearTimeout(this.#timer)
    this.#timerMs = ms
    this.#timer = setTimeout(() => {
      const asked = this.#issued
      // A loop that was held up runs its timers before it looks at the sockets: the answer may lie there.
      if (this.#waiting) setImmediate(() => asked === this.#issued && this.#timeOut())
    }, ms)
  }

  #timeOut(): void {
    if (!this.#waiting) return
    this.#options.trace?.('received', this.#outgoing.subarray(0, 0), 'silent')
    const silent = new Failure('device.silent', { ...this.#where(), timeoutMs: this.#timerMs })
    if (this.#strange) this.#drop(this.#bad('transaction'))
    // The next request would overwrite bytes that the system has not taken yet.
    else if (this.#socket?.writableLength) this.#drop(silent)
    else this.#reject(silent)
  }

  #receive(chunk: Uint8Array, length: number): boolean {
    if (!this.#frames.push(chunk, length, this.#take)) this.#drop(this.#bad('frame'))
    return true
  }

  readonly #take = (bytes: Uint8Array, at: number, length: number): void => {
    const request = this.#request
    const waiting = this.#waiting
    const transaction = transactionOf(bytes, at)
    const isOurs = waiting !== undefined && transaction === request.transaction
    this.#options.trace?.('received', bytes.subarray(at, at + length), isOurs ? undefined : 'late')
    if (!waiting || transaction !== request.transaction) {
      const age = (request.transaction - transaction) & 0xffff
      // Late and doubled answers belong to earlier requests of this connection and are dropped.
      if (age >= Math.min(this.#issued, 0x8000)) this.#strange = true
      return
    }
    const answer = answerTo(request, bytes, at, length)
    if (typeof answer === 'string') return this.#drop(this.#bad(answer))
    this.#waiting = undefined
    if (typeof answer === 'number') {
      waiting.reject(exceptionFailure(answer, { ...this.#where(), address: request.address, count: request.count }))
    } else waiting.resolve(answer)
  }

  #drop(failure: Failure): void {
    const socket = this.#socket
    if (!socket) return
    this.#socket = undefined
    clearTimeout(this.#timer)
    socket.destroy()
    this.#reject(failure)
    this.#options.onClose(failure)
  }

  #reject(failure: Failure): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.reject(failure)
  }

  #bad(wrong: string): Failure {
    this.#options.trace?.('received', this.#outgoing.subarray(0, 0), wrong)
    return new Failure('device.badAnswer', { ...this.#where(), wrong })
  }

  #where(): FailureParams {
    return { host: this.#options.host, port: this.#options.port, unit: this.#request.unit }
  }
}
