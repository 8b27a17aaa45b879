import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadShelf } from '../devices/load.ts'
import { cellsOf, columns, emptyCells, readCells, type Cells } from './cells.ts'
import { readCsv, writeCsv } from './csv.ts'
import { expand } from './expand.ts'

const folder = join(import.meta.dirname, '../../resources/profiles')
const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.json') && !path.startsWith('mbus'),
)
const shelf = loadShelf(
  new Map(paths.map((path) => [path.replaceAll('\\', '/'), JSON.parse(readFileSync(join(folder, path), 'utf8')) as unknown])),
)
const registers = [...shelf.documents]
const row = (cells: Partial<Cells>): Cells => ({ ...emptyCells, id: 'outdoor', number: '10201', role: 'measure', ...cells })

describe('a table of points', () => {
  test.each(registers)('%s goes into rows and into CSV and comes back the same', (_, document) => {
    const points = Object.entries(expand(document, shelf.parts).points ?? {})
    const rows = points.map(([id, point]) => cellsOf(id, point))
    const read = readCsv(writeCsv(rows))
    expect(read.faults).toEqual([])
    expect(read.rows.map(({ cells }) => cells)).toEqual(rows)
    expect(read.rows.map(({ cells }) => [cells.id, readCells(cells).point])).toEqual(points)
  })

  test.each<[string, Partial<Cells>, object[]]>([
    [
      'nothing',
      { id: '', number: '', role: '' },
      [
        { column: 'id', fault: 'missing' },
        { column: 'number', fault: 'missing' },
        { column: 'role', fault: 'missing' },
      ],
    ],
    ['a word for a number', { scale: 'tenth' }, [{ column: 'scale', fault: 'number' }]],
    ['signs between thousands', { number: '10.201' }, [{ column: 'number', fault: 'whole' }]],
    ['a type that is none', { type: 'int12' }, [{ column: 'type', fault: 'choice' }]],
    ['an id with a space', { id: 'out door' }, [{ column: 'id', fault: 'name' }]],
    ['a bit beyond the word', { bit: '16' }, [{ column: 'bit', fault: 'range' }]],
    ['a scale of nothing', { scale: '0' }, [{ column: 'scale', fault: 'range', told: 'must not be 0' }]],
    [
      'half a range',
      { min: '5' },
      [
        { column: 'max', fault: 'missing' },
        { column: 'level', fault: 'missing' },
      ],
    ],
    ['names without numbers', { values: 'off|on' }, [{ column: 'values', fault: 'pairs' }]],
    ['one value with two names', { values: '0=off|0=on' }, [{ column: 'values', fault: 'pairs' }]],
    ['faults that are none', { faults: '19200|x' }, [{ column: 'faults', fault: 'list' }]],
    ['a coil half said', { min: '0', max: '1', level: 'basic', claim: '91:2:1' }, [{ column: 'claim', fault: 'claim' }]],
    ['a tick that is none', { unverified: 'perhaps' }, [{ column: 'unverified', fault: 'flag' }]],
  ])('with %s says so at its cell', (_, cells, faults) => {
    expect(readCells(row(cells)).faults).toMatchObject(faults)
  })

  test('takes decimals with a comma, and words in any case', () => {
    expect(readCells(row({ scale: '0,01', area: 'HOLDING', values: '0=off | 1=on' })).point).toEqual({
      at: 10201,
      area: 'holding',
      scale: 0.01,
      role: 'measure',
      values: { 0: 'off', 1: 'on' },
    })
  })
})

describe('a CSV file', () => {
  test.each([
    ['commas', 'id,number,role\noutdoor,1,measure\n'],
    ['semicolons and line ends of Windows', 'id;number;role\r\noutdoor;1;measure\r\n'],
    ['tabs, no last line end, an empty line', 'role\tid\tnumber\n\nmeasure\toutdoor\t1'],
    ['quotes and a mark of its encoding', '\uFEFF"ID";"Number";"Role"\n"outdoor";"1";"measure"'],
  ])('with %s is read', (_, text) => {
    expect(readCsv(text)).toEqual({ faults: [], rows: [{ line: expect.any(Number) as number, cells: row({ number: '1' }) }] })
  })

  test('names the line of each row, also after cells with line ends', () => {
    const { rows } = readCsv('id;number;role;title\na;1;measure;"two\nlines"\n\nb;2;measure;x\n')
    expect(rows.map(({ line, cells }) => [line, cells.id, cells.title])).toEqual([
      [2, 'a', 'two\nlines'],
      [5, 'b', 'x'],
    ])
  })

  test('says which columns are missing, unknown or there twice', () => {
    expect(readCsv('id;wrong;id\na;b;c').faults).toEqual([
      { line: 1, column: 'wrong', fault: 'column' },
      { line: 1, column: 'id', fault: 'twice' },
      { line: 1, column: 'number', fault: 'missing' },
      { line: 1, column: 'role', fault: 'missing' },
    ])
    expect(readCsv('').faults).toEqual([{ line: 1, column: 'id', fault: 'missing' }])
  })

  test('never holds what a spreadsheet would run, and gives it back as it was', () => {
    const titles = ['=1+1', '+cmd', '@x', '-x', "'quoted", '-5', 'a "b"; c', ' space ']
    const text = writeCsv(titles.map((title) => row({ title })))
    for (const line of text.split('\r\n').slice(1)) for (const cell of line.split(';')) expect(cell).not.toMatch(/^"?([=+@]|-\D)/)
    expect(readCsv(text).rows.map(({ cells }) => cells.title)).toEqual(titles.map((title) => title.trim()))
  })

  test('with too many rows or letters is refused without being read', () => {
    const many = `id;number;role\n${'a;1;measure\n'.repeat(5001)}`
    expect(readCsv(many).faults).toEqual([{ line: 5002, column: '', fault: 'range' }])
    expect(readCsv(' '.repeat(4_000_001)).faults).toHaveLength(1)
  })

  test('of noise gives faults and never an exception', () => {
    const signs = ['"', ';', '\n', '\r', ',', 'a', '=', '\u0000', '\t', "'", '|']
    for (let i = 0; i < 5000; i++) {
      const text = Array.from({ length: 40 }, (_, j) => signs[(i * 7 + j * j * 13 + (i >> 4) * j) % signs.length]).join('')
      const { rows } = readCsv(`id;number;role\n${text}`)
      for (const { cells } of rows) expect(readCells(cells).faults.every(({ column }) => columns.includes(column))).toBe(true)
    }
  })
})
