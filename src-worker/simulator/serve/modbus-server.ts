import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { answer, exceptions, isWrite, refuse, type AnswerRules, type RegisterBank } from './modbus-answer.ts'
import { frame, Framer, FramingError, type Request } from './modbus-frame.ts'

export type ModbusServerOptions = {
  bank: RegisterBank
  host: string
  /** 0 = any free port. */
  port: number
  /** The unit id that the controller answers now; it is one of its settings. */
  unit: () => number
  /** Answered whatever the unit id is set to. */
  serviceUnit: number | undefined
  rules: AnswerRules
  /** Connections served at once; one more is accepted and dropped at its first request. */
  clients: number
  idleCloseMs: number
  /** Time from request to answer; requests of a connection are answered one after the other. */
  latencyMs?: number
  /** Takes connections and requests and never answers. */
  mute?: boolean
}

/** How a line is broken: connections are dropped, or each request gets exception 11 as from a gateway whose device is gone. */
export type Silence = 'offline' | 'noAnswer'

/** The Modbus TCP side of one simulated controller. */
export class ModbusServer {
  readonly #options: ModbusServerOptions
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #served = new Set<Socket>()
  #silence: Silence | null = null
  /** Connections that the system could not accept, for want of handles. */
  lost = 0

  private constructor(options: ModbusServerOptions) {
    this.#options = options
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket))
  }

  /** Resolves when the port is open. Rejects when it cannot be had. */
  static async open(options: ModbusServerOptions): Promise<ModbusServer> {
    const made = new ModbusServer(options)
    await new Promise<void>((resolve, reject) => {
      made.#server.once('error', reject)
      made.#server.listen(options.port, options.host, () => {
        made.#server.off('error', reject).on('error', () => made.lost++)
        resolve()
      })
    })
    return made
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Connections open now, served or not. */
  get connections(): number {
    return this.#sockets.size
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#drop()
    await closed
  }

  /** Breaks the line or mends it (null). Offline keeps its port, and drops whoever is there or comes. */
  silence(silence: Silence | null): void {
    this.#silence = silence
    if (silence === 'offline') this.#drop()
  }

  #drop(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  #accept(socket: Socket): void {
    if (this.#silence === 'offline') return void socket.destroy()
    const framer = new Framer()
    const waiting: Request[] = []
    let timer: NodeJS.Timeout | undefined
    this.#sockets.add(socket)
    if (this.#served.size < this.#options.clients) this.#served.add(socket)
    socket.setTimeout(this.#options.idleCloseMs, () => socket.destroy())
    // A client that resets its connection is everyday life; 'close' follows and tidies up.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clearTimeout(timer)
      this.#sockets.delete(socket)
      this.#served.delete(socket)
    })
    socket.on('drain', () => socket.resume())
    const next = () => {
      timer = undefined
      const request = waiting.shift()
      if (request) this.#carryOut(socket, request)
      if (waiting.length > 0) timer = setTimeout(next, this.#options.latencyMs)
      else if (!socket.writableNeedDrain) socket.resume()
    }
    socket.on('data', (chunk) => {
      if (this.#options.mute) return
      if (!this.#served.has(socket)) {
        if (this.#served.size >= this.#options.clients) return void socket.destroy()
        this.#served.add(socket)
      }
      let requests: Request[]
      try {
        requests = framer.push(chunk)
      } catch (error) {
        if (!(error instanceof FramingError)) throw error
        return void socket.destroy()
      }
      if (!this.#options.latencyMs) {
        for (const request of requests) this.#carryOut(socket, request)
        return
      }
      waiting.push(...requests)
      if (waiting.length === 0) return
      socket.pause()
      timer ??= setTimeout(next, this.#options.latencyMs)
    })
  }

  #carryOut(socket: Socket, request: Request): void {
    const { bank, unit, serviceUnit, rules } = this.#options
    if (this.#silence === 'noAnswer' && request.unit !== 0)
      return this.#reply(socket, request, refuse(request.pdu.readUInt8(0), exceptions.noAnswer))
    if (request.unit === 0) {
      if (!this.#silence && isWrite(request.pdu)) answer(bank, request.pdu, rules)
      return
    }
    if (request.unit !== unit() && request.unit !== serviceUnit) return
    this.#reply(socket, request, answer(bank, request.pdu, rules))
  }

  #reply(socket: Socket, request: Request, pdu: Buffer): void {
    if (socket.writable && !socket.write(frame(request, pdu))) socket.pause()
  }
}
