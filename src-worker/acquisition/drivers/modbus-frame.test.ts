import { describe, expect, it } from 'vitest'
import { answerTo, build, FrameReader, readCode, writeCode, type Request } from './modbus-frame.ts'

const request = (with_: Partial<Request> = {}): Request => ({ transaction: 7, unit: 1, code: 3, address: 10, count: 2, value: 0, ...with_ })

function built(asked: Request, words?: number[]): string {
  const bytes = new Uint8Array(260).fill(0xee)
  return Buffer.from(bytes.subarray(0, build(bytes, asked, words))).toString('hex')
}

const answered = (asked: Request, hex: string) => {
  const bytes = Buffer.from(hex, 'hex')
  return answerTo(asked, bytes, 0, bytes.length)
}

/** Frames that a stream cut into the given pieces gives, and whether it stayed readable. */
function framesOf(pieces: Uint8Array[]): { frames: string[]; readable: boolean } {
  const reader = new FrameReader()
  const frames: string[] = []
  const take = (bytes: Uint8Array, at: number, length: number) => frames.push(Buffer.from(bytes.subarray(at, at + length)).toString('hex'))
  return { readable: pieces.every((piece) => reader.push(piece, piece.length, take)), frames }
}

describe('a request on the wire', () => {
  it('is the frame that the standard shows for each function', () => {
    expect(built(request({ code: readCode('holding'), address: 0x6b, count: 3 }))).toBe('00070000000601' + '03006b0003')
    expect(built(request({ code: readCode('input'), unit: 254 }))).toBe('000700000006fe' + '04000a0002')
    expect(built(request({ code: writeCode('holding', 1), count: 1, value: 0x0103 }))).toBe('00070000000601' + '06000a0103')
    expect(built(request({ code: writeCode('holding', 2), address: 1 }), [10, 0x0102])).toBe('00070000000b01' + '10000100020' + '4000a0102')
    expect(built(request({ code: writeCode('coil', 1), address: 172, value: 1 }))).toBe('00070000000601' + '0500acff00')
    const coils = [1, 0, 1, 1, 0, 0, 1, 1, 1, 0]
    expect(built(request({ code: writeCode('coil', 10), address: 19, count: 10 }), coils)).toBe('00070000000901' + '0f0013000a02cd01')
  })

  it('is refused for areas that cannot be written', () => {
    expect(() => writeCode('input', 1)).toThrow('input.invalid')
    expect(() => writeCode('discrete', 1)).toThrow('input.invalid')
  })
})

describe('an answer', () => {
  it('gives the words of registers and of coils', () => {
    expect(answered(request(), '0007000000070103' + '04022bffff')).toEqual(Uint16Array.of(0x022b, 0xffff))
    const coils = request({ code: 1, count: 10 })
    expect(answered(coils, '000700000005' + '010102cd01')).toEqual(Uint16Array.of(1, 0, 1, 1, 0, 0, 1, 1, 1, 0))
  })

  it('gives the exception code', () => {
    expect(answered(request(), '000700000003' + '018302')).toBe(2)
  })

  it('is refused when unit, function, byte count, length or echo differ', () => {
    expect(answered(request(), '000700000007' + '020304022bffff')).toBe('unit')
    expect(answered(request(), '000700000007' + '010404022bffff')).toBe('function')
    expect(answered(request(), '000700000003' + '018402')).toBe('function')
    expect(answered(request(), '000700000007' + '010302022bffff')).toBe('byteCount')
    expect(answered(request(), '000700000006' + '010304022bff')).toBe('length')
    expect(answered(request(), '000700000002' + '0103')).toBe('length')
    expect(answered(request(), '000700000004' + '01830200')).toBe('length')
    const write = request({ code: 6, count: 1, value: 5 })
    expect(answered(write, '000700000006' + '0106000a0005')).toEqual(new Uint16Array(0))
    expect(answered(write, '000700000006' + '0106000a0006')).toBe('echo')
    expect(answered(write, '000700000006' + '0106000b0005')).toBe('echo')
  })
})

describe('a stream of bytes', () => {
  const one = Buffer.from('000700000007010304022bffff', 'hex')
  const two = Buffer.from('00080000000301830b', 'hex')

  it('gives the same frames in one piece, byte by byte, and joined', () => {
    const whole = Buffer.concat([one, two, one])
    const frames = [one, two, one].map((frame) => frame.toString('hex'))
    expect(framesOf([whole])).toEqual({ frames, readable: true })
    expect(framesOf([...whole].map((byte) => Uint8Array.of(byte)))).toEqual({ frames, readable: true })
    for (let cut = 1; cut < whole.length; cut++) expect(framesOf([whole.subarray(0, cut), whole.subarray(cut)]).frames).toEqual(frames)
  })

  it('survives a flood of joined frames in one chunk', () => {
    expect(framesOf([Buffer.concat(Array.from({ length: 200 }, () => one))]).frames).toHaveLength(200)
  })

  it('ends where the header is none: other protocol, no body, huge length', () => {
    for (const header of ['000700010007', '000700000000', '000700000001', '0007000000ff', '00070000ffff']) {
      expect(framesOf([one, Buffer.from(header, 'hex')])).toEqual({ frames: [one.toString('hex')], readable: false })
    }
  })
})
