import { expect, test } from 'vitest'
import { frameWords } from './frame-words.ts'

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
const rtu = (direction: 'sent' | 'received', hex: string) => frameWords('modbus-serial', direction, bytes(hex))
const tcp = (direction: 'sent' | 'received', hex: string) => frameWords('modbus-tcp', direction, bytes(`000700000006${hex}`))

test('requests say what is asked of whom', () => {
  expect(rtu('sent', '0103006b00037417')).toEqual({ kind: 'read', unit: 1, code: 3, area: 'holding', address: 0x6b, count: 3 })
  expect(tcp('sent', '110200c40016')).toEqual({ kind: 'read', unit: 17, code: 2, area: 'discrete', address: 0xc4, count: 22 })
  expect(tcp('sent', '11060001fffe')).toMatchObject({ kind: 'write', area: 'holding', address: 1, words: [0xfffe] })
  expect(tcp('sent', '110500acff00')).toMatchObject({ kind: 'write', area: 'coil', address: 0xac, words: [1] })
  expect(tcp('sent', '1110000100020400' + '0a0102')).toMatchObject({ kind: 'write', address: 1, words: [10, 0x102] })
})

test('answers say what came', () => {
  expect(rtu('received', '010302006bf9ab')).toEqual({ kind: 'answer', unit: 1, code: 3, area: 'holding', words: [0x6b] })
  expect(tcp('received', '0101010' + '5')).toMatchObject({ kind: 'answer', area: 'coil', words: [1, 0, 1, 0, 0, 0, 0, 0] })
  expect(tcp('received', '018302')).toEqual({ kind: 'refusal', unit: 1, code: 3, exception: 2 })
  expect(tcp('received', '11060001fffe')).toMatchObject({ kind: 'taken', area: 'holding', address: 1 })
})

test('what is no message has no words', () => {
  for (const hex of ['', '00', '0103', '0141000000', 'ffffffffff']) {
    expect(() => rtu('received', hex)).not.toThrow()
  }
  expect(frameWords('mbus-tcp', 'sent', bytes('105b015c16'))).toBeNull()
  expect(rtu('sent', '0141000000')).toBeNull()
})
