import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { decode } from '#shared/devices/codec.ts'
import { encodings, wordsOf } from '#shared/devices/encoding.ts'
import { Failure } from '#shared/failures.ts'
import { Dice } from '../testing/dice.ts'
import { Peer } from '../testing/peer.ts'
import { answerOf, checkOf, framesOf, rightAnswer, serialAnswerOf, type Asked, type Taken } from '../testing/reference.ts'
import { point } from '../testing/town.ts'
import { answerTo, FrameReader, transactionOf } from './modbus-frame.ts'
import { diagnose, findAnswer } from './modbus-rtu-frame.ts'
import { ModbusTcp } from './modbus-tcp.ts'

const tcpFrames = 700_000
const rtuFrames = 295_000
const driverFrames = 5000
const slowMs = 50
const mostGrownBytes = 8 * 2 ** 20

const points = encodings.flatMap((as) => [
  point(`${as}.plain`, 0, { as, ...(as === 'decimal4' ? { factors: { 0: 1, 7: 1000 } } : {}) }),
  point(`${as}.scaled`, 0, { as, scale: 0.01, offset: -40, faults: [0x7fff], ...(as === 'decimal4' ? { factors: { 0: 1 } } : {}) }),
])
const codes = [3, 3, 3, 4, 1, 2, 6, 5, 16, 15]
const scratch = new Uint8Array(1024)

function ask(dice: Dice): Asked {
  const code = codes[dice.roll(codes.length)] ?? 3
  const count = code === 5 || code === 6 ? 1 : 1 + dice.roll(dice.roll(4) === 0 ? 120 : 16)
  return { transaction: dice.roll(65536), unit: dice.roll(248), code, address: dice.roll(65536), count, value: dice.roll(65536) }
}

/** A body that is right, or right but for one thing, or nothing but noise. */
function bodyFor(dice: Dice, asked: Asked): Uint8Array {
  const words = Uint16Array.from({ length: asked.count }, () => dice.roll(65536))
  const kind = dice.roll(10)
  if (kind === 0) return dice.bytes(scratch, 2 + dice.roll(200)).slice()
  if (kind === 1) return Uint8Array.of(asked.unit, asked.code | 0x80, dice.roll(256))
  if (kind === 2) return rightAnswer({ ...asked, unit: dice.roll(256) }, words)
  if (kind === 3) return rightAnswer({ ...asked, code: codes[dice.roll(codes.length)] ?? 3 }, words)
  if (kind === 4) return rightAnswer({ ...asked, count: 1 + dice.roll(20), address: dice.roll(65536) }, words)
  const right = rightAnswer(asked, words)
  if (kind === 5) return right.subarray(0, 2 + dice.roll(right.length - 1))
  if (kind < 8) for (let i = dice.roll(3); i >= 0; i--) right[dice.roll(right.length)] = dice.roll(256)
  return right
}

function same(taken: Taken, answer: Uint16Array | number | string | undefined): boolean {
  if (taken === null) return typeof answer === 'string' || answer === undefined
  if ('exception' in taken) return answer === taken.exception
  return answer instanceof Uint16Array && answer.length === taken.words.length && taken.words.every((word, i) => answer[i] === word)
}

/** What a point makes of words that were taken: a number or nothing, never anything else. */
function decodes(dice: Dice, words: Uint16Array): boolean {
  const one = points[dice.roll(points.length)]
  if (!one || words.length < wordsOf[one.as]) return true
  const { value, quality } = decode(one, words)
  return value === null ? quality === 'fault' : Number.isFinite(value) && quality === 'good'
}

type Tally = { frames: number; taken: number; refused: number; wrong: string[]; slow: number }

function note(tally: Tally, wrong: string): void {
  if (tally.wrong.length < 5) tally.wrong.push(wrong)
}

