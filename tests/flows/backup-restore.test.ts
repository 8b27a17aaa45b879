import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { encodeIndex, listBackups, type Index } from '../../src-main/backups/index-file.ts'
import { serve, type Serving } from '../../src-main/serve.ts'
import { backedUp, from, store, storeOf } from './backup-world.ts'
import { caller, newFolder, quarterHour, startWorld } from './world.ts'

const program = fileURLToPath(new URL('../../src-main/server.ts', import.meta.url))

/** Runs the program's own command. */
function restore(backups: string, data: string): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, '--restore', backups, '--data', data], (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })
}

const range = { series: 7, from, to: from + 2000 * quarterHour, limit: 50_000 }
const readAll = async ({ host }: Pick<Serving, 'host'>) => await host.workers.history.call.readings(range)

let original: string
let stored: Awaited<ReturnType<typeof readAll>>
let hashes: Map<string, string>

/** A copy of the backups, to be harmed. */
function copyOfBackups(): string {
  const copy = newFolder()
  cpSync(original, copy, { recursive: true })
  return copy
}

async function indexOf(backups: string): Promise<{ index: Index; path: string }> {
  const [index] = (await listBackups(storeOf(backups))).indexes
  if (!index) throw new Error('there is no backup')
  return { index, path: join(storeOf(backups), `backup-${index.id}.json`) }
}

beforeAll(async () => {
  original = newFolder()
  const serving = await serve({ dataFolder: newFolder(), desktop: false, clock: Date.now })
  const { host } = serving
  mkdirSync(join(host.dataFolder, 'opcua'), { recursive: true })
  writeFileSync(join(host.dataFolder, 'opcua', 'trusted.json'), '[]\n')
  mkdirSync(join(host.dataFolder, 'profiles', 'acme', 'parts'), { recursive: true })
  writeFileSync(join(host.dataFolder, 'profiles', 'acme', 'parts', 'über ä.json'), '{}')
  const token = await serving.apiToken()
  const world = { serving, token, stop: serving.stop, call: caller(serving, token) }
  await world.call('backups.configure', { folder: original, at: '02:30', kept: { daily: 7, weekly: 4, monthly: 12 } })
  await store(serving, 0, 400)
  await host.workers.history.call.tidy({})
  await store(serving, 400, 100)
  const { run } = await backedUp(world)
  if (run?.state !== 'done') throw new Error(`the backup is ${run?.state}`)
  stored = await readAll(serving)
  await serving.stop()
  const { index } = await indexOf(original)
  hashes = new Map(index.files.map(({ path, sha256 }) => [path, sha256]))
}, 60_000)

test('a restored data folder is equal file by file, and the program goes on with it', async () => {
  const data = join(newFolder(), 'restored')
  const { code, out } = await restore(original, data)
  expect(out).toContain('holds 20000 samples')
  expect(code).toBe(0)
  expect([...hashes.keys()]).toEqual(expect.arrayContaining(['config.sqlite', 'opcua/trusted.json', 'profiles/acme/parts/über ä.json']))
  for (const [path, sha256] of hashes) {
    // A plain segment of the journal is packed as soon as a store opens it; the readings below prove what is in it.
    if (path.endsWith('.log')) continue
    const found = createHash('sha256')
      .update(readFileSync(join(data, path)))
      .digest('hex')
    expect([path, found]).toEqual([path, sha256])
  }
  expect(readdirSync(join(data, '..'))).toEqual(['restored'])
  const world = await startWorld({ folder: data })
  expect(await readAll(world.serving)).toEqual(stored)
  expect((await world.call('backups.status', {})).settings.folder).toBe(original)
  await store(world.serving, 500, 1)
  expect((await world.call('history.status', {})).samples).toBe(20_040)
})

test('a data folder that holds anything is left alone', async () => {
  const data = newFolder()
  writeFileSync(join(data, 'precious'), 'yes')
  const { code, err } = await restore(original, data)
  expect(code).toBe(1)
  expect(err).toContain('is not empty (precious')
  expect(readdirSync(data)).toEqual(['precious'])
})

const harms: [what: string, harm: (backups: string, index: Index, path: string) => void, says: RegExp][] = [
  ...['config.sqlite', 'history/sealed/', 'history/journal/'].map((kind): (typeof harms)[number] => [
    `one bit of ${kind} flipped`,
    (backups, index) => {
      const file = index.files.find(({ path }) => path.startsWith(kind))
      if (!file) throw new Error(`nothing below ${kind}`)
      const path = join(storeOf(backups), 'files', file.sha256)
      const bytes = readFileSync(path)
      const middle = bytes.length >> 1
      bytes[middle] = (bytes[middle] ?? 0) ^ 4
      writeFileSync(path, bytes)
    },
    /has changed/,
  ]),
  [
    'a file that is too short',
    (backups, index) => truncateSync(join(storeOf(backups), 'files', index.files[0]?.sha256 ?? ''), 10),
    /too short/,
  ],
  ['a file that is missing', (backups, index) => rmSync(join(storeOf(backups), 'files', index.files[0]?.sha256 ?? '')), /missing/],
  [
    'one digit of the index changed',
    (_backups, _index, path) => writeFileSync(path, readFileSync(path, 'utf8').replace('"samples": 20000', '"samples": 20001')),
    /its own hash does not fit/,
  ],
  ['an index cut short', (_backups, _index, path) => truncateSync(path, 200), /cannot be read/],
  [
    'a backup of a later program',
    (_backups, index, path) => writeFileSync(path, encodeIndex({ ...index, version: '99.0.0', configLayout: 9999 })),
    /99\.0\.0, which is newer/,
  ],
  [
    'a backup whose layout is later',
    (_backups, index, path) => writeFileSync(path, encodeIndex({ ...index, version: '99.0.0', layout: 2 as 1 })),
    /99\.0\.0, which is newer/,
  ],
  [
    'an index of something else',
    (_backups, _index, path) => writeFileSync(path, '{"format":"Other backup"}'),
    /no index of a Hearthgrid backup/,
  ],
  [
    'a path that leads out of the data folder',
    (_backups, index, path) =>
      writeFileSync(path, encodeIndex({ ...index, files: index.files.map((file) => ({ ...file, path: 'history/../../escaped' })) })),
    /cannot be used/,
  ],
]

test.each(harms)('%s is refused, and no data folder appears', async (_what, harm, says) => {
  const backups = copyOfBackups()
  const { index, path } = await indexOf(backups)
  harm(backups, index, path)
  const place = newFolder()
  const { code, err } = await restore(backups, join(place, 'data'))
  expect(err).toMatch(says)
  expect(code).toBe(1)
  expect(readdirSync(place)).toEqual([])
})

test('a folder without backups is refused', async () => {
  const { code, err } = await restore(newFolder(), join(newFolder(), 'data'))
  expect([code, err]).toEqual([1, expect.stringContaining('There is no Hearthgrid backup')])
})

test('a restore that was killed leaves no data folder, and the next one succeeds', async () => {
  const data = join(newFolder(), 'data')
  for (const heard of ['Restoring', 'Every file']) {
    const child = spawn(process.execPath, [program, '--restore', original, '--data', data], { stdio: ['ignore', 'pipe', 'ignore'] })
    await new Promise((resolve) => {
      child.once('exit', resolve)
      child.stdout.on('data', (text: Buffer) => text.toString().includes(heard) && child.kill('SIGKILL'))
    })
    expect(child.signalCode).toBe('SIGKILL')
    expect(existsSync(data)).toBe(false)
  }
  expect((await restore(original, data)).code).toBe(0)
  expect(readdirSync(join(data, '..'))).toEqual(['data'])
})
