import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { Failure, type FailureReport } from '#shared/failures.ts'
import { freePort } from '../testing/peer.ts'
import { checked, rtuAnswer, rtuException, RtuPeer, spoilt, type RtuAsked, type RtuManner } from '../testing/rtu-peer.ts'
import { openTcpChannel } from './mbus-channel.ts'
import { ModbusRtu } from './modbus-rtu.ts'
import { registerDrivers, type DriverOptions, type RegisterDriver, type Trace } from './driver.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

const closes: Failure[] = []
async function driver(
  port: number,
  changes: Partial<DriverOptions> = {},
  make = registerDrivers['modbus-rtu-tcp'],
): Promise<RegisterDriver> {
  closes.length = 0
  const way = 'modbus-rtu-tcp'
  const made = make?.({
    host: '127.0.0.1',
    port,
    address: { way, host: '127.0.0.1', port, unit: 1, serial: { baud: 115200, parity: 'none', stop: 1 } },
    connectMs: 2000,
    answerMs: 5000,
    onClose: (failure) => closes.push(failure),
    ...changes,
  })
  if (!made) throw new Error('no such driver')
  open.push(made)
  await made.open()
  return made
}

async function world(manner: RtuManner, changes: Partial<DriverOptions> = {}) {
  const peer = new RtuPeer(manner)
  open.push(peer)
  return { peer, client: await driver(await peer.listen(), changes) }
}

async function failureOf(work: Promise<unknown>): Promise<FailureReport> {
  const outcome = await work.then(
    () => new Error('did not fail'),
    (error: unknown) => error,
  )
  if (outcome instanceof Failure) return outcome.report()
  throw outcome
}

describe('an answer', () => {
  it('is taken in one piece, byte by byte, and after noise', async () => {
    let manner: (frame: Buffer, asked: RtuAsked) => Buffer | undefined = (frame) => frame
    const { client } = await world((asked) => manner(rtuAnswer(asked), asked))
    expect([...(await client.read(1, 'holding', 100, 3))]).toEqual([100, 101, 102])
    manner = (frame, { socket }) => {
      void (async () => {
        for (const byte of frame) {
          socket.write(Uint8Array.of(byte))
          await pause(2)
        }
      })()
      return undefined
    }
    expect([...(await client.read(1, 'holding', 200, 2))]).toEqual([200, 201])
    manner = (frame) => Buffer.concat([Buffer.from([0, 0xff, 1, 3]), frame])
    expect([...(await client.read(1, 'holding', 300, 2))]).toEqual([300, 301])
  })

  it('is found behind the echo of an adapter that hears itself', async () => {
    const { client, peer } = await world((asked) => Buffer.concat([asked.raw, rtuAnswer(asked)]), { answerMs: 80 })
    expect([...(await client.read(1, 'holding', 7, 1))]).toEqual([7])
    await client.write(1, 'holding', 9, [5])
    // Without the device, the echo alone is no answer: neither to a write, which looks the same, nor to a read.
    peer.manner = (asked) => asked.raw
    expect(await failureOf(client.write(1, 'holding', 9, [5]))).toMatchObject({ code: 'device.silent' })
    expect(await failureOf(client.read(1, 'coil', 0x0312, 20))).toMatchObject({ code: 'device.silent' })
  })

  it('of coils is words of 0 and 1', async () => {
    const { client } = await world(({ unit, code }) => checked(unit, code, 2, 0b1000_0001, 0b10))
    expect([...(await client.read(4, 'coil', 0, 10))]).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 0, 1])
  })

  it.each<[string, string, (asked: RtuAsked) => Buffer]>([
    ['of another unit', 'unit', (asked) => rtuAnswer({ ...asked, unit: 2 })],
    ['of another function', 'function', (asked) => rtuAnswer({ ...asked, code: 4 })],
    ['of another length', 'byteCount', (asked) => rtuAnswer({ ...asked, count: 3 })],
    ['with a wrong check', 'crc', (asked) => spoilt(rtuAnswer(asked))],
    ['that breaks off', 'short', (asked) => rtuAnswer(asked).subarray(0, 6)],
    ['at another speed', 'noise', () => Buffer.from([0xf0, 0x0f, 0x80, 0xfe])],
  ])('%s is not taken', async (_, wrong, manner) => {
    const { client, peer } = await world((asked) => manner(asked), { answerMs: 100 })
    expect(await failureOf(client.read(1, 'holding', 10, 2))).toMatchObject({ code: 'device.badAnswer', params: { wrong, unit: 1 } })
    expect(closes).toEqual([])
    peer.manner = (asked) => rtuAnswer(asked)
    expect([...(await client.read(1, 'holding', 20, 4))]).toEqual([20, 21, 22, 23])
  })

  it('to a write that differs is not taken', async () => {
    const { client } = await world((asked) => rtuAnswer({ ...asked, raw: checked(1, 6, 0, 9, 0, 6) }), { answerMs: 100 })
    expect(await failureOf(client.write(1, 'holding', 9, [5]))).toMatchObject({ code: 'device.badAnswer' })
  })

  it.each([
    [2, 'device.exception'],
    [6, 'device.exception'],
    [0x0a, 'device.gateway'],
    [0x0b, 'device.gateway'],
  ])('that refuses with %i is %s', async (code, failure) => {
    const { client } = await world((asked) => rtuException(asked, code))
    expect(await failureOf(client.read(9, 'holding', 4, 2))).toMatchObject({
      code: failure,
      params: { code, address: 4, count: 2, unit: 9 },
    })
  })
})