/** Runs case after case; a slow one is slow only when it is so again, since the machine may have had other work. */
function feed(cases: number, seed: number, run: (dice: Dice, tally: Tally) => void): Tally {
  const tally: Tally = { frames: 0, taken: 0, refused: 0, wrong: [], slow: 0 }
  const timed = (of: number, into: Tally) => {
    const start = performance.now()
    run(new Dice(of), into)
    return performance.now() - start
  }
  for (let i = 0; tally.frames < cases; i++) {
    const of = seed + i * 7919
    if (timed(of, tally) <= slowMs) continue
    const again = { ...tally, wrong: [] }
    if (Math.min(timed(of, again), timed(of, again), timed(of, again)) > slowMs) tally.slow++
  }
  return tally
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

async function grown(work: () => unknown): Promise<number> {
  collect()
  const before = process.memoryUsage().heapUsed
  await work()
  collect()
  return process.memoryUsage().heapUsed - before
}

function tcpStream(dice: Dice, tally: Tally): void {
  const asked = ask(dice)
  const pieces: Uint8Array[] = []
  for (let i = 1 + dice.roll(12); i > 0; i--) {
    const body = bodyFor(dice, asked)
    const transaction = dice.roll(4) === 0 ? dice.roll(65536) : asked.transaction
    const length = dice.roll(40) === 0 ? dice.roll(65536) : body.length
    const frame = new Uint8Array(6 + body.length)
    frame.set([transaction >> 8, transaction & 255, 0, dice.roll(60) === 0 ? dice.roll(256) : 0, length >> 8, length & 255])
    frame.set(body, 6)
    pieces.push(frame)
    tally.frames++
  }
  const stream = Buffer.concat(pieces)
  const expected = framesOf(stream)
  const reader = new FrameReader()
  let seen = 0
  const take = (bytes: Uint8Array, at: number, length: number) => {
    const [from, size] = expected.frames[seen++] ?? [0, 0]
    if (size !== length || Buffer.compare(stream.subarray(from, from + size), bytes.subarray(at, at + length)) !== 0) note(tally, 'frame')
    if (transactionOf(bytes, at) !== asked.transaction) return
    const answer = answerTo(asked, bytes, at, length)
    const right = answerOf(asked, stream.subarray(from + 6, from + size))
    if (!same(right, answer)) note(tally, `${JSON.stringify(asked)} ${stream.toString('hex', from, from + size)}`)
    if (answer instanceof Uint16Array) {
      tally.taken++
      if (!decodes(dice, answer)) note(tally, `decode ${answer.join()}`)
    } else tally.refused++
  }
  let readable = true
  for (let at = 0; at < stream.length && readable;) {
    const part = dice.roll(3) === 0 ? stream.length - at : 1 + dice.roll(40)
    const piece = stream.subarray(at, at + part)
    readable = reader.push(piece, piece.length, take)
    at += part
  }
  if (readable !== expected.readable || seen !== expected.frames.length) note(tally, `cut ${stream.toString('hex')}`)
}

function rtuBytes(dice: Dice, tally: Tally): void {
  const asked = { ...ask(dice), unit: 1 + dice.roll(247) }
  const pieces: Uint8Array[] = []
  for (let i = dice.roll(3); i >= 0; i--) {
    const body = bodyFor(dice, asked)
    const check = checkOf(body) ^ (dice.roll(4) === 0 ? 1 << dice.roll(16) : 0)
    pieces.push(body, Uint8Array.of(check & 255, check >> 8))
    if (dice.roll(6) === 0) pieces.push(dice.bytes(scratch, dice.roll(12)).slice())
    tally.frames++
  }
  const bytes = Buffer.concat(pieces)
  if (dice.roll(3) === 0) bytes[dice.roll(bytes.length)] = dice.roll(256)
  const length = Math.min(bytes.length, 1024)
  const found = findAnswer(asked, bytes, length)
  if (!same(serialAnswerOf(asked, bytes.subarray(0, length)), found?.answer))
    note(tally, `${JSON.stringify(asked)} ${bytes.toString('hex')}`)
  if (found) {
    tally.taken++
    if (found.answer instanceof Uint16Array && !decodes(dice, found.answer)) note(tally, `decode ${found.answer.join()}`)
    return
  }
  tally.refused++
  if (!diagnose(asked, bytes, length)) note(tally, `no reason for ${bytes.toString('hex')}`)
}

test('700,000 frames on TCP: an answer is taken exactly when a second reading of the standard takes it, and nothing grows', async () => {
  let tally: Tally | undefined
  feed(20_000, 1, tcpStream)
  const growth = await grown(() => (tally = feed(tcpFrames, 17, tcpStream)))
  expect(tally).toMatchObject({ wrong: [], slow: 0 })
  expect(growth).toBeLessThan(mostGrownBytes)
  expect(Math.min(tally?.taken ?? 0, tally?.refused ?? 0)).toBeGreaterThan(tcpFrames / 10)
})

test('295,000 frames on a serial line: none is taken without its check, for another unit, function or length, and nothing grows', async () => {
  let tally: Tally | undefined
  feed(20_000, 1, rtuBytes)
  const growth = await grown(() => (tally = feed(rtuFrames, 23, rtuBytes)))
  expect(tally).toMatchObject({ wrong: [], slow: 0 })
  expect(growth).toBeLessThan(mostGrownBytes)
  expect(Math.min(tally?.taken ?? 0, tally?.refused ?? 0)).toBeGreaterThan(rtuFrames / 20)
})

test('5,000 answers through the driver: what it takes is what was asked, all else is a Failure', async () => {
  const dice = new Dice(5)
  const valueAt = (address: number) => (address * 31 + 7) & 0xffff
  const answerFor = (asked: Asked) => {
    const body = rightAnswer(
      asked,
      Uint16Array.from({ length: asked.count }, (_, i) => valueAt(asked.address + i)),
    )
    const header = Uint8Array.of(asked.transaction >> 8, asked.transaction & 255, 0, 0, body.length >> 8, body.length & 255)
    return Buffer.concat([header, body])
  }
  let before: Asked | undefined
  const peer = new Peer(({ transaction, unit, code, address, count, socket }) => {
    const asked: Asked = { transaction, unit, code, address, count, value: 0 }
    const right = answerFor(asked)
    const late = before && answerFor(before)
    before = asked
    const kind = dice.roll(12)
    if (kind === 0) return answerFor({ ...asked, unit: (unit + 1 + dice.roll(255)) & 255 })
    if (kind === 1) return answerFor({ ...asked, code: code === 3 ? 4 : 3 })
    if (kind === 2) return answerFor({ ...asked, count: 1 + dice.roll(30) })
    if (kind === 3) return answerFor({ ...asked, transaction: (transaction + 1 + dice.roll(40_000)) & 0xffff })
    if (kind === 4) return Buffer.from(dice.bytes(scratch, 1 + dice.roll(300)))
    if (kind === 5) return void socket.end(right.subarray(0, dice.roll(right.length)))
    if (kind === 6 && late) return Buffer.concat([late, right])
    if (kind === 7) return Buffer.concat([right, right])
    if (kind === 8) return Buffer.from([...right.subarray(0, 6), unit, code | 0x80, dice.roll(12)].with(5, 3))
    return right
  })
  const port = await peer.listen()
  const tally = { taken: 0, failed: 0, wrong: 0 }
  let driver: ModbusTcp | undefined
  let closed = true
  for (let i = 0; i < driverFrames; i++) {
    if (!driver || closed) {
      driver?.close()
      closed = false
      driver = new ModbusTcp({ host: '127.0.0.1', port, connectMs: 2000, answerMs: 3, onClose: () => (closed = true) })
      await driver.open()
    }
    const [address, count] = [dice.roll(65_000), 1 + dice.roll(30)]
    const answer: unknown = await driver.read(1 + dice.roll(200), 'holding', address, count).catch((error: unknown) => error)
    if (answer instanceof Failure) tally.failed++
    else if (answer instanceof Uint16Array && answer.length === count && answer.every((word, j) => word === valueAt(address + j)))
      tally.taken++
    else tally.wrong++
  }
  driver?.close()
  await peer.close()
  expect(tally.wrong).toBe(0)
  expect(Math.min(tally.taken, tally.failed)).toBeGreaterThan(driverFrames / 10)
})
