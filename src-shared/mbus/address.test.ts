import { describe, expect, test } from 'vitest'
import { anyMeter, matches, parseSelection, selectionBytes, selectionOf, selectionText } from './address.ts'
import { codeOf, lettersOf } from './header.ts'
import { bytesOf } from './testing/corpus.ts'

const meter = { id: '06855817', manufacturer: 'KAM', version: 8, medium: 4 }

describe('a secondary address', () => {
  test('is sent with its digits reversed', () => {
    expect(selectionBytes(selectionOf(meter))).toEqual(bytesOf('17 58 85 06 2D 2C 08 04'))
    expect(selectionBytes(anyMeter)).toEqual(bytesOf('FF FF FF FF FF FF FF FF'))
    expect(selectionBytes({ ...anyMeter, id: '068FFFFF' })).toEqual(bytesOf('FF FF 8F 06 FF FF FF FF'))
  })

  test.each([
    ['every meter', anyMeter, true],
    ['this meter', selectionOf(meter), true],
    ['its first digits', { ...anyMeter, id: '068FFFFF' }, true],
    ['digits in the middle', { ...anyMeter, id: 'FFF558FF' }, true],
    ['other digits', { ...anyMeter, id: '069FFFFF' }, false],
    ['its maker', { ...anyMeter, manufacturer: 'KAM' }, true],
    ['another maker', { ...anyMeter, manufacturer: 'ABB' }, false],
    ['another version', { ...anyMeter, version: 9 }, false],
    ['another medium', { ...anyMeter, medium: 7 }, false],
  ])('%s', (_, selection, meant) => {
    expect(matches(selection, meter)).toBe(meant)
  })

  test('a meter that tells neither maker nor version is meant by its digits and medium', () => {
    const old = { id: '12345678', manufacturer: null, version: null, medium: 7 }
    expect(matches({ id: '12345678', manufacturer: 'KAM', version: 8, medium: 7 }, old)).toBe(true)
    expect(matches({ ...selectionOf(old), medium: 4 }, old)).toBe(false)
  })

  test.each([anyMeter, selectionOf(meter), { id: '1234FFFF', manufacturer: null, version: 16, medium: null }])(
    '%o is written and read back',
    (selection) => {
      expect(parseSelection(selectionText(selection))).toEqual(selection)
    },
  )

  test('eight digits are enough, anything else is none', () => {
    expect(parseSelection('06855817')).toEqual({ ...anyMeter, id: '06855817' })
    expect(parseSelection(' 06855817 kam 08 04 ')).toEqual(selectionOf(meter))
    for (const text of ['', '0685581', '0685581G', '06855817 KAM', '06855817 KAMS 08 04', '06855817 KAM 8 04']) {
      expect(parseSelection(text)).toBeNull()
    }
  })

  test('every code of three letters is read back', () => {
    expect(codeOf('KAM')).toBe(0x2c2d)
    expect(codeOf('DFS')).toBe(0x10d3)
    const codes = Array.from({ length: 0x8000 }, (_, code) => code)
    expect(codes.filter((code) => codeOf(lettersOf(code)) !== code)).toEqual([])
    expect(lettersOf(0x8000 | 0x2c2d)).toBe('KAM')
  })
})
