import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { historyEngine } from '../../src-worker/history/engine.ts'
import { randomFrom, rounds, seed } from './chance.ts'
import { unharmedChanges } from './changes.ts'
import { unharmed } from './samples.ts'
import { Victim, type Moment } from './victim.ts'

// CHAOS_KILLS: how often the program is killed (25).
const kills = rounds('CHAOS_KILLS', 25)
const readyMs = 10_000
const replacedMs = 15_000

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'chaos-'))
})
afterAll(() => rm(root, { recursive: true }))

test(`no sample and no setting is lost, doubled or changed by ${kills} kills (CHAOS_SEED=${seed})`, async () => {
  const random = randomFrom(seed)
  const young = Array.from({ length: Math.ceil(kills / 6) }, (_, i) => new Victim(join(root, `young-${i}`)))
  const old = [new Victim(join(root, 'old-0')), new Victim(join(root, 'old-1'))]
  let slowest = 0
  const replaced: number[] = []
  for (let round = 0; round < kills; round++) {
    // One in six is killed while its folder is made, one in five is hit in the history thread only, one in six before it is ready again.
    const victim = (round % 6 === 0 ? young[round / 6] : old[round % 2]) as Victim
    const threadOnly = round % 5 === 3
    const early: Moment = { after: round % 2 ? 'start' : 'opening', ms: random(300) }
    const moment: Moment =
      round % 6 === 0
        ? { after: 'opening', ms: random(400) }
        : round % 6 === 4 && !threadOnly
          ? early
          : { after: threadOnly ? 'replaced' : round % 2 ? 'ready' : 'acked', ms: random(500) }
    const how = { mode: 'kept', small: round % 3 !== 0, ...(threadOnly ? { crashMs: 500 + random(400) } : {}) } as const
    await victim.live(how, moment)
    const { openMs, ...findings } = await victim.examine()
    const expected = { ...unharmed, ...unharmedChanges, sound: ['ok'], round, moment, seed }
    expect({ ...findings, round, moment, seed }).toMatchObject(expected)
    expect(openMs).toBeLessThan(readyMs)
    slowest = Math.max(slowest, openMs)
  }
  for (const { folder } of old) {
    const said = await readFile(join(folder, 'acks'), 'utf8')
    for (const [, ms] of said.matchAll(/^replaced (\d+)$/gm)) replaced.push(Number(ms))
  }
  const acknowledged = old.reduce((sum, { acks }) => sum + acks.batches.size, 0)
  console.log(
    `CHAOS_SEED=${seed}: ${kills} kills, ${acknowledged} batches acknowledged, slowest opening ${Math.round(slowest)} ms, ` +
      `thread replaced ${replaced.length} times, slowest ${Math.max(0, ...replaced)} ms`,
  )
  expect(acknowledged).toBeGreaterThan(kills)
  expect(replaced.length).toBeGreaterThan(0)
  expect(Math.max(...replaced)).toBeLessThan(replacedMs)
})

test.for(['early', 'memory'] as const)('the same check finds the loss when a program acknowledges %s', async (mode) => {
  const victim = new Victim(join(root, mode))
  let lost = 0
  for (let round = 0; round < 10 && lost === 0; round++) {
    await victim.live({ mode, small: false }, { after: 'acked', ms: round * 9 })
    lost = (await victim.examine()).lost.length
  }
  expect(lost).toBeGreaterThan(0)
})

test('the same check finds a doubled, a changed and half a batch', async () => {
  const victim = new Victim(join(root, 'altered'))
  await victim.live({ mode: 'kept', small: false }, { after: 'ready', ms: 200 })
  const store = historyEngine({ clock: () => Date.now(), onProgress: () => {} })
  await store.open({ folder: join(victim.folder, 'data', 'history'), memoryMb: 128, threads: 2 })
  await store.close({})
  const alter = async (sql: string) => {
    const instance = await DuckDBInstance.create(join(victim.folder, 'data', 'history', 'history.duckdb'))
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
