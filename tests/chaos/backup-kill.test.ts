import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listBackups, type Index } from '../../src-main/backups/index-file.ts'
import { restore } from '../../src-main/backups/restore.ts'
import { findLayout } from '../../src-main/layout.ts'
import type { Log } from '../../src-main/log.ts'
import { historyEngine } from '../../src-worker/history/engine.ts'
import { Acks, readAcks } from './acks.ts'
import type { BackupTask } from './backup-process.ts'
import { randomFrom, rounds, seed } from './chance.ts'
import { killedAfter, linesOf } from './said.ts'
import { examine, seriesCount, unharmed } from './samples.ts'

// CHAOS_KILLS: how often a program is killed while it makes backups, and while it restores one (8).
const kills = rounds('CHAOS_KILLS', 8)
const program = fileURLToPath(new URL('../../src-main/server.ts', import.meta.url))
const layout = findLayout(new URL('../../src-main/serve.ts', import.meta.url).href)
const silent = () => undefined
const log: Log = { error: silent, warn: silent, info: silent, debug: silent, for: () => log }

let root: string
let said: string
let data: string
let backups: string
/** How long one undisturbed backup takes here. */
let backupMs: number

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'chaos-'))
  said = join(root, 'said')
  data = join(root, 'data')
  backups = join(root, 'backups')
  await mkdir(backups)
  const lines = await live(0, 'done', 0)
  if (lines[0] !== 'left ') throw new Error(`a new folder has something left over: ${lines[0]}`)
  backupMs = Number(lines.findLast((line) => line.startsWith('done '))?.split(' ')[1])
})
afterAll(() => rm(root, { recursive: true }))

/** One life of the program, killed so many ms after it began a backup, or when it had made one. */
async function live(day: number, after: 'backing' | 'done', ms: number): Promise<string[]> {
  const task: BackupTask = { folder: data, backups, acks: said, next: readAcks(said).given, day, once: after === 'done' }
  return await killedAfter([join(import.meta.dirname, 'backup-process.ts'), JSON.stringify(task)], said, { after, ms })
}

const storeFolder = () => join(backups, readdirSync(backups).find((name) => name.startsWith('Hearthgrid-')) ?? '')

/** The backups that are listed, each with all its files as its index says. */
async function wholeBackups(): Promise<Index[]> {
  const { indexes, bad } = await listBackups(storeFolder())
  expect(bad).toEqual([])
  const hashes = new Map<string, number>()
  for (const { sha256, bytes } of indexes.flatMap(({ files }) => files)) hashes.set(sha256, bytes)
  for (const [sha256, bytes] of hashes) {
    const content = readFileSync(join(storeFolder(), 'files', sha256))
    expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([bytes, sha256])
  }
  return indexes
}

const restoredFolder = ({ id }: Index) => join(root, `restored-${id}`)

/** Restores one backup, which compares it with its index; it must hold what had been acknowledged before it began. */
async function restored(index: Index): Promise<void> {
  const dataFolder = restoredFolder(index)
  const from = join(storeFolder(), `backup-${index.id}.json`)
  await restore({ from, dataFolder, layout, log, clock: () => Date.now(), say: silent })
  const acks = new Acks()
  const lines = linesOf(said)
  const run = lines.lastIndexOf(`run ${index.id}`)
  expect(run).toBeGreaterThan(0)
  acks.hear(lines.slice(0, lines.lastIndexOf('backing', run)).join('\n'))
  const { id, samples } = index
  expect({ id, ok: index.test.ok, more: samples >= acks.batches.size * seriesCount }).toEqual({ id, ok: true, more: true })
}

async function look(folder: string, acknowledged: ReadonlySet<number>) {
  const store = historyEngine({ clock: () => Date.now(), onProgress: silent })
  await store.open({ folder: join(folder, 'history'), memoryMb: 128, threads: 2 })
  const { samples, last } = await store.status({})
  const found = await examine(store, acknowledged, readAcks(said).given)
  await store.close({})
  return { ...found, samples, last }
}

