import { once } from 'node:events'
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises'
import { ServerTCP } from 'modbus-serial'
import { afterEach, describe, expect, it } from 'vitest'
import { Failure, type FailureReport } from '#shared/failures.ts'
import { blackHole } from '../testing/black-hole.ts'
import { exception, freePort, Peer, registers, type Asked, type Manner } from '../testing/peer.ts'
import type { DriverOptions, RegisterDriver } from './driver.ts'
import { ModbusTcp } from './modbus-tcp.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

const closes: Failure[] = []
async function driver(port: number, changes: Partial<DriverOptions> = {}): Promise<RegisterDriver> {
  closes.length = 0
  const made = new ModbusTcp({
    host: '127.0.0.1',
    port,
    connectMs: 2000,
    answerMs: 5000,
    onClose: (failure) => closes.push(failure),
    ...changes,
  })
  open.push(made)
  await made.open()
  return made
}

async function peer(manner: Manner): Promise<Peer> {
  const made = new Peer(manner)
  open.push(made)
  await made.listen()
  return made
}

async function failureOf(work: Promise<unknown>): Promise<FailureReport> {
  const outcome = await work.then(
    () => new Error('did not fail'),
    (error: unknown) => error,
  )
  if (outcome instanceof Failure) return outcome.report()
  throw outcome
}

describe('against a foreign server', () => {
  async function foreign() {
    const port = await freePort()
    const words = Array.from({ length: 300 }, (_, i) => i * 7)
    const coils = Array.from({ length: 40 }, (_, i) => i % 3 === 0)
    const missing = (address: number) => {
      if (address < 300) return
      throw Object.assign(new Error('no such register'), { modbusErrorCode: 2 })
    }
    const server = new ServerTCP(
      {
        getHoldingRegister: (address: number) => (missing(address), words[address] ?? 0),
        getInputRegister: (address: number) => 0x8000 + address,
        getCoil: (address: number) => coils[address] ?? false,
        getDiscreteInput: (address: number) => address % 2 === 1,
        setRegister: (address: number, value: number) => void (words[address] = value),
        setCoil: (address: number, value: boolean) => void (coils[address] = value),
      },
      { host: '127.0.0.1', port, unitID: 1 },
    )
    await once(server, 'initialized')
    open.push({ close: () => new Promise((resolve) => server.close(resolve)) })
    return { client: await driver(port), words, coils }
  }

  it('reads all four areas', async () => {
    const { client, words } = await foreign()
    expect([...(await client.read(1, 'holding', 5, 100))]).toEqual(words.slice(5, 105))
    expect([...(await client.read(1, 'input', 3, 2))]).toEqual([0x8003, 0x8004])
    expect([...(await client.read(1, 'coil', 0, 11))]).toEqual([1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0])
    expect([...(await client.read(1, 'discrete', 0, 3))]).toEqual([0, 1, 0])
  })

  it('writes one register, several, one coil and several', async () => {
    const { client, words, coils } = await foreign()
    await client.write(1, 'holding', 10, [65521])
    await client.write(1, 'holding', 20, [1, 2, 3])
    await client.write(1, 'coil', 1, [1])
    await client.write(1, 'coil', 2, [1, 0, 1])
    expect([words[10], words[19], ...words.slice(20, 24)]).toEqual([65521, 133, 1, 2, 3, 161])
    expect(coils.slice(0, 6)).toEqual([true, true, true, false, true, false])
  })

  it('names the exception, the address and the count', async () => {
    const { client } = await foreign()
    expect(await failureOf(client.read(1, 'holding', 298, 5))).toMatchObject({
      code: 'device.exception',
      params: { code: 2, address: 298, count: 5, unit: 1, host: '127.0.0.1' },
    })
    expect([...(await client.read(1, 'holding', 299, 1))]).toEqual([2093])
  })
})

