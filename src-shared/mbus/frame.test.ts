import { describe, expect, test } from 'vitest'
import { Failure } from '../failures.ts'
import { buildFrame, longestData, longestFrame, parseFrame, wholeFrame, type MbusFrame } from './frame.ts'
import { bytesOf, frameBytes, frameNames } from './testing/corpus.ts'

const long = (data: number[]): MbusFrame => ({ kind: 'long', control: 0x08, address: 5, ci: 0x72, data: Uint8Array.from(data) })

const frames: [string, MbusFrame, string][] = [
  ['an acknowledgement', { kind: 'ack' }, 'E5'],
  ['a reset of meter 1', { kind: 'short', control: 0x40, address: 1 }, '10 40 01 41 16'],
  ['a request whose checksum overflows', { kind: 'short', control: 0x7b, address: 0xfd }, '10 7B FD 78 16'],
  [
    'an application reset, which has no data',
    { kind: 'long', control: 0x53, address: 254, ci: 0x50, data: new Uint8Array() },
    '68 03 03 68 53 FE 50 A1 16',
  ],
  ['a long frame', long([1, 2]), '68 05 05 68 08 05 72 01 02 82 16'],
]

describe('what is built is read back', () => {
  test.each(frames)('%s', (_, frame, text) => {
    const bytes = bytesOf(text)
    expect(buildFrame(frame)).toEqual(bytes)
    expect(parseFrame(bytes)).toEqual({ state: 'complete', frame, length: bytes.length })
    expect(wholeFrame(bytes)).toEqual(frame)
  })

  test('every length of data up to the longest, and none beyond', () => {
    for (let length = 0; length <= longestData; length++) {
      const frame = long(Array.from({ length }, (_, i) => (i * 37) & 0xff))
      expect(wholeFrame(buildFrame(frame))).toEqual(frame)
    }
    expect(buildFrame(long(Array.from({ length: longestData }, () => 0)))).toHaveLength(longestFrame)
    expect(() => buildFrame(long(Array.from({ length: longestData + 1 }, () => 0)))).toThrow(RangeError)
  })

  test('the telegrams of real meters', () => {
    for (const name of frameNames('valid')) {
      const bytes = frameBytes('valid', name)
      expect(buildFrame(wholeFrame(bytes))).toEqual(bytes)
    }
  })
})

describe('a stream tells what stands in it', () => {
  const bytes = bytesOf('68 05 05 68 08 05 72 01 02 82 16')

  test('the beginning of a frame is incomplete, and says how much is missing at least', () => {
    for (let length = 0; length < bytes.length; length++) {
      const result = parseFrame(bytes.subarray(0, length))
      expect(result.state).toBe('incomplete')
      const known = result.state === 'incomplete' && (length < 2 ? result.missing > 0 : result.missing === bytes.length - length)
      expect(known).toBe(true)
    }
  })

  test('a frame is found at its place, with others around it', () => {
    const stream = Uint8Array.of(0xe5, ...bytes, 0x10, 0x40)
    expect(parseFrame(stream)).toMatchObject({ state: 'complete', frame: { kind: 'ack' }, length: 1 })
    expect(parseFrame(stream, 1)).toMatchObject({ state: 'complete', frame: { kind: 'long' }, length: bytes.length })
    expect(parseFrame(stream, 1 + bytes.length)).toEqual({ state: 'incomplete', missing: 3 })
  })

  test.each([
    ['no start', '00', 'start'],
    ['lengths that differ', '68 05 06', 'length'],
    ['a length too short for any frame', '68 02 02 68', 'length'],
    ['a second start that is none', '68 05 05 69', 'start'],
    ['a wrong checksum', '68 05 05 68 08 05 72 01 02 83 16', 'checksum'],
    ['a wrong stop', '68 05 05 68 08 05 72 01 02 82 17', 'stop'],
    ['a short frame with a wrong checksum', '10 40 01 42 16', 'checksum'],
    ['a short frame with a wrong stop', '10 40 01 41 00', 'stop'],
  ])('%s', (_, text, reason) => {
    expect(parseFrame(bytesOf(text))).toEqual({ state: 'damaged', reason })
  })

  test('every single flipped bit of a frame is noticed', () => {
    for (let i = 0; i < bytes.length * 8; i++) {
      const flipped = bytes.slice()
      flipped[i >> 3] = (flipped[i >> 3] ?? 0) ^ (1 << (i & 7))
      expect(parseFrame(flipped).state).not.toBe('complete')
    }
  })

  test.each([
    ['nothing', '', 'empty'],
    ['half a frame', '10 40', 'incomplete'],
    ['more than a frame', 'E5 E5', 'trailing'],
    ['damage', '68 05 06', 'length'],
  ])('as one frame, %s is refused', (_, text, reason) => {
    const refusal = () => wholeFrame(bytesOf(text))
    expect(refusal).toThrow(Failure)
    expect(refusal).toThrow(`"reason":"${reason}"`)
  })
})