describe('an answer that comes late', () => {
  it('never passes for that of a later request, whatever both ask', async () => {
    const late: Buffer[] = []
    const { client, peer } = await world(
      (asked) => {
        if (asked.address !== 666) return Buffer.concat([...late.splice(0), rtuAnswer(asked)])
        late.push(rtuAnswer(asked, () => 0xdead))
        return undefined
      },
      { answerMs: 60 },
    )
    expect(await failureOf(client.read(1, 'holding', 666, 2))).toMatchObject({ code: 'device.silent', params: { timeoutMs: 60 } })
    expect([...(await client.read(1, 'holding', 20, 2))]).toEqual([20, 21])
    expect(await failureOf(client.read(1, 'holding', 666, 1))).toMatchObject({ code: 'device.silent' })
    expect([...(await client.read(1, 'holding', 30, 1))]).toEqual([30])
    expect(await failureOf(client.read(1, 'holding', 666, 2))).toMatchObject({ code: 'device.silent' })
    expect([...(await client.read(2, 'holding', 40, 2))]).toEqual([40, 41])
    // One small request more, and only after a time-out.
    expect(peer.asked).toHaveLength(8)
  })

  it('does not refuse in place of a later one', async () => {
    const late: Buffer[] = []
    const { client } = await world(
      (asked) => {
        if (asked.address !== 666) return Buffer.concat([...late.splice(0), rtuAnswer(asked)])
        late.push(rtuException(asked, 2))
        return undefined
      },
      { answerMs: 60 },
    )
    expect(await failureOf(client.read(1, 'holding', 666, 2))).toMatchObject({ code: 'device.silent' })
    expect([...(await client.read(1, 'holding', 20, 9))][0]).toBe(20)
    expect(await failureOf(client.read(1, 'holding', 666, 2))).toMatchObject({ code: 'device.silent' })
    expect([...(await client.read(1, 'holding', 30, 2))]).toEqual([30, 31])
  })

  it('is waited out before the next request is made', async () => {
    let talking = false
    const overlaps: number[] = []
    const { client } = await world(
      (asked) => {
        if (talking) overlaps.push(asked.address)
        if (asked.address !== 666) return rtuAnswer(asked)
        talking = true
        void (async () => {
          for (const byte of Buffer.alloc(12, 0x55)) {
            asked.socket.write(Uint8Array.of(byte))
            await pause(20)
          }
          talking = false
        })()
        return undefined
      },
      { answerMs: 60 },
    )
    await failureOf(client.read(1, 'holding', 666, 20))
    expect([...(await client.read(2, 'holding', 5, 1))]).toEqual([5])
    expect(overlaps).toEqual([])
  })
})

