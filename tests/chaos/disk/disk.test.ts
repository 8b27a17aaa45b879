import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordWork, recorded } from '../images.ts'
import { randomFrom } from '../chance.ts'
import { WriteBackCache, type Cut } from './cache.ts'
import { Shim } from './control.ts'
import type { Change, Outcome } from './record.ts'

let place: string
beforeEach(async () => {
  place = await realpath(await mkdtemp(join(tmpdir(), 'chaos-')))
})
afterEach(() => rm(place, { recursive: true }))

describe('the record of what a program changes', () => {
  it('misses nothing of journal, DuckDB and SQLite: repeated, it makes the same files', async () => {
    const { root, changes } = await recordWork(join(place, 'work'), { batches: 120 }, { seed: 1 })
    const cache = new WriteBackCache(root)
    for (const change of changes) cache.repeat(change)
    const image = join(place, 'image')
    cache.cut(image, 'kill', () => 0, /nothing is left out/)
    expect(execFileSync('diff', ['-r', root, image]).toString()).toBe('')
    const files = (await readdir(image, { recursive: true })).join(' ')
    for (const name of ['config.sqlite', 'history.duckdb', '.zst', 'latest']) expect(files).toContain(name)
    const synced = changes.filter(({ op }) => op === 'syncEnded').map(({ path }) => path)
    for (const name of [/config\.sqlite-wal$/, /history\.duckdb(\.wal)?$/, /\.log$/, /journal$/])
      expect(synced.some((path) => name.test(path))).toBe(true)
  })
})

describe('a write-back cache', () => {
  const root = '/folder'
  const after = (changes: Change[], kind: Cut, chance: number) => {
    const cache = new WriteBackCache(root)
    for (const change of changes) cache.repeat(change)
    const image = join(place, `${kind}-${chance}`)
    cache.cut(image, kind, randomFrom(chance), /nothing is left out/)
    return image
  }
  const created: Change = { op: 'created', path: `${root}/a` }
  const written = (text: string, at = 0): Change => ({ op: 'written', path: `${root}/a`, at, data: Buffer.from(text) })
  const synced = (path: string, outcome: Outcome = 'done'): Change[] => [
    { op: 'syncBegan', path, thread: 1 },
    { op: 'syncEnded', path, thread: 1, outcome },
  ]
  const contents = async (changes: Change[], kind: Cut) => {
    const seen = new Set<string>()
    for (let chance = 1; chance <= 40; chance++) {
      const image = after(changes, kind, chance * 7919)
      seen.add((await readdir(image)).includes('a') ? readFileSync(join(image, 'a'), 'latin1').replaceAll('\0', '.') : 'none')
    }
    return seen
  }

  it('keeps what was synced, name and bytes, whatever the cut', async () => {
    for (const kind of ['kill', 'prefix', 'lossy', 'torn'] as const) {
      expect(await contents([created, written('sure'), ...synced(`${root}/a`), ...synced(root)], kind)).toEqual(new Set(['sure']))
    }
  })

  it('may lose a name whose folder was not synced, and bytes that were not', async () => {
    expect(await contents([created, written('sure'), ...synced(`${root}/a`)], 'prefix')).toEqual(new Set(['none', 'sure']))
    expect(await contents([created, ...synced(root), written('one'), written('two', 3)], 'prefix')).toEqual(new Set(['', 'one', 'onetwo']))
  })

  it('may lose the earlier of two pages and keep the later one', async () => {
    const pages = [written('a'.repeat(4096)), written('b'.repeat(4096), 4096)]
    const seen = await contents([created, ...synced(root), ...pages], 'lossy')
    expect(seen).toEqual(new Set(['', 'a'.repeat(4096), '.'.repeat(4096) + 'b'.repeat(4096), 'a'.repeat(4096) + 'b'.repeat(4096)]))
  })

  it('may keep the beginning of a page only', async () => {
    const changes = [created, written('o'.repeat(4096)), ...synced(`${root}/a`), ...synced(root), written('n'.repeat(4096))]
    const seen = [...(await contents(changes, 'torn'))]
    expect(seen.filter((text) => text.includes('n') && text.includes('o')).length).toBeGreaterThan(2)
    expect(seen.every((text) => /^n*o*$/.test(text) && text.length === 4096)).toBe(true)
  })

  it('never writes what a sync failed to write, unless it is written again', async () => {
    const failed = [created, ...synced(root), written('lost'), ...synced(`${root}/a`, 'failed')]
    expect(await contents([...failed, ...synced(`${root}/a`)], 'prefix')).toEqual(new Set(['']))
    expect(await contents([...failed, ...synced(`${root}/a`)], 'kill')).toEqual(new Set(['lost']))
    for (const kind of ['lossy', 'kill'] as const) {
      expect(await contents([...failed, written('back'), ...synced(`${root}/a`)], kind)).toEqual(new Set(['back']))
    }
  })

  it('takes an interrupted sync for one that was never asked for', async () => {
    const interrupted = [created, ...synced(root), written('text'), ...synced(`${root}/a`, 'interrupted')]
    expect(await contents(interrupted, 'prefix')).toEqual(new Set(['', 'text']))
    expect(await contents([...interrupted, ...synced(`${root}/a`)], 'prefix')).toEqual(new Set(['text']))
  })

  it('does not count what was written while a sync ran', async () => {
    const [began, ended] = synced(`${root}/a`) as [Change, Change]
    expect(await contents([created, ...synced(root), written('one'), began, written('two', 3), ended], 'prefix')).toEqual(
      new Set(['one', 'onetwo']),
    )
  })

  it('may bring back a file whose removal was not synced', async () => {
    const gone: Change = { op: 'unlinked', path: `${root}/a` }
    expect(await contents([created, written('kept'), ...synced(`${root}/a`), ...synced(root), gone], 'prefix')).toEqual(
      new Set(['none', 'kept']),
    )
  })
})

