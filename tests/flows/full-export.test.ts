import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { parquetReadObjects } from 'hyparquet'
import { expect, test } from 'vitest'
import { apiBase } from '#shared/api.ts'
import type { ExportFormat } from '#shared/backups/contract.ts'
import type { LiveEvent } from '#shared/live.ts'
import { toBatch } from '#shared/reading.ts'
import { from, store, type World } from './backup-world.ts'
import { eventually, listen, quarterHour, startControllers, startWorld } from './world.ts'

async function exported(world: Pick<World, 'call'>, format: ExportFormat) {
  await world.call('backups.startExport', { format })
  const { run, exports } = await eventually(
    () => world.call('backups.exports', {}),
    (answer) => answer.run?.state !== 'running',
  )
  expect(run).toMatchObject({ state: 'done', failure: null })
  const [newest] = exports
  if (!newest) throw new Error('there is no export')
  return newest
}

async function download({ serving, token }: Pick<World, 'serving' | 'token'>, id: string, name: string) {
  return await fetch(`${serving.url}${apiBase}/exports/${id}/files/${name}`, { headers: { authorization: `Bearer ${token}` } })
}

test('everything stored comes out as Parquet, month by month, as another program reads it, sealed or not', async () => {
  const world = await startWorld()
  await store(world.serving, 0, 150)
  await world.serving.host.workers.history.call.tidy({})
  await store(world.serving, 150, 50)
  const made = await exported(world, 'parquet')
  expect(made.rows).toBe(8000)
  expect(made.files.map(({ name }) => name)).toEqual([
    'devices.parquet',
    'points.parquet',
    'readings-2026-09.parquet',
    'readings-2026-10.parquet',
  ])
  const rows: Record<string, unknown>[] = []
  for (const { name, bytes } of made.files.slice(2)) {
    const answer = await download(world, made.id, name)
    expect(answer.headers.get('content-disposition')).toContain(`filename="${name}"`)
    const file = await answer.arrayBuffer()
    expect(file.byteLength).toBe(bytes)
    rows.push(...(await parquetReadObjects({ file, compressors: { ZSTD: (input) => zstdDecompressSync(input) } })))
  }
  const key = (series: unknown, at: number, value: unknown) => `${String(series)} ${at} ${String(value)}`
  const wanted = Array.from({ length: 8000 }, (_, i) => {
    const round = Math.floor(i / 40)
    return key(1 + (i % 40), from + round * quarterHour, round + (i % 40) / 7)
  })
  expect(rows.map(({ series, time, value }) => key(series, (time as Date).getTime(), value)).toSorted()).toEqual(wanted.toSorted())
  expect(new Set(rows.map(({ quality }) => quality))).toEqual(new Set(['good']))
})

test('devices and points stand by name in the files, also those that were removed', async () => {
  const { ports } = await startControllers()
  const world = await startWorld()
  const { id } = await world.call('devices.add', { name: '=Nord', place: 'Søndergade 1', host: '127.0.0.1', port: ports[0] ?? 0, unit: 1 })
  const { points } = await world.call('devices.get', { id })
  const flow = points.find((point) => point.id === 'circuit1.flow')
  if (!flow) throw new Error('no flow temperature')
  await world.serving.host.workers.history.call.append(toBatch([{ series: flow.series, at: from, value: 71.45, quality: 'good' }]))
  await world.call('devices.remove', { id })
  const made = await exported(world, 'csv.gz')
  const text = async (name: string) => gunzipSync(Buffer.from(await (await download(world, made.id, name)).arrayBuffer())).toString('utf8')
  const [head, ...lines] = (await text('readings-2026-09.csv.gz')).trimEnd().split('\n')
  expect(head).toBe('series,device,device_name,point,time,value,unit,quality')
  expect(lines).toContain(`${flow.series},${id},'=Nord,circuit1.flow,2026-09-30T12:00:00Z,71.45,°C,good`)
  expect(await text('devices.csv.gz')).toMatch(new RegExp(`^${id},'=Nord,Søndergade 1,danfoss/ecl310-a266.1,\\d+,[^,]+Z,[^,]+Z$`, 'm'))
  expect(await text('points.csv.gz')).toContain(`${flow.series},${id},'=Nord,circuit1.flow,`)
})

test('an export can be cancelled, and nothing of it stays', async () => {
  const world = await startWorld()
  await store(world.serving, 0, 20)
  const socket = await listen(world.serving, world.token)
  await world.call('backups.startExport', { format: 'csv' })
  await expect(world.call('backups.startExport', { format: 'csv' })).rejects.toMatchObject({ code: 'busy' })
  await world.call('backups.cancelExport', {})
  const isEnd = (event: LiveEvent): event is Extract<LiveEvent, { event: 'jobs' }> =>
    event.event === 'jobs' && event.job === 'history.export' && event.state !== 'running'
  const said = await socket.until(isEnd)
  expect(said).toMatchObject({ state: 'cancelled' })
  expect((await world.call('backups.exports', {})).exports).toEqual([])
  expect(readdirSync(join(world.serving.host.dataFolder, 'exports'))).toEqual([])
})

test('an export is removed with its files, and no other file can be asked for', async () => {
  const world = await startWorld()
  await store(world.serving, 0, 4)
  const { id } = await exported(world, 'csv')
  for (const name of ['export.json', '..%2F..%2Fconfig.sqlite', 'config.sqlite', 'readings-1999-01.csv'])
    expect([name, (await download(world, id, name)).status]).not.toEqual([name, 200])
  for (const other of ['..', '%2e%2e', '..%2Fhistory', 'no-such'])
    expect([other, (await download(world, other, 'points.csv')).status]).not.toEqual([other, 200])
  const anonymous = await fetch(`${world.serving.url}${apiBase}/exports/${id}/files/points.csv`)
  expect(anonymous.status).toBe(401)
  await world.call('backups.removeExport', { id })
  expect(existsSync(join(world.serving.host.dataFolder, 'exports', id))).toBe(false)
  await expect(world.call('backups.removeExport', { id })).rejects.toMatchObject({ code: 'notFound' })
})
