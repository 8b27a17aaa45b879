import { createServer, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

const pnu = (number: number) => number - 1

/** Identity registers of an ECL Comfort 310 as they stand on the wire. */
export function ecl(serial: number, application: [letter: number, type: number, subtype: number] = [65, 266, 1]): Map<number, number> {
  return new Map([
    [pnu(19), 3040],
    [pnu(34), 0x4102],
    [pnu(35), 0x022d],
    [pnu(36), serial >> 16],
    [pnu(37), serial & 0xffff],
    [pnu(38), 1],
    [pnu(2060), application[0]],
    [pnu(2061), application[1]],
    [pnu(2062), application[2]],
    [pnu(2063), 0x0800],
    [pnu(2099), 6432],
  ])
}

/**
 * A Modbus TCP gateway on loopback with units behind it; it says nothing for units that are not there. `asked` counts requests by
 * unit, `writes` holds register and value of each write, `wires` how many connections were made and the most at one time.
 */
export async function startBus(units: ReadonlyMap<number, ReadonlyMap<number, number>>, host = '127.0.0.1', port = 0) {
  const asked = new Map<number, number>()
  const writes: { unit: number; register: number; value: number }[] = []
  const wires = { made: 0, open: 0, most: 0 }
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    wires.made++
    wires.most = Math.max(wires.most, ++wires.open)
    socket.on('close', () => wires.open--)
    socket.on('error', () => socket.destroy())
    socket.on('data', (request) => {
      const [unit, code, from, count] = [request[6] ?? 0, request[7] ?? 0, request.readUInt16BE(8), request.readUInt16BE(10)]
      asked.set(unit, (asked.get(unit) ?? 0) + 1)
      const registers = units.get(unit)
      if (!registers) return
      if (code === 6) {
        writes.push({ unit, register: from, value: count })
        socket.write(request)
        return
      }
      const words = Array.from({ length: count }, (_, i) => registers.get(from + i))
      const served = (code === 3 || code === 4) && words.every((word) => word !== undefined)
      const body = served ? [code, count * 2, ...words.flatMap((word) => [(word ?? 0) >> 8, (word ?? 0) & 0xff])] : [code | 0x80, 2]
      socket.write(Buffer.from([...request.subarray(0, 4), 0, body.length + 1, unit, ...body]))
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, asked, writes, wires }
}