describe('a program whose disk is in trouble', () => {
  const task = (folder: string) => ({ folder: join(folder, 'data'), acks: join(folder, 'acks'), batches: 40, next: 0 })

  it.for([
    ['config.sqlite-wal', 'write'],
    ['config.sqlite-wal', 'sync'],
    ['history.duckdb.new', 'write'],
    ['history.duckdb.new', 'sync'],
    ['/journal/', 'open'],
    ['/journal/', 'write'],
    ['/journal/', 'sync'],
    ['history.duckdb', 'rename'],
    ['history/lock', 'link'],
  ] as const)('meets the error when of %s every %s fails', async ([match, call]) => {
    const begin = (shim: Shim) => shim.fail({ calls: [call], perMillion: 1_000_000, errors: ['EIO'], match })
    const { code, errors, counts } = await recorded(join(place, 'one'), 'work.ts', task, { seed: 1, begin })
    expect(counts[call].failed).toBeGreaterThan(0)
    expect(code).toBe(1)
    expect(errors).toMatch(/EIO|I\/O error|Input\/output error|fsync failed/)
  })

  it('is ended at the call that was named', async () => {
    const { code } = await recorded(join(place, 'one'), 'work.ts', task, { seed: 1, killAt: 60 })
    expect(code).toBeNull()
  })
})

describe('the clock of a program', () => {
  const dates = (options: { clock?: number; rate?: number }, script: string) => {
    for (const folder of ['root', 'aside']) mkdirSync(join(place, folder), { recursive: true })
    const shim = new Shim({ root: join(place, 'root'), aside: join(place, 'aside'), rate: options.rate ?? 0 })
    shim.setClock(options.clock ?? 0)
    const { stdout } = spawnSync(process.execPath, ['-e', script], { env: { ...process.env, ...shim.environment }, encoding: 'utf8' })
    shim.close()
    return JSON.parse(stdout) as number[]
  }

  it('shows another day, in every thread', () => {
    const script = `const { Worker } = require('worker_threads')
      new Worker("require('worker_threads').parentPort.postMessage(Date.now())", { eval: true }).on('message', (at) => console.log(JSON.stringify([Date.now(), at])))`
    for (const day of [Date.UTC(1970, 0, 2), Date.UTC(2040, 1, 3)]) {
      for (const at of dates({ clock: day - Date.now() }, script)) expect(Math.abs(at - day)).toBeLessThan(30_000)
    }
  })

  it('runs faster, with its timers', () => {
    const begun = performance.now()
    const [passed = 0] = dates(
      { rate: 100 },
      'const at = Date.now(); setTimeout(() => console.log(JSON.stringify([Date.now() - at])), 20_000)',
    )
    expect(passed).toBeGreaterThanOrEqual(19_990)
    expect(performance.now() - begun).toBeLessThan(10_000)
  })
})

it('the shim is made where it is not there yet', () => {
  for (const folder of ['root', 'aside']) mkdirSync(join(place, folder))
  const { environment } = new Shim({ root: join(place, 'root'), aside: join(place, 'aside') })
  expect(statSync(environment['LD_PRELOAD'] ?? '').size).toBeGreaterThan(10_000)
})
