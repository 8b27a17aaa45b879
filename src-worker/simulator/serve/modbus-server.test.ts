import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { exceptions, type AnswerRules, type RegisterBank } from './modbus-answer.ts'
import { ModbusServer, type ModbusServerOptions } from './modbus-server.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

/**
 * Registers 10…19 hold their own number × 100, 12 and 13 may be written up to 500, 15 is not served, 200…400 are all 7; input
 * registers are one more. Coils 4…20 are on where even, and may be written; discrete inputs 0…9 are the opposite.
 */
function sampleBank(): RegisterBank & { written: [number, number][] } {
  const words = new Map<number, number>()
  const coils = new Map<number, number>()
  for (let a = 10; a < 20; a++) words.set(a, a * 100)
  for (let a = 200; a <= 400; a++) words.set(a, 7)
  for (let a = 4; a <= 20; a++) coils.set(a, 1 - (a % 2))
  words.delete(15)
  words.set(65535, 1)
  const written: [number, number][] = []
  return {
    written,
    refresh: () => {},
    read(area, address) {
      if (area === 'coil') return coils.get(address)
      if (area === 'discrete') return address < 10 ? address % 2 : undefined
      const word = words.get(address)
      return word !== undefined && area === 'input' ? word + 1 : word
    },
    write(area, address, raw) {
      const places = raw.map((_, i) => address + i)
      if (places.some((at) => (area === 'coil' ? !coils.has(at) : at !== 12 && at !== 13))) return exceptions.illegalAddress
      if (raw.some((word) => word > 500)) return exceptions.illegalValue
      raw.forEach((word, i) => {
        ;(area === 'coil' ? coils : words).set(address + i, word)
        written.push([address + i, word])
      })
      return 'done'
    },
  }
}

async function serve(changes: Partial<ModbusServerOptions> = {}) {
  const bank = sampleBank()
  const server = await ModbusServer.open({
    bank,
    host: '127.0.0.1',
    port: 0,
    unit: () => 5,
    serviceUnit: 254,
    rules: { functions: [3, 4, 6], maxCount: 123, input: 'holding' },
    clients: 1,
    idleCloseMs: 75_000,
    ...changes,
  })
  open.push(server)
  return { server, bank }
}