test(`a backup that is listed is whole, and nothing is lost, however backups are cut off, ${kills} times (CHAOS_SEED=${seed})`, async () => {
  const random = randomFrom(seed)
  const found: string[] = []
  for (let round = 1; round <= kills; round++) {
    const ms = random(Math.ceil(backupMs * 1.3))
    const lines = await live(round, 'backing', ms)
    expect({ left: lines[0], round, ms, seed }).toEqual({ left: 'left ', round, ms, seed })
    expect(lines.filter((line) => line.startsWith('failed'))).toEqual([])
    found.push((lines[1] ?? '').replace('found ', ''))
    await wholeBackups()
  }
  // A moment that kills seldom meet.
  writeFileSync(join(storeFolder(), 'backup-20200101T000000Z.json.new'), '{')
  // An undisturbed one afterwards clears away what the others have left.
  const lines = await live(kills + 1, 'done', 0)
  expect(lines[0]).toBe('left ')
  const indexes = await wholeBackups()
  for (const index of indexes) await restored(index)
  const [newest] = indexes
  if (!newest) throw new Error('there is no backup')
  expect(await look(restoredFolder(newest), new Set())).toMatchObject({ ...unharmed, samples: newest.samples, last: newest.last })
  const { lost, ...rest } = await look(data, readAcks(said).batches)
  expect({ lost, ...rest }).toMatchObject(unharmed)
  const names = indexes.map(({ id }) => `backup-${id}.json`)
  expect(readdirSync(storeFolder()).toSorted()).toEqual([...names, 'files'].toSorted())
  const named = new Set(indexes.flatMap(({ files }) => files.map(({ sha256 }) => sha256)))
  expect(new Set(readdirSync(join(storeFolder(), 'files')))).toEqual(named)
  console.log(
    `CHAOS_SEED=${seed}: a backup within ${Math.round(backupMs)} ms, ${indexes.length} of ${kills + 2} lives left one, starts found ${found.join(', ')}`,
  )
})

test(`a restore that is killed leaves no data folder or a whole one, ${kills} times (CHAOS_SEED=${seed})`, async () => {
  const random = randomFrom(seed + 1)
  const place = join(root, 'place')
  await mkdir(place)
  const target = join(place, 'data')
  const [index] = await wholeBackups()
  const { took } = await runRestore(target, 'never')
  await rm(target, { recursive: true })
  const expected = { ...unharmed, samples: index?.samples, last: index?.last }
  let whole = 0
  for (let round = 0; round < kills; round++) {
    const ms = random(Math.ceil(took * 1.1))
    await runRestore(target, ms)
    const left = existsSync(target) ? await look(target, new Set()) : null
    expect(left ?? expected).toMatchObject(expected)
    whole += left ? 1 : 0
    await rm(target, { recursive: true, force: true })
  }
  expect((await runRestore(target, 'never')).code).toBe(0)
  expect(await look(target, new Set())).toMatchObject(expected)
  expect(readdirSync(place)).toEqual(['data'])
  console.log(`CHAOS_SEED=${seed}: a restore takes ${Math.round(took)} ms after its first word, ${whole} of ${kills} were whole`)
})

/** Runs the program's own command and kills it so many ms after its first word. */
async function runRestore(target: string, ms: number | 'never'): Promise<{ code: number | null; took: number }> {
  const child = spawn(process.execPath, [program, '--restore', backups, '--data', target], { stdio: ['ignore', 'pipe', 'pipe'] })
  let errors = ''
  child.stderr.on('data', (text) => (errors += String(text)))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended])
  const begun = performance.now()
  if (ms !== 'never') {
    await Promise.race([pause(ms), ended])
    child.kill('SIGKILL')
  }
  await ended
  if (child.signalCode !== 'SIGKILL' && child.exitCode !== 0) throw new Error(`the restore ended with ${child.exitCode}: ${errors}`)
  return { code: child.exitCode, took: performance.now() - begun }
}
