import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'

export type Asked = { transaction: number; unit: number; code: number; address: number; count: number; raw: Buffer; socket: Socket }

/** What a peer does with one request: bytes to send, or nothing. */
export type Manner = (asked: Asked) => Buffer | undefined

/** A Modbus TCP server for tests, as well or as badly mannered as the test wants, on 127.0.0.1. */
export class Peer {
  readonly #server: Server
  readonly sockets = new Set<Socket>()
  readonly asked: Asked[] = []
  manner: Manner
  connections = 0

  constructor(manner: Manner) {
    this.manner = manner
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.connections++
      this.sockets.add(socket)
      let rest = Buffer.alloc(0)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => this.sockets.delete(socket))
      socket.on('data', (data) => {
        rest = Buffer.concat([rest, data])
        while (rest.length >= 12 && rest.length >= 6 + rest.readUInt16BE(4)) {
          const raw = rest.subarray(0, 6 + rest.readUInt16BE(4))
          rest = rest.subarray(raw.length)
          const asked = {
            transaction: raw.readUInt16BE(0),
            unit: raw.readUInt8(6),
            code: raw.readUInt8(7),
            address: raw.readUInt16BE(8),
            count: raw.readUInt16BE(10),
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

  async listen(port = 0, host = '127.0.0.1'): Promise<number> {
    this.#server.listen(port, host)
    await once(this.#server, 'listening')
    return this.port
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    if (!this.#server.listening) return
    this.#server.close()
    await once(this.#server, 'close')
  }
}

/** The right answer to a register read: each register holds what `value` gives for its address. */
export function registers(asked: Asked, value: (address: number) => number = (address) => address): Buffer {
  const answer = Buffer.alloc(9 + asked.count * 2)
  answer.writeUInt16BE(asked.transaction, 0)
  answer.writeUInt16BE(3 + asked.count * 2, 4)
  answer.writeUInt8(asked.unit, 6)
  answer.writeUInt8(asked.code, 7)
  answer.writeUInt8(asked.count * 2, 8)
  for (let i = 0; i < asked.count; i++) answer.writeUInt16BE(value(asked.address + i) & 0xffff, 9 + i * 2)
  return answer
}

export function exception(asked: Asked, code: number): Buffer {
  const answer = Buffer.from([0, 0, 0, 0, 0, 3, asked.unit, asked.code | 0x80, code])
  answer.writeUInt16BE(asked.transaction, 0)
  return answer
}

/** A port of 127.0.0.1 on which nobody listens just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