class Client {
  readonly socket: Socket
  #bytes = Buffer.alloc(0)
  #wake = () => {}
  closed = false

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (chunk) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk])
      this.#wake()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      this.closed = true
      this.#wake()
    })
  }

  static async to(server: ModbusServer): Promise<Client> {
    const socket = connect({ port: server.port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    const client = new Client(socket)
    open.push({ close: () => socket.destroy() })
    return client
  }

  /** The next answer as hex of unit + PDU with its transaction number, or `closed`. */
  async next(): Promise<string> {
    for (;;) {
      if (this.#bytes.length >= 6) {
        const end = 6 + this.#bytes.readUInt16BE(4)
        if (this.#bytes.length >= end) {
          const answer = `${this.#bytes.readUInt16BE(0)}: ${this.#bytes.subarray(6, end).toString('hex')}`
          this.#bytes = this.#bytes.subarray(end)
          return answer
        }
      }
      if (this.closed) return 'closed'
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  async ask(transaction: number, unit: number, pdu: string): Promise<string> {
    this.socket.write(request(transaction, unit, pdu))
    return this.next()
  }
}

function request(transaction: number, unit: number, pdu: string): Buffer {
  const body = Buffer.from(pdu.replaceAll(' ', ''), 'hex')
  const head = Buffer.alloc(7)
  head.writeUInt16BE(transaction, 0)
  head.writeUInt16BE(body.length + 1, 4)
  head.writeUInt8(unit, 6)
  return Buffer.concat([head, body])
}

describe('functions', () => {
  test('functions 3 and 4 give the same registers', async () => {
    const client = await Client.to((await serve()).server)
    expect(await client.ask(1, 5, '03 000a 0002')).toBe('1: 0503' + '04' + '03e8044c')
    expect(await client.ask(2, 5, '04 000a 0002')).toBe('2: 0504' + '04' + '03e8044c')
  })

  test.each([
    '01 000a 0001',
    '02 000a 0001',
    '05 000a ff00',
    '0f 000a 0001 01 01',
    '10 000c 0001 02 0001',
    '16 000c 0000 0001',
    '2b 0e 01 00',
  ])('function %s is refused with exception 1', async (pdu) => {
    const { server, bank } = await serve()
    const client = await Client.to(server)
    const code = (Number.parseInt(pdu.slice(0, 2), 16) | 0x80).toString(16)
    expect(await client.ask(3, 5, pdu)).toBe(`3: 05${code}01`)
    expect(bank.written).toEqual([])
  })

  test('function 6 is echoed and takes effect', async () => {
    const { server, bank } = await serve()
    const client = await Client.to(server)
    expect(await client.ask(4, 5, '06 000c 01f4')).toBe('4: 05' + '06000c01f4')
    expect(bank.written).toEqual([[12, 500]])
    expect(await client.ask(5, 5, '03 000c 0001')).toBe('5: 05' + '030201f4')
  })

  test('a refused write gives the exception of the bank and changes nothing', async () => {
    const { server, bank } = await serve()
    const client = await Client.to(server)
    expect(await client.ask(6, 5, '06 000c 01f5')).toBe('6: 058603')
    expect(await client.ask(7, 5, '06 000a 0001')).toBe('7: 058602')
    expect(bank.written).toEqual([])
  })
})

describe('coils, input registers and writes of several', () => {
  const rules: AnswerRules = { functions: [1, 2, 3, 4, 5, 6, 15, 16], maxCount: 125, input: 'input' }
  const ask = async (pdu: string) => {
    const { server, bank } = await serve({ rules })
    const client = await Client.to(server)
    return { answer: await client.ask(1, 5, pdu), bank, client }
  }

  test.each([
    ['coils, lowest bit first', '01 0004 000a', '0501' + '02' + '5501'],
    ['discrete inputs', '02 0000 0003', '0502' + '01' + '02'],
    ['input registers of their own', '04 000a 0001', '0504' + '02' + '03e9'],
    ['a coil that is not there', '01 0014 0002', '0581' + '02'],
    ['a coil beyond the last', '01 ffff 0002', '0581' + '02'],
    ['no coils', '01 0004 0000', '0581' + '03'],
    ['too many coils', '01 0004 07d1', '0581' + '03'],
  ])('%s', async (_what, pdu, wanted) => {
    expect((await ask(pdu)).answer).toBe(`1: ${wanted}`)
  })

  test.each([
    ['a coil on', '05 0005 ff00', '0505' + '0005ff00', [[5, 1]]],
    ['a coil off', '05 0004 0000', '0505' + '00040000', [[4, 0]]],
    ['a coil half on', '05 0004 0001', '0585' + '03', []],
    ['a coil that is not there', '05 0003 ff00', '0585' + '02', []],
    [
      'several coils',
      '0f 0004 0003 01 05',
      '050f' + '00040003',
      [
        [4, 1],
        [5, 0],
        [6, 1],
      ],
    ],
    [
      'two registers at once',
      '10 000c 0002 04 00010002',
      '0510' + '000c0002',
      [
        [12, 1],
        [13, 2],
      ],
    ],
    ['two registers of which one is refused', '10 000c 0002 04 000101f5', '0590' + '03', []],
    ['two registers of which one is not there', '10 000d 0002 04 00010002', '0590' + '02', []],
    ['registers whose count does not agree', '10 000c 0002 02 0001', '0590' + '03', []],
    ['registers that end too early', '10 000c 0002', '0590' + '03', []],
    ['no registers', '10 000c 0000 00', '0590' + '03', []],
  ])('%s', async (_what, pdu, wanted, written) => {
    const { answer, bank } = await ask(pdu)
    expect(answer).toBe(`1: ${wanted}`)
    expect(bank.written).toEqual(written)
  })
})

describe('a broken line', () => {
  test('offline drops who is there and who comes, keeps its port, and is mended', async () => {
    const { server } = await serve({ clients: 4 })
    const { port } = server
    const there = await Client.to(server)
    expect(await there.ask(1, 5, '03 000a 0001')).toBe('1: 05030203e8')
    server.silence('offline')
    expect(await there.next()).toBe('closed')
    expect(await (await Client.to(server)).next()).toBe('closed')
    server.silence(null)
    expect(server.port).toBe(port)
    expect(await (await Client.to(server)).ask(2, 5, '03 000a 0001')).toBe('2: 05030203e8')
  })

  test('a gateway whose device is gone answers all with exception 11, and nothing is written', async () => {
    const { server, bank } = await serve()
    const client = await Client.to(server)
    server.silence('noAnswer')
    expect(await client.ask(1, 5, '03 000a 0001')).toBe('1: 05830b')
    expect(await client.ask(2, 5, '06 000c 0001')).toBe('2: 05860b')
    expect(await client.ask(3, 9, '03 ea60 0001')).toBe('3: 09830b')
    client.socket.write(request(4, 0, '06 000c 0021'))
    server.silence(null)
    expect(await client.ask(5, 5, '03 000a 0001')).toBe('5: 05030203e8')
    expect(bank.written.filter(([, word]) => word === 1)).toEqual([])
  })
})

describe('limits of a read', () => {
  test.each([
    ['00c8 0000', '0583' + '03'],
    ['00c8 007c', '0583' + '03'],
    ['00c8 ffff', '0583' + '03'],
    ['000e 0003', '0583' + '02'],
    ['000f 0001', '0583' + '02'],
    ['ffff 0002', '0583' + '02'],
  ])('a read of %s gives %s', async (where, answer) => {
    const client = await Client.to((await serve()).server)
    expect(await client.ask(1, 5, `03 ${where}`)).toBe(`1: ${answer}`)
  })

  test('123 registers and the last address are read', async () => {
    const client = await Client.to((await serve()).server)
    expect(await client.ask(1, 5, '03 00c8 007b')).toBe('1: 0503f6' + '0007'.repeat(123))
    expect(await client.ask(2, 5, '03 ffff 0001')).toBe('2: 050302' + '0001')
  })

  test('a request that is too short or too long for its function gives exception 3', async () => {
    const client = await Client.to((await serve()).server)
    expect(await client.ask(1, 5, '03 000a 00')).toBe('1: 058303')
    expect(await client.ask(2, 5, '03 000a 0001 00')).toBe('2: 058303')
    expect(await client.ask(3, 5, '06')).toBe('3: 058603')
  })
})

describe('unit ids', () => {
  test('its own unit and the service unit are answered, others get silence', async () => {
    const client = await Client.to((await serve()).server)
    client.socket.write(request(1, 6, '03 000a 0001'))
    client.socket.write(request(2, 255, '03 000a 0001'))
    client.socket.write(request(3, 0, '03 000a 0001'))
    expect(await client.ask(4, 254, '03 000a 0001')).toBe('4: fe03' + '0203e8')
    expect(await client.ask(5, 5, '03 000a 0001')).toBe('5: 0503' + '0203e8')
  })

  test('a write to unit 0 is carried out without an answer', async () => {
    const { server, bank } = await serve()
    const client = await Client.to(server)
    client.socket.write(request(1, 0, '06 000c 0021'))
    client.socket.write(request(2, 0, '06 000c 0fff'))
    expect(await client.ask(3, 5, '03 000c 0001')).toBe('3: 0503' + '020021')
    expect(bank.written).toEqual([[12, 0x21]])
  })

  test('a change of the unit setting counts from the next request on', async () => {
    let unit = 5
    const client = await Client.to((await serve({ unit: () => unit })).server)
    expect(await client.ask(1, 5, '03 000a 0001')).toBe('1: 05030203e8')
    unit = 9
    client.socket.write(request(2, 5, '03 000a 0001'))
    expect(await client.ask(3, 9, '03 000a 0001')).toBe('3: 09030203e8')
  })
})

describe('connections', () => {
  test('a second connection is accepted, dropped at its first request, and free once the first has gone', async () => {
    const { server } = await serve()
    const first = await Client.to(server)
    expect(await first.ask(1, 5, '03 000a 0001')).toBe('1: 05030203e8')
    const second = await Client.to(server)
    await turn()
    expect(second.closed).toBe(false)
    expect(await second.ask(1, 5, '03 000a 0001')).toBe('closed')
    expect(await first.ask(2, 5, '03 000a 0001')).toBe('2: 05030203e8')
    const waiting = await Client.to(server)
    first.socket.destroy()
    await expect.poll(() => server.connections).toBe(1)
    expect(await waiting.ask(1, 5, '03 000a 0001')).toBe('1: 05030203e8')
  })

  test('a connection without traffic is closed after the idle time, one with traffic is not', async () => {
    const { server } = await serve({ clients: 2, idleCloseMs: 300 })
    const [quiet, busy] = [await Client.to(server), await Client.to(server)]
    expect(await quiet.ask(1, 5, '03 000a 0001')).toBe('1: 05030203e8')
    const answers = new Set<string>()
    while (!quiet.closed) {
      answers.add(await busy.ask(2, 5, '03 000a 0001'))
      await turn()
    }
    expect([...answers]).toEqual(['2: 05030203e8'])
    expect(busy.closed).toBe(false)
    expect(await busy.next()).toBe('closed')
  })

  test('close drops the connections and frees the port', async () => {
    const { server } = await serve()
    const client = await Client.to(server)
    await client.ask(1, 5, '03 000a 0001')
    const { port } = server
    await server.close()
    expect(await client.next()).toBe('closed')
    expect((await serve({ port })).server.port).toBe(port)
  })

  test('a port that is taken rejects', async () => {
    const { server } = await serve()
    await expect(serve({ port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  test('a mute controller takes requests of several clients and never answers', async () => {
    const { server } = await serve({ mute: true, idleCloseMs: 300 })
    const [first, second] = [await Client.to(server), await Client.to(server)]
    expect(await Promise.all([first.ask(1, 5, '03 000a 0001'), second.ask(1, 5, '03 000a 0001')])).toEqual(['closed', 'closed'])
  })
})

describe('the byte stream', () => {
  test('a request that comes byte by byte is answered once', async () => {
    const client = await Client.to((await serve()).server)
    for (const byte of request(7, 5, '03 000a 0002')) {
      client.socket.write(Buffer.from([byte]))
      await turn()
    }
    expect(await client.next()).toBe('7: 05030403e8044c')
    expect(await client.ask(8, 5, '03 000a 0001')).toBe('8: 05030203e8')
  })

  test('requests that come together are answered in their order, the last half one when it is complete', async () => {
    const client = await Client.to((await serve()).server)
    const third = request(3, 5, '03 000c 0001')
    client.socket.write(Buffer.concat([request(1, 5, '03 000a 0001'), request(2, 5, '03 000b 0001'), third.subarray(0, 9)]))
    expect([await client.next(), await client.next()]).toEqual(['1: 05030203e8', '2: 050302044c'])
    client.socket.write(third.subarray(9))
    expect(await client.next()).toBe('3: 05030204b0')
  })

  test('answers come in order and one at a time when the controller is slow', async () => {
    const client = await Client.to((await serve({ latencyMs: 30 })).server)
    const begin = performance.now()
    client.socket.write(Buffer.concat([1, 2, 3].map((n) => request(n, 5, '03 000a 0001'))))
    expect([await client.next(), await client.next(), await client.next()]).toEqual(['1: 05030203e8', '2: 05030203e8', '3: 05030203e8'])
    expect(performance.now() - begin).toBeGreaterThan(80)
    expect(await client.ask(4, 5, '03 000a 0001')).toBe('4: 05030203e8')
  })

  test('a client that goes away while a slow answer is on its way leaves the controller free for the next', async () => {
    const { server } = await serve({ latencyMs: 50 })
    const first = await Client.to(server)
    first.socket.write(request(1, 5, '03 000a 0001'))
    await turn()
    first.socket.destroy()
    await expect.poll(() => server.connections).toBe(0)
    expect(await (await Client.to(server)).ask(2, 5, '03 000a 0001')).toBe('2: 05030203e8')
  })

  test.each([
    ['a foreign protocol id', Buffer.from('00010001000605030a000001', 'hex')],
    ['a length of 1', Buffer.from('000100000001050300', 'hex')],
    ['a length beyond 254', Buffer.from('0001000000ff0503000a0001', 'hex')],
    ['words that are not Modbus', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ])('%s ends the connection and nothing else', async (_what, bytes) => {
    const { server } = await serve()
    const client = await Client.to(server)
    client.socket.write(bytes)
    expect(await client.next()).toBe('closed')
    expect(await (await Client.to(server)).ask(1, 5, '03 000a 0001')).toBe('1: 05030203e8')
  })

  test('2,000 frames of noise never bring the controller down', async () => {
    const { server } = await serve({ clients: 1 })
    let seed = 42
    const random = () => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32
    for (let round = 0; round < 20; round++) {
      const client = await Client.to(server)
      const frames = Array.from({ length: 100 }, () => {
        const pdu = Buffer.from(Array.from({ length: 1 + Math.floor(random() * 12) }, () => Math.floor(random() * 256)))
        const bytes = request(9, random() < 0.5 ? 5 : Math.floor(random() * 256), pdu.toString('hex'))
        return random() < 0.02 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes
      })
      client.socket.end(Buffer.concat(frames))
      while ((await client.next()) !== 'closed');
    }
    await expect.poll(() => server.connections).toBe(0)
    expect(await (await Client.to(server)).ask(1, 5, '03 000a 0001')).toBe('1: 05030203e8')
  })

  test('a client that asks and never listens is not answered into memory without end', async () => {
    const { server } = await serve({ idleCloseMs: 400 })
    const client = await Client.to(server)
    client.socket.pause()
    const many = Buffer.concat(Array.from({ length: 2_000 }, (_, n) => request(n, 5, '03 00c8 007b')))
    let refused = false
    for (let i = 0; i < 400 && !refused; i++) {
      refused = !client.socket.write(many) && client.socket.writableLength > 8 * many.length
      await turn()
    }
    expect(refused).toBe(true)
    await expect.poll(() => server.connections, { timeout: 5_000 }).toBe(0)
  })
})
