import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { historyEngine } from '../../src-worker/history/engine.ts'
import type { Mode, Task } from './ingest.ts'
import { examine, unharmed, type Findings } from './samples.ts'

const seed = Number(process.env.CHAOS_SEED ?? Math.floor(performance.timeOrigin) % 1_000_000)
const readyMs = 10_000

/** When to kill: some milliseconds after the program is started, begins to open, or is ready. */
type Moment = { after: 'start' | 'opening' | 'ready'; ms: number }

/** A folder that is killed again and again, and what was given and acknowledged in all its lives. */
class Victim {
  readonly folder: string
  readonly acknowledged = new Set<number>()
  given = 0

  constructor(folder: string) {
    this.folder = folder
  }

  async live(mode: Mode, small: boolean, { after, ms }: Moment): Promise<void> {
    await mkdir(this.folder, { recursive: true })
    const task: Task = { folder: this.folder, next: this.given, mode, small }
    const child = spawn(process.execPath, [join(import.meta.dirname, 'ingest.ts'), JSON.stringify(task)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let errors = ''
    child.stderr.on('data', (text) => (errors += String(text)))
    const lines = createInterface({ input: child.stdout })
    const ended = new Promise<string | null>((resolve) => child.once('exit', (_code, signal) => resolve(signal)))
    const drained = new Promise((resolve) => lines.once('close', resolve))
    const reached = new Promise<void>((resolve) => {
      if (after === 'start') resolve()
      lines.on('line', (line) => {
        const [word, number] = line.split(' ')
        if (word === after) resolve()
        if (word === 'give') this.given = Math.max(this.given, Number(number) + 1)
        if (word === 'ack') this.acknowledged.add(Number(number))
      })
    })
    await Promise.race([reached, ended])
    await Promise.race([pause(ms), ended])
    child.kill('SIGKILL')
    if ((await ended) !== 'SIGKILL') throw new Error(`the program ended by itself: ${errors}`)
    await drained
  }

  /** Opens a copy, so that the next life begins with what the kill has left. */
  async examine(): Promise<Findings & { openMs: number }> {
    const copy = `${this.folder}-copy`
    await cp(this.folder, copy, { recursive: true })
    const store = historyEngine({ clock: () => Date.now(), onProgress: () => {} })
    const begun = performance.now()
    await store.open({ folder: copy, memoryMb: 128, threads: 2 })
    const openMs = performance.now() - begun
    try {
      return { ...(await examine(store, this.acknowledged, this.given)), openMs }
    } finally {
      await store.close({})
      await rm(copy, { recursive: true })
    }
  }
}

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'history-'))
})
afterAll(() => rm(root, { recursive: true }))

function randomFrom(start: number): (limit: number) => number {
  let state = (start % 2_147_483_646) + 1
  return (limit) => (state = (state * 48_271) % 2_147_483_647) % limit
}

test(`nothing acknowledged is lost, doubled or changed by 25 kills (CHAOS_SEED=${seed})`, async () => {
  const random = randomFrom(seed)
  const young = Array.from({ length: 6 }, (_, i) => new Victim(join(root, `young-${i}`)))
  const old = [new Victim(join(root, 'old-0')), new Victim(join(root, 'old-1'))]
  let slowest = 0
  for (let round = 0; round < 25; round++) {
    // The first six are killed while their folder is made, four more before they are ready again, the rest while they write.
    const victim = young[round] ?? (old[round % 2] as Victim)
    const moment: Moment =
      round < 6
        ? { after: 'opening', ms: random(400) }
        : round % 5 === 4
          ? { after: round % 2 ? 'start' : 'opening', ms: random(300) }
          : { after: 'ready', ms: random(500) }
    await victim.live('kept', round % 3 !== 0, moment)
    const { openMs, ...findings } = await victim.examine()
    expect({ ...findings, round, moment, seed }).toMatchObject({ ...unharmed, round, moment, seed })
    expect(openMs).toBeLessThan(readyMs)
    slowest = Math.max(slowest, openMs)
  }
  const acknowledged = old.reduce((sum, victim) => sum + victim.acknowledged.size, 0)
  console.log(`CHAOS_SEED=${seed}: 25 kills, ${acknowledged} batches acknowledged, slowest opening ${Math.round(slowest)} ms`)
  expect(acknowledged).toBeGreaterThan(100)
})

test.for(['early', 'memory'] as const)('the same check finds the loss when a program acknowledges %s', async (mode) => {
  const victim = new Victim(join(root, mode))
  let lost = 0
  for (let round = 0; round < 10 && lost === 0; round++) {
    await victim.live(mode, false, { after: 'ready', ms: 60 + round * 17 })
    lost = (await victim.examine()).lost.length
  }
  expect(lost).toBeGreaterThan(0)
})

test('the same check finds a doubled, a changed and half a batch', async () => {
  const victim = new Victim(join(root, 'altered'))
  await victim.live('kept', false, { after: 'ready', ms: 200 })
  const store = historyEngine({ clock: () => Date.now(), onProgress: () => {} })
  await store.open({ folder: victim.folder, memoryMb: 128, threads: 2 })
  await store.close({})
  const alter = async (sql: string) => {
    const instance = await DuckDBInstance.create(join(victim.folder, 'history.duckdb'))
    const connection = await instance.connect()
    await connection.run(sql)
    connection.closeSync()
    instance.closeSync()
    return await victim.examine()
  }
  expect(await victim.examine()).toMatchObject(unharmed)
  expect((await alter('UPDATE readings SET value = value + 0.001 WHERE series = 7')).changed).toBeGreaterThan(0)
  expect((await alter('INSERT INTO readings SELECT * FROM readings WHERE series = 9')).doubled).toBeGreaterThan(0)
  expect((await alter('DELETE FROM readings WHERE series = 3')).torn).toBeGreaterThan(0)
})
