import { describe, expect, it } from 'vitest'
import { harmless, numberCells, textCell } from './csv.ts'

const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1+1', '"=1+1', '\uFF1D1+1', '\u00A0=1', "'=1"]

describe('text cells', () => {
  it.each(hostile)('keep %j from being run, with an apostrophe in front', (text) => {
    expect(harmless(text)).toMatch(/^'/)
    expect(harmless(text).replaceAll("'", '')).toBe(text.replaceAll("'", ''))
  })

  it('leave ordinary names as they are', () => {
    for (const name of ['House 12', 'Straße 7a', 'VL-Temperatur [°C]', 'a-b', '5 + 3', 'x=y', 'Time (UTC)'])
      expect(textCell(name, ';')).toBe(name)
  })

  it('stay harmless where a spreadsheet takes another sign for the delimiter', () => {
    for (const delimiter of [';', ',', '\t']) {
      for (const other of [';', ',', '\t', '\n', '\r\n']) {
        const written = textCell(`house${other} =cmd|' /C calc'!A0`, delimiter)
        for (const cell of written.split(/[;,\t\r\n|]/)) expect(cell.replace(/^["\s]+/, '')).not.toMatch(/^[=+\-@]/)
      }
    }
  })

  it('stand in quotes when they hold a delimiter, a quote or a line end', () => {
    expect(textCell('a;b', ';')).toBe('"a;b"')
    expect(textCell('the "old" one', ';')).toBe('"the ""old"" one"')
    expect(textCell('a\nb', ',')).toBe('"a\nb"')
  })
})

describe('number cells', () => {
  it('stay numbers with all digits and their sign', () => {
    const point = numberCells('point', ';')
    expect([-12.5, 0, 1 / 3, 1e-7, 123456789.125].map(point)).toEqual(['-12.5', '0', '0.3333333333333333', '1e-7', '123456789.125'])
    expect(numberCells('comma', ';')(-12.5)).toBe('-12,5')
  })

  it('stand in quotes when the decimal sign is the delimiter', () => {
    expect([20.5, 20].map(numberCells('comma', ','))).toEqual(['"20,5"', '20'])
  })

  it('are empty where there is no number', () => {
    expect([Number.NaN, Infinity].map(numberCells('comma', ';'))).toEqual(['', ''])
  })
})
