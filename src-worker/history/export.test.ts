import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { parquetReadObjects } from 'hyparquet'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { qualities, toBatch, type Quality } from '#shared/reading.ts'
import type { ExportFormat } from '#shared/backups/contract.ts'
import { exporter } from './export.ts'

const start = Date.UTC(2026, 9, 25, 0, 30)
const awkward = [-0, 0.1, 5e-324, 1.7976931348623157e308, 1 / 3, 71.45, -273.15, 2 ** 53]

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

const points = [
  {
    series: 1,
    device: 'a',
    name: 'Søndergade 1; "nord"',
    point: 'circuit1.flow',
    title: 'Flow',
    quantity: 'temperature',
    unit: '°C',
    role: 'measure',
  },
  { series: 2, device: 'b', name: '=HYPERLINK("x")', point: 'energy', title: '', quantity: 'energy', unit: 'kWh', role: 'measure' },
]
const devices = [
  { device: 'a', name: 'Søndergade 1; "nord"', place: '-1+2', profile: 'p', serial: '7', addedAt: start, removedAt: null },
  { device: 'b', name: '=HYPERLINK("x")', place: '', profile: 'p', serial: '', addedAt: start + 1000, removedAt: start + 60_000 },
]
const rows = [
  ...awkward.map((value, i) => ({ series: 1, at: start + i * 900_000, value, quality: 'good' as Quality })),
  ...qualities.map((quality, i) => ({ series: 2, at: start + i * 1000, value: i === 1 ? null : i, quality })),
  { series: 9, at: start, value: 3, quality: 'good' as const },
]

async function exported(format: ExportFormat) {
  const one = exporter()
  const lists = await one.beginExport({ folder, memoryMb: 128, format, points, devices })
  await one.addSamples(toBatch(rows.slice(0, 5)))
  await one.addSamples(toBatch(rows.slice(5)))
  const file = await one.writeSamples({ name: 'readings-2026-10' })
  await one.addSamples(toBatch(rows.slice(0, 1)))
  const next = await one.writeSamples({ name: 'readings-2026-11' })
  await one.endExport({})
  return [...lists, file, next]
}

async function parquet(name: string): Promise<Record<string, unknown>[]> {
  const bytes = await readFile(join(folder, name))
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
  return await parquetReadObjects({ file, compressors: { ZSTD: (input) => zstdDecompressSync(input) } })
}

test('another program reads from Parquet exactly the samples that went in, with their times in UTC and their qualities as words', async () => {
  const files = await exported('parquet')
  expect(files.map(({ name, rows: count }) => [name, count])).toEqual([
    ['devices.parquet', 2],
    ['points.parquet', 2],
    ['readings-2026-10.parquet', rows.length],
    ['readings-2026-11.parquet', 1],
  ])
  const read = await parquet('readings-2026-10.parquet')
  expect(read.map(({ series, time, value, quality }) => [series, (time as Date).getTime(), value ?? null, quality])).toEqual(
    rows.map(({ series, at, value, quality }) => [series, at, value, quality]),
  )
  expect(Object.is(read[0]?.['value'], -0)).toBe(true)
  expect(read[0]).toMatchObject({ device: 'a', device_name: 'Søndergade 1; "nord"', point: 'circuit1.flow', unit: '°C' })
  expect(read.at(-1)).toMatchObject({ series: 9, value: 3 })
  expect(read.at(-1)?.['device'] ?? null).toBeNull()
  expect((await parquet('devices.parquet')).map(({ device_name, added, removed }) => [device_name, added, removed ?? null])).toEqual([
    ['Søndergade 1; "nord"', new Date(start), null],
    ['=HYPERLINK("x")', new Date(start + 1000), new Date(start + 60_000)],
  ])
})

test('CSV says the same in words, and no cell can pass for a formula', async () => {
  await exported('csv.gz')
  const lines = gunzipSync(await readFile(join(folder, 'readings-2026-10.csv.gz')))
    .toString('utf8')
    .trimEnd()
    .split('\n')
  expect(lines[0]).toBe('series,device,device_name,point,time,value,unit,quality')
  expect(lines[2]).toBe('1,a,"Søndergade 1; ""nord""",circuit1.flow,2026-10-25T00:45:00Z,0.1,°C,good')
  expect(lines[awkward.length + 1]).toBe(`2,b,"'=HYPERLINK(""x"")",energy,2026-10-25T00:30:00Z,0.0,kWh,good`)
  expect(lines[awkward.length + 2]).toBe(`2,b,"'=HYPERLINK(""x"")",energy,2026-10-25T00:30:01Z,,kWh,fault`)
  expect(lines.slice(1, awkward.length + 1).map((line) => Number(line.split(',').at(-3)))).toEqual(awkward)
  const list = gunzipSync(await readFile(join(folder, 'devices.csv.gz'))).toString('utf8')
  expect(list).toContain(`'-1+2`)
})

test('nothing but the files stays, and the same data make the same bytes', async () => {
  await exported('parquet')
  expect((await readdir(folder)).toSorted()).toEqual([
    'devices.parquet',
    'points.parquet',
    'readings-2026-10.parquet',
    'readings-2026-11.parquet',
  ])
  const first = await readFile(join(folder, 'readings-2026-10.parquet'))
  await exported('parquet')
  expect((await readFile(join(folder, 'readings-2026-10.parquet'))).equals(first)).toBe(true)
})
