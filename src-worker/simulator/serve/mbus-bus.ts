import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { usualBaud, type Baud } from '#shared/mbus/baud.ts'
import { parseFrame } from '#shared/mbus/frame.ts'
import { SimulatedMeter, type MeterOptions } from './mbus-meter.ts'

export type BusOptions = {
  meters: readonly MeterOptions[]
  baud?: Baud
  /** The converter gives back what it sends, as some do. */
  echo?: boolean
  /** Answers come in pieces of so many bytes. */
  pieceBytes?: number
  /** Time from a request to its answer. */
  delayMs?: number
}

/**
 * A bus of meters behind a converter that serves one client at a time. Meters that answer at the same
 * time spoil each other's bits: on the wire a 0 wins. A meter hears only what is sent at its own speed.
 */
export class SimulatedBus {
  readonly #options: BusOptions
  readonly #server: Server
  #client: Socket | undefined
  readonly meters: SimulatedMeter[]
  /** Speed of the converter. */
  baud: Baud
  /** Frames that the converter was given. */
  requests = 0

  constructor(options: BusOptions) {
    this.#options = options
    this.baud = options.baud ?? usualBaud
    this.meters = options.meters.map((meter) => new SimulatedMeter(meter))
    this.#server = createServer({ noDelay: true }, (socket) => this.#serve(socket))
  }

  /** Returns the port. Rejects when the system gives none. */
  async listen(port = 0, host = '127.0.0.1'): Promise<number> {
    this.#server.listen(port, host)
    await once(this.#server, 'listening')
    return (this.#server.address() as AddressInfo).port
  }

  /** Takes a meter out and puts another in its place. */
  replace(place: number, meter: MeterOptions): void {
    this.meters[place] = new SimulatedMeter(meter)
  }

  /** Ends the connection of the client there is, as a converter does that loses power. */
  drop(): void {
    this.#client?.destroy()
  }

  async close(): Promise<void> {
    this.drop()
    if (!this.#server.listening) return
    this.#server.close()
    await once(this.#server, 'close')
  }

  #serve(socket: Socket): void {
    if (this.#client) {
      socket.destroy()
      return
    }
    this.#client = socket
    let held = new Uint8Array()
    socket.on('error', () => socket.destroy())
    socket.on('close', () => (this.#client = undefined))
    socket.on('data', (data) => {
      held = this.#take(Uint8Array.of(...held, ...data), socket)
    })
  }

  /** Obeys every whole frame, and returns what is left of the bytes. */
  #take(bytes: Uint8Array, socket: Socket): Uint8Array<ArrayBuffer> {
    let at = 0
    while (at < bytes.length) {
      const result = parseFrame(bytes, at)
      if (result.state === 'incomplete') break
      if (result.state === 'damaged') {
        at++
        continue
      }
      const { frame } = result
      const sent = bytes.slice(at, at + result.length)
      at += result.length
      this.requests++
      const hearing = this.meters.filter((meter) => meter.baud === this.baud)
      const answers = hearing.flatMap((meter) => {
        const answer = meter.answer(frame)
        return answer ? [{ answer, late: meter.lateBytes }] : []
      })
      const echo = this.#options.echo ? sent : new Uint8Array()
      this.#send(socket, Uint8Array.of(...echo, ...overlay(answers)))
    }
    return bytes.slice(at)
  }

  #send(socket: Socket, bytes: Uint8Array): void {
    const { pieceBytes = bytes.length, delayMs = 0 } = this.#options
    const piece = (from: number): void => {
      if (from >= bytes.length || socket.destroyed) return
      socket.write(bytes.slice(from, from + pieceBytes))
      setTimeout(() => piece(from + pieceBytes), 1)
    }
    if (bytes.length > 0) setTimeout(() => piece(0), delayMs)
  }
}

function overlay(answers: readonly { answer: Uint8Array; late: number }[]): Uint8Array {
  const first = Math.min(...answers.map(({ late }) => late))
  const length = Math.max(0, ...answers.map(({ answer, late }) => answer.length + late - first))
  const line = new Uint8Array(length).fill(0xff)
  for (const { answer, late } of answers) {
    answer.forEach((byte, i) => (line[i + late - first] = (line[i + late - first] ?? 0xff) & byte))
  }
  return line
}
