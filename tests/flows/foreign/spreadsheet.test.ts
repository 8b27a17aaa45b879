import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { apiBase } from '#shared/api.ts'
import { createCalendar } from '#shared/calendar.ts'
import { mostSheetRows } from '../../../src-main/history/sheet.ts'
import { bookPieces } from '../../../src-main/history/sheet-book.ts'
import { systemPython } from '../../../build/launch/foreign.mjs'
import { toBatch, type Quality } from '#shared/reading.ts'
import { startWorld } from '../world.ts'
import { folder, needPrograms } from './programs.ts'

needPrograms()

type Cell = [kind: string, value: string | number] | null
type Sheet = { name: string; frozen?: string; width?: number; format?: string; rows: Cell[][] }
type Told = { name: string; rows: string[][] }

function readBy<T>(path: string, delimiter = ';'): T[] {
  const script = join(import.meta.dirname, 'read-table.py')
  return JSON.parse(execFileSync(systemPython, [script, path, delimiter], { encoding: 'utf8', maxBuffer: 2 ** 28 })) as T[]
}

const hostile = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '\uFF1D1+1',
  `=cmd|' /C calc'!A0`,
  'a;=1+1',
  'a,=1+1',
  'a\t=1+1',
  'say "=1+1"',
  '<b>&amp;</b>',
  ']]>',
  'Wohnhaus Süd №7 \u{1F525}',
]

/** A Hearthgrid with a point for each hostile name, and values of all qualities at the repeated hour of a long day. */
async function stocked() {
  const world = await startWorld({ clock: () => Date.UTC(2026, 10, 1) })
  const gateway = await world.call('ingest.addGateway', { name: 'Router', zone: 'UTC' })
  const points = [{ key: 'flow', point: 'circuit1.flow', is: 'temperature' as const, scale: 1 }]
  const series: number[] = []
  for (const [i, name] of hostile.entries()) {
    const device = await world.call('ingest.map', { id: gateway.id, member: `house${i}`, name, points })
    series.push((await world.call('devices.get', { id: device.id })).points[0]?.series ?? 0)
  }
  const at = createCalendar(world.serving.host.timeZone).momentOf('2026-10-25T02:30')
  const rows: [number, number, number | null, Quality][] = [
    [series[0] ?? 0, at, -12.25, 'good'],
    [series[0] ?? 0, at + 3_600_000, 1e-7, 'substituted'],
    [series[1] ?? 0, at, null, 'fault'],
  ]
  await world.serving.host.workers.history.call.append(
    toBatch(rows.map(([one, moment, value, quality]) => ({ series: one, at: moment, value, quality }))),
  )
  const save = async (words: Record<string, string>) => {
    const url = new URL(`${world.serving.url}${apiBase}/history/export`)
    for (const one of series) url.searchParams.append('series', String(one))
    for (const [key, value] of Object.entries({ from: String(at), to: String(at + 7_200_000), ...words }))
      url.searchParams.append(key, value)
    const answer = await fetch(url, { headers: { authorization: `Bearer ${world.token}` } })
    expect(answer.status).toBe(200)
    const path = join(folder(), `file.${words['format'] ?? 'csv'}`)
    writeFileSync(path, Buffer.from(await answer.arrayBuffer()))
    return path
  }
  return { save }
}

test('another program reads the CSV with every delimiter; numbers stay numbers and no text is a formula', async () => {
  const { save } = await stocked()
  for (const [delimiter, sign] of [
    ['semicolon', ';'],
    ['comma', ','],
    ['tab', '\t'],
  ] as const) {
    for (const decimal of ['point', 'comma']) {
      const [{ rows } = { rows: [] }] = readBy<Told>(await save({ delimiter, decimal }), sign)
      expect([rows.length, ...new Set(rows.map((row) => row.length))]).toEqual([3, 2 + 2 * hostile.length])
      expect(rows[1]?.slice(2, 6)).toEqual([decimal === 'comma' ? '-12,25' : '-12.25', 'good', '', 'fault'])
      expect(Number(rows[2]?.[2]?.replace(',', '.'))).toBe(1e-7)
      const texts = [...(rows[0] ?? []), ...rows.slice(1).flatMap((row) => row.filter((_, i) => i % 2 === 1))]
      expect(texts.filter((text) => /^[\s"']*[=+\-@\uFF1D]/.test(text.replace(/^'/, '\0')))).toEqual([])
      // However a spreadsheet cuts the lines, no cell begins like a formula but the number.
      const cells = rows[0]?.flatMap((text) => text.split(/[;,\t]/)) ?? []
      expect(cells.filter((cell) => /^[\s"]*[=+\-@\uFF1D]/.test(cell))).toEqual([])
    }
  }
})

test('another program reads the XLSX: times as times, numbers as numbers, hostile names as the texts they are', async () => {
  const { save } = await stocked()
  const [sheet, ...more] = readBy<Sheet>(await save({ format: 'xlsx' }))
  expect([sheet?.name, sheet?.frozen, sheet?.format, more]).toEqual(['Readings', 'B2', 'yyyy\\-mm\\-dd\\ hh:mm:ss', []])
  const rows = sheet?.rows ?? []
  expect(rows.flat().filter((cell) => cell?.[0] === 'formula')).toEqual([])
  const heads = rows[0]?.filter((_, i) => i > 1 && i % 2 === 0).map((cell) => cell?.[1])
  expect(heads).toEqual(hostile.map((name) => `${name}, Circuit 1: Flow temperature [°C]`))
  expect(rows[1]?.slice(2, 6)).toEqual([['number', -12.25], ['text', 'good'], null, ['text', 'fault']])
  expect(rows[2]?.slice(2, 4)).toEqual([
    ['number', 1e-7],
    ['text', 'substituted'],
  ])
  expect(rows[1]?.[0]?.[0]).toBe('moment')
  expect(String(rows[1]?.[0]?.[1])).toMatch(/^2026-10-25 02:30:00$/)
})

test('rows beyond what a sheet holds stand in further sheets, each with its head', async () => {
  const at = Float64Array.from({ length: 25 }, (_, i) => Date.UTC(2026, 0, 1) + i * 1000)
  const rows = (async function* parts() {
    await Promise.resolve()
    for (const [from, to] of [
      [0, 7],
      [7, 25],
    ] as const)
      yield {
        at: at.slice(from, to),
        columns: [{ value: Float64Array.from(at.slice(from, to), (_, i) => from + i), state: new Uint8Array(to - from) }],
      }
  })()
  const heads = { time: (zone: string) => zone, offset: '', column: () => '', quality: '', state: () => 'good', sheet: 'Readings' }
  const shape = { titles: ['A'], heads, zone: 'UTC', offset: null, quality: false }
  const path = join(folder(), 'file.xlsx')
  const pieces: Uint8Array[] = []
  for await (const piece of bookPieces(rows, shape, Date.UTC(2026, 0, 1), 11)) pieces.push(piece)
  writeFileSync(path, Buffer.concat(pieces))
  const sheets = readBy<Sheet>(path)
  expect(sheets.map(({ name, rows: all }) => [name, all.length])).toEqual([
    ['Readings', 11],
    ['Readings 2', 11],
    ['Readings 3', 6],
  ])
  expect(sheets.flatMap(({ rows: all }) => all.slice(1).map((row) => row[1]?.[1]))).toEqual(Array.from({ length: 25 }, (_, i) => i))
  expect(new Set(sheets.map(({ rows: all }) => JSON.stringify(all[0])))).toEqual(new Set(['[["text","UTC"],["text","A"]]']))
  expect(mostSheetRows).toBe(2 ** 20)
})
