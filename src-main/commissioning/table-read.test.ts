import { expect, test } from 'vitest'
import { Failure } from '#shared/failures.ts'
import { readTable } from './table-read.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test.each([
  [';', 'name;host;place\nSchool;10.0.0.4;Long Street'],
  [',', 'Name,HOST,place\nSchool,10.0.0.4,Long Street'],
  ['\t', '"name"\t"host"\t"place"\nSchool\t10.0.0.4\tLong Street'],
  [',', 'sep=,\r\nname,host,place\r\nSchool,10.0.0.4,Long Street'],
])('columns separated by "%s" are found by their names', (separator, text) => {
  const table = readTable(bytes(text))
  expect(table).toMatchObject({ separator, encoding: 'utf-8', ignored: [] })
  expect(table.rows.map(({ cells }) => cells)).toEqual([{ name: 'School', host: '10.0.0.4', place: 'Long Street' }])
})

test('UTF-8 with and without mark, UTF-16 and Windows-1252 give the same letters', () => {
  const text = 'name;host\nGymnasium Süd – Größe;10.0.0.4'
  const wide = new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'))
  const western = Uint8Array.from(Buffer.from(text.replace('–', '\u0096'), 'latin1'))
  const forms = [
    [bytes(text), 'utf-8'],
    [bytes(`\uFEFF${text}`), 'utf-8 with BOM'],
    [wide, 'utf-16'],
    [western, 'windows-1252'],
  ] as const
  for (const [file, encoding] of forms) {
    expect(readTable(file)).toMatchObject({ encoding, rows: [{ line: 2, cells: { name: 'Gymnasium Süd – Größe' } }] })
  }
})

test('columns in any order, unknown ones named, lines as in the file', () => {
  const table = readTable(bytes('sep=;\nhost;colour;name\n\n10.0.0.4;red;A\n10.0.0.5;;B;too;many'))
  expect(table.ignored).toEqual(['colour'])
  expect(table.rows).toEqual([
    { line: 4, cells: { host: '10.0.0.4', name: 'A' } },
    { line: 5, cells: { host: '10.0.0.5', name: 'B' } },
  ])
})

test.each([
  ['nothing', bytes(''), 'head'],
  ['other columns', bytes('street;number\nA;1'), 'head'],
  ['a workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 8, 0]), 'binary'],
])('%s is no table', (_what, file, context) => {
  expect(() => readTable(file)).toThrow(expect.objectContaining({ code: 'table.unreadable', params: { context } }))
})

test('too many bytes and too many rows are refused', () => {
  const tooLarge = expect.objectContaining({ code: 'table.tooLarge' }) as Error
  expect(() => readTable(new Uint8Array(5_000_001))).toThrow(tooLarge)
  expect(() => readTable(bytes(`name;host\n${'A;10.0.0.4\n'.repeat(10_001)}`))).toThrow(tooLarge)
})

test('random bytes bring failures of ours or a table, and nothing else', () => {
  let seed = 7
  const next = () => (seed = (seed * 1103515245 + 12345) % 2 ** 31)
  const outcomeOf = (file: Uint8Array) => {
    try {
      return Array.isArray(readTable(file).rows) ? 'table' : 'nothing'
    } catch (error) {
      return error instanceof Failure ? 'failure' : String(error)
    }
  }
  const outcomes = Array.from({ length: 300 }, () => {
    const noise = Uint8Array.from({ length: next() % 200 }, () => next() % 256)
    return outcomeOf(new Uint8Array([...bytes('name;host\n'), ...noise]))
  })
  expect(new Set(outcomes)).toEqual(new Set(['table', 'failure']))
})
