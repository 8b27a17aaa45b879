import { expect, test } from 'vitest'
import { parseCsv, unguarded, writeCsv, type Separator } from './csv.ts'

const cells = (text: string, separator: Separator = ';') => parseCsv(text, separator).map((row) => row.cells)

test('quoted cells hold separators, line ends and quotes, and a row says where it begins', () => {
  expect(parseCsv('a;b\r\n"x;y";"two\nlines"\r\n\r\n"say ""hello""";\n', ';')).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['x;y', 'two\nlines'] },
    { line: 5, cells: ['say "hello"', ''] },
  ])
})

test('a last row without a line end counts, and a row of nothing does not', () => {
  expect(cells('a,b\n,\n  ,\nc', ',')).toEqual([['a', 'b'], ['c']])
})

test('a quote inside a word is a letter, one that never ends is refused with its line', () => {
  expect(cells('5" pipe;x')).toEqual([['5" pipe', 'x']])
  expect(() => parseCsv('a\nb;"c\nd', ';')).toThrow(expect.objectContaining({ code: 'table.badQuote', params: { line: 2 } }))
})

test('more rows than can be meant are refused before they fill the memory', () => {
  expect(() => parseCsv('x\n'.repeat(10_100), ';')).toThrow(expect.objectContaining({ code: 'table.tooLarge' }))
})

test('formulas leave the program harmless and come back as they were', () => {
  const hostile = [
    '=1+1',
    '+49 40',
    '-2',
    '@SUM(A1)',
    "'=1",
    "'quoted'",
    '\t=1',
    'plain',
    'with;separator',
    'with "quote"',
    ' edge ',
    'two\nlines',
  ]
  const text = writeCsv([hostile])
  expect(text.startsWith('\uFEFF')).toBe(true)
  const [written] = cells(text.slice(1))
  expect(written?.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
  expect(written?.map(unguarded)).toEqual(hostile)
})
