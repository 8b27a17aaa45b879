/**
 * Controllers in a process of their own that answer whatever is asked of the registers of layout.ts:
 * `node tests/bench/peers.ts --count N [--dead K] [--bad M]`. Prints one line of JSON with the ports. After the line `storm` on its
 * standard input the last K take no connection or stay mute, and the M before them misbehave, each in one of eight ways.
 */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { wordAt } from './layout.ts'

const { values } = parseArgs({ options: { count: { type: 'string' }, dead: { type: 'string' }, bad: { type: 'string' } } })
const [count, dead, bad] = [Number(values.count ?? 0), Number(values.dead ?? 0), Number(values.bad ?? 0)]

/** What a peer does with one request; `right` is the right answer. */
type Manner = (socket: Socket, right: Buffer, request: Buffer, turn: number) => void

const say: Manner = (socket, right) => void socket.write(right)
const later = (socket: Socket, ms: number, bytes: Buffer) => setTimeout(() => socket.destroyed || socket.write(bytes), ms)
const mute: Manner = () => undefined

const manners: readonly Manner[] = [
  // Silent three times out of four.
  (socket, right, _request, turn) => turn % 4 === 0 && socket.write(right),
  // After the time-out.
  (socket, right) => void later(socket, 3500, right),
  // In three pieces.
  (socket, right) => {
    socket.write(right.subarray(0, 5))
    later(socket, 40, right.subarray(5, 11))
    later(socket, 80, right.subarray(11))
  },
  (socket, right) => void socket.write(Buffer.concat([right, right])),
  // One register less than was asked for.
  (socket, right) => {
    const short = Buffer.from(right.subarray(0, right.length - 2))
    short.writeUInt16BE(short.length - 6, 4)
    short.writeUInt8(short.length - 9, 8)
    socket.write(short)
  },
  // Busy, gateway, failure, address: exception after exception.
  (socket, _right, request, turn) => {
    const answer = Buffer.from([0, 0, 0, 0, 0, 3, request[6] ?? 0, 0x83, [6, 10, 4, 2][turn % 4] ?? 4])
    request.copy(answer, 0, 0, 2)
    socket.write(answer)
  },
  // The connection breaks again and again.
  (socket, right, _request, turn) => (turn % 5 === 4 ? socket.destroy() : socket.write(right)),
  // The answer of another unit.
  (socket, right) => {
    const foreign = Buffer.from(right)
    foreign.writeUInt8((foreign.readUInt8(6) + 1) & 0xff, 6)
    socket.write(foreign)
  },
]

const manner: Manner[] = Array.from({ length: count }, () => say)
const servers: Server[] = []
const sockets = Array.from({ length: count }, () => new Set<Socket>())
let requests = 0

for (let device = 0; device < count; device++) {
  const server = createServer({ noDelay: true }, (socket) => serve(socket, device)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  servers.push(server)
}
process.stdout.write(`${JSON.stringify({ ports: servers.map((server) => (server.address() as AddressInfo).port) })}\n`)

createInterface({ input: process.stdin })
  .on('line', (line) => {
    if (line === 'storm') storm()
    if (line === 'requests') process.stdout.write(`${JSON.stringify({ requests })}\n`)
  })
  .on('close', () => process.exit(0))

function serve(socket: Socket, device: number): void {
  let rest: Buffer = Buffer.alloc(0)
  let turn = 0
  sockets[device]?.add(socket)
  socket.on('close', () => sockets[device]?.delete(socket)).on('error', () => socket.destroy())
  socket.on('data', (data: Buffer) => {
    rest = rest.length === 0 ? data : Buffer.concat([rest, data])
    for (; rest.length >= 12; rest = rest.subarray(12)) {
      requests++
      const request = rest.subarray(0, 12)
      manner[device]?.(socket, rightAnswer(request, device), request, turn++)
    }
  })
}

function rightAnswer(request: Buffer, device: number): Buffer {
  const [from, length] = [request.readUInt16BE(8), request.readUInt16BE(10)]
  const second = Math.floor(Date.now() / 1000)
  const answer = Buffer.allocUnsafe(9 + length * 2)
  request.copy(answer, 0, 0, 8)
  answer.writeUInt16BE(3 + length * 2, 4)
  answer.writeUInt8(length * 2, 8)
  for (let i = 0; i < length; i++) answer.writeUInt16BE(wordAt(device, from + i, second), 9 + i * 2)
  return answer
}

function storm(): void {
  for (let i = 0; i < dead; i++) {
    const device = count - 1 - i
    manner[device] = mute
    for (const socket of sockets[device] ?? []) socket.destroy()
    if (i % 2 === 0) servers[device]?.close()
  }
  for (let i = 0; i < bad; i++) manner[count - 1 - dead - i] = manners[i % manners.length] ?? say
}
