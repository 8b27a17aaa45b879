import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, watch } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { historyEngine } from '../../src-worker/history/engine.ts'
import { randomFrom, rounds, seed } from './chance.ts'
import { makeOldHistory } from './old-history.ts'
import { examine, numbered, seriesCount, unharmed } from './samples.ts'

// CHAOS_KILLS: how often the program is killed while it changes an old history (10).
const kills = rounds('CHAOS_KILLS', 10)
const batches = 130
const applied = 120
const every = new Set(Array.from({ length: batches }, (_, i) => i))

let root: string
let old: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'chaos-'))
  old = join(root, 'old')
  mkdirSync(old)
  await makeOldHistory(old, batches, applied)
})
afterAll(() => rm(root, { recursive: true }))

const open = async (folder: string) => {
  const store = historyEngine({ clock: () => Date.now(), onProgress: () => {} })
  await store.open({ folder, memoryMb: 128, threads: 2 })
  return store
}

/** Runs the program on a folder and kills it so many ms after it began to open it, or when it has sealed everything. Answers what it said. */
async function killed(folder: string, ms: number | 'sealed'): Promise<{ words: string[]; took: number }> {
  const said = join(root, 'said')
  await writeFile(said, '')
  const task = JSON.stringify({ folder, said })
  const child = spawn(process.execPath, [join(import.meta.dirname, 'open-history.ts'), task], { stdio: ['ignore', 'ignore', 'pipe'] })
  let errors = ''
  child.stderr.on('data', (text) => (errors += String(text)))
  const ended = new Promise<string | number | null>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)))
  const words = () => readFileSync(said, 'utf8').split('\n').filter(Boolean)
  const heard = (word: string) =>
    new Promise<void>((resolve) => {
      const watcher = watch(said, () => look())
      const look = () => {
        if (!words().includes(word)) return
        watcher.close()
        resolve()
      }
      look()
      void ended.then(() => watcher.close())
    })
  await Promise.race([heard('opening'), ended])
  const begun = performance.now()
  await Promise.race([ms === 'sealed' ? heard('sealed') : pause(ms), ended])
  child.kill('SIGKILL')
  const end = await ended
  if (end !== 'SIGKILL') throw new Error(`the program ended by itself with ${end}: ${errors}`)
  return { words: words(), took: performance.now() - begun }
}

/** What a folder holds: looked at, sealed, given one more batch, and looked at once more by the next opening when `twice`. */
async function look(folder: string, twice: boolean) {
  const first = await open(folder)
  const found = await examine(first, every, batches)
  await first.tidy({})
  const { hot, sealed, samples } = await first.status({})
  await first.append(numbered(batches))
  await first.close({})
  const months = new Set(sealed.map(({ month }) => month)).size
  if (!twice) return { found, again: unharmed, hot, samples, months, notice: null }
  const second = await open(folder)
  const { notice } = await second.status({})
  const again = await examine(second, new Set([...every, batches]), batches + 1)
  await second.close({})
  return { found, again, hot, samples, months, notice }
}

const whole = { found: unharmed, again: unharmed, hot: 0, samples: batches * seriesCount, months: 2, notice: null }

test(`a history of layout 1 is brought up to date and sealed, whenever that is cut off, ${kills} times (CHAOS_SEED=${seed})`, async () => {
  const random = randomFrom(seed)
  const undisturbed = join(root, 'undisturbed')
  cpSync(old, undisturbed, { recursive: true })
  const { took } = await killed(undisturbed, 'sealed')
  expect(await look(undisturbed, true)).toMatchObject(whole)
  const seen = { opening: 0, open: 0, sealed: 0 }
  for (let round = 0; round < kills; round++) {
    const folder = join(root, `round-${round}`)
    cpSync(old, folder, { recursive: true })
    // Every third folder is hit twice: the second program meets what the first one left half done.
    const moments = Array.from({ length: round % 3 === 2 ? 2 : 1 }, () => random(Math.ceil(took)))
    for (const ms of moments) {
      const { words } = await killed(folder, ms)
      const word = words.at(-1)
      if (word === 'opening' || word === 'open' || word === 'sealed') seen[word]++
    }
    expect({ ...(await look(folder, round % 2 === 0)), round, moments, seed }).toMatchObject({ ...whole, round, moments, seed })
    await rm(folder, { recursive: true })
  }
  console.log(`CHAOS_SEED=${seed}: sealed after ${Math.round(took)} ms; killed while opening, sealing, afterwards: ${JSON.stringify(seen)}`)
  expect(seen.opening + seen.open).toBeGreaterThan(0)
})

test.for(['closed', 'killed'] as const)('a history of a newer layout, as a %s program left it, is refused and not touched', async (how) => {
  const folder = join(root, `newer-${how}`)
  const source = how === 'closed' ? folder : join(root, 'newer-source')
  cpSync(old, source, { recursive: true })
  const instance = await DuckDBInstance.create(join(source, 'history.duckdb'))
  const connection = await instance.connect()
  await connection.run('CREATE TABLE later(a INTEGER)')
  await connection.run('INSERT INTO later VALUES (1)')
  await connection.run('UPDATE store SET layout = 3')
  // As a kill leaves it: the newest is in the log only.
  if (how === 'killed') cpSync(source, folder, { recursive: true })
  connection.closeSync()
  instance.closeSync()
  expect(existsSync(join(folder, 'history.duckdb.wal'))).toBe(how === 'killed')
  const before = bytesOf(folder)
  await expect(open(folder)).rejects.toMatchObject({ code: 'storage.failed', params: { reason: 'newer version' } })
  expect(bytesOf(folder)).toEqual(before)
  // A program that ends lets go of everything that it had opened.
  await expect(killed(folder, 'sealed')).rejects.toThrow('newer version')
  expect(bytesOf(folder)).toEqual(before)
})

function bytesOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name)).sort()
  return Object.fromEntries(paths.map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]))
}
