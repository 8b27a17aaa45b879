import { describe, expect, test } from 'vitest'
import { Failure } from '#shared/failures.ts'
import { buildFrame } from '#shared/mbus/frame.ts'
import { dataRequest, resetRequest, selectRequest } from '#shared/mbus/request.ts'
import { anyMeter } from '#shared/mbus/address.ts'
import type { ByteChannel } from './mbus-channel.ts'
import { MbusLine } from './mbus-line.ts'

const ack = buildFrame({ kind: 'ack' })
const answerOf = (address: number, byte = 0) =>
  buildFrame({ kind: 'long', control: 0x08, address, ci: 0x78, data: Uint8Array.of(0x04, 0x06, byte, 0, 0, 0) })

/** A channel whose other end is the test. */
function line(timing = { networkMs: 40, marginMs: 30 }) {
  const sent: Uint8Array[] = []
  const channel: ByteChannel = {
    write: (bytes) => sent.push(bytes),
    onData: () => undefined,
    onClose: () => undefined,
    close: () => undefined,
  }
  return { line: new MbusLine(channel, 38400, timing), channel, sent }
}

const frame = (address: number) => ({ kind: 'frame', frame: { kind: 'long', address } })

describe('what is heard after a request', () => {
  test('an acknowledgement, an answer, or silence', async () => {
    const { line: bus, channel, sent } = line()
    const first = bus.ask(resetRequest(1))
    channel.onData(ack)
    expect(await first).toEqual({ kind: 'frame', frame: { kind: 'ack' } })
    const second = bus.ask(dataRequest(1, true))
    channel.onData(answerOf(1))
    expect(await second).toMatchObject(frame(1))
    expect(await bus.ask(dataRequest(2, true))).toEqual({ kind: 'silence' })
    expect(sent).toEqual([resetRequest(1), dataRequest(1, true), dataRequest(2, true)])
  })

  test('an answer in single bytes', async () => {
    const { line: bus, channel } = line()
    const heard = bus.ask(dataRequest(1, true))
    for (const byte of answerOf(1)) channel.onData(Uint8Array.of(byte))
    expect(await heard).toMatchObject(frame(1))
  })

  test('not the echo of the request', async () => {
    const { line: bus, channel } = line()
    const request = selectRequest(anyMeter)
    const alone = bus.ask(request)
    channel.onData(request)
    expect(await alone).toEqual({ kind: 'silence' })
    const followed = bus.ask(request)
    channel.onData(Uint8Array.of(...request, ...ack))
    expect(await followed).toEqual({ kind: 'frame', frame: { kind: 'ack' } })
  })

  test.each([
    ['half an answer', answerOf(1).slice(0, 9), 'incomplete'],
    ['bits that several meters spoilt', answerOf(1).map((byte, i) => (i === 8 ? byte & 0x10 : byte)), 'checksum'],
    ['something else', Uint8Array.of(0, 1, 2), 'start'],
    ['two answers at once', Uint8Array.of(...ack, ...ack), 'trailing'],
  ])('%s is noise', async (_, bytes, reason) => {
    const { line: bus, channel } = line()
    const heard = bus.ask(dataRequest(1, true))
    channel.onData(bytes)
    expect(await heard).toEqual({ kind: 'noise', reason })
  })

  test('a second answer is noticed when asked with patience', async () => {
    const { line: bus, channel } = line()
    const heard = bus.ask(selectRequest(anyMeter), { patient: true })
    channel.onData(ack)
    await new Promise((resolve) => setImmediate(resolve))
    channel.onData(ack)
    expect(await heard).toEqual({ kind: 'noise', reason: 'trailing' })
  })

  test('a second answer is noticed as late as the standard allows it', async () => {
    const { line: bus, channel } = line({ networkMs: 0, marginMs: 900 })
    const heard = bus.ask(selectRequest(anyMeter), { patient: true })
    channel.onData(ack)
    // After the silence that ends the first, before the longest wait for another.
    await new Promise((resolve) => setTimeout(resolve, 500))
    channel.onData(ack)
    expect(await heard).toEqual({ kind: 'noise', reason: 'trailing' })
  })

  test('somebody who never ends is not listened to for ever', async () => {
    const { line: bus, channel } = line()
    const heard = bus.ask(dataRequest(1, true), { patient: true })
    for (let i = 0; i < 50; i++) channel.onData(new Uint8Array(1000))
    expect(await heard).toMatchObject({ kind: 'noise' })
  })
})

describe('an answer that comes late', () => {
  test('is not that of the next meter, which is still waited for', async () => {
    const { line: bus, channel } = line()
    expect(await bus.ask(dataRequest(1, true), { from: 1 })).toEqual({ kind: 'silence' })
    const next = bus.ask(dataRequest(2, true), { from: 2 })
    channel.onData(answerOf(1))
    await new Promise((resolve) => setImmediate(resolve))
    channel.onData(answerOf(2))
    expect(await next).toMatchObject(frame(2))
  })

  test('is dropped while nothing is asked', async () => {
    const { line: bus, channel } = line()
    await bus.ask(dataRequest(1, true))
    channel.onData(answerOf(1))
    expect(await bus.ask(dataRequest(1, true))).toEqual({ kind: 'silence' })
  })

  test('of another meter alone is named as such', async () => {
    const { line: bus, channel } = line()
    const heard = bus.ask(dataRequest(2, true), { from: 2 })
    channel.onData(answerOf(1))
    expect(await heard).toEqual({ kind: 'noise', reason: 'address' })
  })
})

test('the end of the channel ends the request and all that follow', async () => {
  const { line: bus, channel } = line()
  const heard = bus.ask(dataRequest(1, true))
  const lost = new Failure('device.closed', { host: 'x' })
  channel.onClose(lost)
  await expect(heard).rejects.toBe(lost)
  await expect(bus.ask(dataRequest(1, true))).rejects.toBe(lost)
  const other = line().line
  const waiting = other.ask(dataRequest(1, true))
  other.close()
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
})