describe('the line', () => {
  it('that is closed or reset is seen at once', async () => {
    for (const act of ['end', 'resetAndDestroy'] as const) {
      const { client } = await world((asked) => (asked.socket[act](), undefined), { answerMs: 60_000 })
      expect(await failureOf(client.read(3, 'holding', 0, 2))).toMatchObject({ code: 'device.closed', params: { unit: 3 } })
      expect(closes.map(({ code }) => code)).toEqual(['device.closed'])
      expect(await failureOf(client.read(3, 'holding', 0, 2))).toMatchObject({ code: 'device.closed' })
    }
  })

  it('that nobody listens on is told as refused', async () => {
    expect(await failureOf(driver(await freePort()))).toMatchObject({ code: 'device.refused' })
  })

  it('is never used to talk to everybody at once', async () => {
    const { client, peer } = await world((asked) => rtuAnswer(asked))
    expect(await failureOf(client.write(0, 'holding', 1, [1]))).toMatchObject({ code: 'input.invalid' })
    expect(peer.asked).toEqual([])
  })

  it('tells whoever listens what passes', async () => {
    const heard: string[] = []
    const trace: Trace = (direction, bytes, note) => heard.push(`${direction} ${Buffer.from(bytes).toString('hex')} ${note ?? ''}`.trim())
    const { client, peer } = await world((asked) => rtuAnswer(asked), { answerMs: 50, trace })
    await client.read(1, 'holding', 0x6b, 1)
    peer.manner = () => undefined
    await failureOf(client.read(1, 'holding', 0x6b, 3))
    expect(heard).toEqual(['sent 0103006b0001f5d6', 'received 010302006bf9ab', 'sent 0103006b00037417', 'received  silent'])
  })

  it('under way is given up when it is closed, and tells nobody', async () => {
    const { client } = await world(() => undefined)
    const read = failureOf(client.read(1, 'holding', 0, 1))
    await pause(20)
    client.close()
    expect(await read).toMatchObject({ code: 'cancelled' })
    expect(closes).toEqual([])
  })
})

describe('5,000 answers with flipped, cut, added and moved bytes', () => {
  it('bring the right words or a Failure, and nothing else', async () => {
    let seed = 1
    const roll = (below: number) => {
      seed = (seed * 1664525 + 1013904223) % 4294967296
      return Math.floor((seed / 4294967296) * below)
    }
    const mutate = (frame: Buffer): Buffer => {
      const kind = roll(6)
      const at = roll(frame.length)
      if (kind === 0) frame[at] = roll(256)
      if (kind === 1) return frame.subarray(0, at)
      if (kind === 2) return Buffer.concat([frame.subarray(0, at), Buffer.from([roll(256), roll(256)]), frame.subarray(at)])
      if (kind === 3) return Buffer.concat([frame, frame.subarray(at)])
      if (kind === 4) frame.writeUInt16BE(roll(65536), Math.min(at, frame.length - 2))
      return frame
    }
    const tally = { right: 0, failure: 0, other: 0 }
    const clients: Promise<void>[] = []
    const quick = (port: number) =>
      driver(port, { answerMs: 4 }, (options) => {
        const open = ({ host, connectMs }: DriverOptions) => openTcpChannel({ host, port, connectMs })
        return new ModbusRtu(options, { quietMs: 6, baud: 115200, open })
      })
    for (let i = 0; i < 20; i++) {
      clients.push(
        (async () => {
          const peer = new RtuPeer((asked) => mutate(roll(6) === 0 ? rtuException(asked, 1 + roll(12)) : rtuAnswer(asked)))
          open.push(peer)
          const client = await quick(await peer.listen())
          for (let n = 0; n < 250; n++) {
            const [address, count] = [roll(1000), 1 + roll(20)]
            const outcome = await client.read(1 + roll(3), 'holding', address, count).catch((error: unknown) => error)
            if (outcome instanceof Failure) tally.failure++
            else if (outcome instanceof Uint16Array && outcome.length === count && outcome.every((word, k) => word === address + k))
              tally.right++
            else tally.other++
          }
        })(),
      )
    }
    await Promise.all(clients)
    expect(tally.other).toBe(0)
    expect(Math.min(tally.right, tally.failure)).toBeGreaterThan(500)
  })
})