describe('with a difficult peer', () => {
  it('takes an answer that arrives byte by byte', async () => {
    const { port } = await peer((asked) => {
      void (async () => {
        for (const byte of registers(asked)) {
          asked.socket.write(Uint8Array.of(byte))
          await turn()
        }
      })()
      return undefined
    })
    const client = await driver(port)
    expect([...(await client.read(1, 'holding', 100, 3))]).toEqual([100, 101, 102])
  })

  it('takes a doubled answer once', async () => {
    const { port } = await peer((asked) => Buffer.concat([registers(asked), registers(asked)]))
    const client = await driver(port)
    for (let address = 0; address < 20; address++) expect([...(await client.read(1, 'holding', address, 1))]).toEqual([address])
    expect(closes).toEqual([])
  })

  it('gives up a silent peer after the time-out and keeps the connection', async () => {
    const { port } = await peer(() => undefined)
    const client = await driver(port, { answerMs: 60 })
    expect(await failureOf(client.read(3, 'holding', 0, 1))).toEqual({
      code: 'device.silent',
      params: { host: '127.0.0.1', port, unit: 3, timeoutMs: 60 },
    })
    expect(closes).toEqual([])
  })

  it('never takes a late answer for that of the next request', async () => {
    let first: Asked | undefined
    const { port } = await peer((asked) => {
      if (first) return Buffer.concat([registers(first, () => 666), registers(asked)])
      first = asked
      return undefined
    })
    const client = await driver(port, { answerMs: 60 })
    expect(await failureOf(client.read(1, 'holding', 10, 2))).toMatchObject({ code: 'device.silent' })
    expect([...(await client.read(1, 'holding', 20, 2))]).toEqual([20, 21])
    expect([...(await client.read(1, 'holding', 30, 2))]).toEqual([30, 31])
  })

  it('does not take an answer that waited in the socket for a time-out', async () => {
    const { port } = await peer((asked) => registers(asked))
    const client = await driver(port, { answerMs: 50 })
    const read = client.read(1, 'holding', 5, 1)
    await turn()
    await turn()
    const until = performance.now() + 120
    while (performance.now() < until);
    expect([...(await read)]).toEqual([5])
  })

  it.each<[string, (asked: Asked) => Buffer]>([
    ['unit', (asked) => registers({ ...asked, unit: asked.unit + 1 })],
    ['function', (asked) => registers({ ...asked, code: 4 })],
    ['byteCount', (asked) => registers({ ...asked, count: asked.count + 1 })],
    ['length', (asked) => Buffer.from(registers(asked).fill(asked.count * 2 + 4, 5, 6))],
    ['frame', (asked) => Buffer.from(registers(asked).fill(1, 2, 4))],
    ['frame', (asked) => Buffer.from(registers(asked).fill(0xff, 4, 6))],
    ['frame', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('refuses an answer with the wrong %s and leaves the connection', async (wrong, manner) => {
    const { port } = await peer((asked) => Buffer.concat([manner(asked), Buffer.alloc(2)]))
    const client = await driver(port)
    expect(await failureOf(client.read(1, 'holding', 10, 2))).toMatchObject({ code: 'device.badAnswer', params: { wrong, unit: 1, port } })
    expect(closes.map((failure) => failure.code)).toEqual(['device.badAnswer'])
    expect(await failureOf(client.read(1, 'holding', 10, 2))).toMatchObject({ code: 'device.closed' })
  })

  it('takes no answer that a gateway owes to an earlier connection', async () => {
    const owed: number[] = []
    const { port } = await peer((asked) => {
      if (owed.push(asked.transaction) <= 50) return
      return Buffer.concat([
        ...owed.slice(0, 50).map((transaction) => registers({ ...asked, transaction }, () => 0x7777)),
        registers(asked),
      ])
    })
    const first = await driver(port)
    for (let i = 0; i < 50; i++) expect(await failureOf(first.read(1, 'holding', 10, 1, 1))).toMatchObject({ code: 'device.silent' })
    first.close()
    const second = await driver(port)
    for (let i = 0; i < 50; i++) expect([...(await second.read(1, 'holding', 10, 1))]).toEqual([10])
  })

  it('refuses an answer to a request that was never made', async () => {
    const { port } = await peer((asked) => registers({ ...asked, transaction: asked.transaction + 100 }))
    const client = await driver(port, { answerMs: 60 })
    expect(await failureOf(client.read(1, 'holding', 10, 2))).toMatchObject({ code: 'device.badAnswer', params: { wrong: 'transaction' } })
  })

  it('refuses a write whose echo differs', async () => {
    const { port } = await peer((asked) => Buffer.from(asked.raw.subarray(0, 12).fill(9, 11)))
    const client = await driver(port)
    expect(await failureOf(client.write(1, 'holding', 10, [2]))).toMatchObject({ code: 'device.badAnswer', params: { wrong: 'echo' } })
  })

  it.each<[string, (asked: Asked) => void]>([
    ['closes', (asked) => asked.socket.end()],
    ['closes in the middle of an answer', (asked) => asked.socket.end(registers(asked).subarray(0, 8))],
    ['resets', (asked) => asked.socket.resetAndDestroy()],
  ])('sees at once that the peer %s', async (_, act) => {
    const { port } = await peer((asked) => (act(asked), undefined))
    const client = await driver(port, { answerMs: 60_000 })
    expect(await failureOf(client.read(1, 'holding', 0, 2))).toMatchObject({ code: 'device.closed', params: { port, unit: 1 } })
    expect(closes).toHaveLength(1)
  })

  it('tells of a close while nothing is asked', async () => {
    const server = await peer((asked) => registers(asked))
    const client = await driver(server.port)
    await client.read(1, 'holding', 0, 1)
    for (const socket of server.sockets) socket.end()
    while (closes.length === 0) await pause(1)
    expect(closes.map((failure) => failure.code)).toEqual(['device.closed'])
  })

  it.each([
    [1, 'device.exception'],
    [4, 'device.exception'],
    [6, 'device.exception'],
    [0x0a, 'device.gateway'],
    [0x0b, 'device.gateway'],
  ])('reports exception %i as %s', async (code, failure) => {
    const { port } = await peer((asked) => exception(asked, code))
    const client = await driver(port)
    expect(await failureOf(client.read(9, 'holding', 4, 2))).toMatchObject({
      code: failure,
      params: { code, address: 4, count: 2, unit: 9 },
    })
    expect(closes).toEqual([])
  })

  it('rejects what is under way when it is closed, and tells nobody', async () => {
    const { port } = await peer(() => undefined)
    const client = await driver(port)
    const read = failureOf(client.read(1, 'holding', 0, 1))
    client.close()
    expect(await read).toMatchObject({ code: 'cancelled' })
    expect(closes).toEqual([])
  })
})

describe('when there is no connection to be had', () => {
  it('tells refused, unknown name and a dead line apart', async () => {
    expect(await failureOf(driver(await freePort()))).toMatchObject({ code: 'device.refused', params: { host: '127.0.0.1' } })
    expect(await failureOf(driver(502, { host: 'no-such-host.invalid' }))).toMatchObject({ code: 'device.nameUnknown' })
    const hole = await blackHole()
    open.push(hole)
    expect(await failureOf(driver(hole.port, { connectMs: 150 }))).toEqual({
      code: 'device.unreachable',
      params: { host: '127.0.0.1', port: hole.port, timeoutMs: 150 },
    })
  })
})

describe('5,000 answers with flipped, cut, added and moved bytes', () => {
  it('bring a value or a Failure, and nothing else', async () => {
    let seed = 1
    const roll = (below: number) => {
      seed = (seed * 1664525 + 1013904223) % 4294967296
      return Math.floor((seed / 4294967296) * below)
    }
    const mutate = (frame: Buffer): Buffer => {
      const kind = roll(5)
      const at = roll(frame.length)
      if (kind === 0) frame[at] = roll(256)
      if (kind === 1) return frame.subarray(0, at)
      if (kind === 2) return Buffer.concat([frame.subarray(0, at), Buffer.from([roll(256), roll(256)]), frame.subarray(at)])
      if (kind === 3) return Buffer.concat([frame, frame.subarray(at)])
      if (kind === 4) frame.writeUInt16BE(roll(65536), Math.min(at, frame.length - 2))
      return frame
    }
    const { port } = await peer((asked) => mutate(roll(4) === 0 ? exception(asked, roll(12)) : registers(asked)))
    const tally = { words: 0, failure: 0, other: 0 }
    let client: RegisterDriver | undefined
    for (let i = 0; i < 5000; i++) {
      client ??= await driver(port, { answerMs: 2 })
      const count = 1 + roll(20)
      const outcome = await client.read(1, 'holding', roll(1000), count).catch((error: unknown) => error)
      if (outcome instanceof Failure) tally.failure++
      else if (outcome instanceof Uint16Array && outcome.length === count) tally.words++
      else tally.other++
      if (closes.length > 0) client = undefined
    }
    expect(tally.other).toBe(0)
    expect(Math.min(tally.words, tally.failure)).toBeGreaterThan(500)
  })
})
