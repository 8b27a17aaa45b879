import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { crc16 } from '../drivers/modbus-rtu-frame.ts'

export type RtuAsked = { unit: number; code: number; address: number; count: number; raw: Buffer; socket: Socket }
/** What the peer sends back, if anything. */
export type RtuManner = (asked: RtuAsked) => Uint8Array | undefined

/** A converter with devices behind it, that behaves as the test wants. Takes requests of 8 bytes. */
export class RtuPeer {
  readonly asked: RtuAsked[] = []
  readonly sockets = new Set<Socket>()
  readonly #server: Server
  manner: RtuManner

  constructor(manner: RtuManner) {
    this.manner = manner
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.sockets.add(socket)
      let rest = Buffer.alloc(0)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => this.sockets.delete(socket))
      socket.on('data', (data) => {
        rest = Buffer.concat([rest, data])
        for (; rest.length >= 8; rest = rest.subarray(8)) {
          const raw = Buffer.from(rest.subarray(0, 8))
          const asked = {
            unit: raw.readUInt8(0),
            code: raw.readUInt8(1),
            address: raw.readUInt16BE(2),
            count: raw.readUInt16BE(4),
            raw,
            socket,
          }
          this.asked.push(asked)
          const answer = this.manner(asked)
          if (answer) socket.write(answer)
        }
      })
    })
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return (this.#server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }
}

export function checked(...bytes: number[]): Buffer {
  const frame = Buffer.from([...bytes, 0, 0])
  frame.writeUInt16LE(crc16(frame, 0, bytes.length), bytes.length)
  return frame
}

/** The right answer: each register holds what `value` gives for its address; a single write is given back. */
export function rtuAnswer(
  { unit, code, address, count, raw }: Omit<RtuAsked, 'socket'>,
  value: (address: number) => number = (at) => at,
): Buffer {
  if (code > 4) return raw
  const words = Array.from({ length: count }, (_, i) => value(address + i) & 0xffff)
  return checked(unit, code, count * 2, ...words.flatMap((word) => [word >> 8, word & 0xff]))
}

export function rtuException({ unit, code }: RtuAsked, exception: number): Buffer {
  return checked(unit, code | 0x80, exception)
}

/** The same frame with one bit turned over on the way. */
export function spoilt(frame: Buffer, at = frame.length - 3): Buffer {
  const copy = Buffer.from(frame)
  copy.writeUInt8(copy.readUInt8(at) ^ 4, at)
  return copy
}
