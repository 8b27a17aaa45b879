import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAcks, type Acks } from './acks.ts'
import { randomFrom, rounds, seed } from './chance.ts'
import { WriteBackCache } from './disk/cache.ts'
import type { Shim } from './disk/control.ts'
import { eachMoment, examineCut, momentsOf, recordWork, wholeImage } from './images.ts'
import { unharmed } from './samples.ts'

// One call in a hundred that changes files fails, whoever makes it: journal, DuckDB or SQLite. CHAOS_ERRORS: runs (1); CHAOS_IMAGES.
const runs = rounds('CHAOS_ERRORS', 1)
const images = Math.ceil(rounds('CHAOS_IMAGES', 25) / 8)
const calls = ['open', 'write', 'sync', 'rename', 'unlink'] as const

let root: string
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'chaos-')))
})
afterAll(() => rm(root, { recursive: true }))

test(`one failing call in a hundred ends no program and costs nothing acknowledged (CHAOS_SEED=${seed})`, async () => {
  let failed = 0
  let refused = 0
  for (let run = 0; run < runs; run++) {
    const begin = (shim: Shim) => shim.fail({ calls, perMillion: 10_000, errors: ['EIO', 'ENOSPC', 'EINTR'], match: '/data/' })
    const done = await recordWork(join(root, `run-${run}`), { batches: 150, patient: true }, { seed: seed + run, begin })
    for (const call of calls) failed += done.counts[call].failed
    const acks = readAcks(join(done.root, 'acks'))
    expect(acks.words).toContain('done')
    refused += acks.words.has('refused') ? 1 : 0
    const random = randomFrom(seed + run)
    await eachMoment(done, [...momentsOf(done, images, 2, random), done.changes.length], async (cache, said, moment) => {
      for (const kind of ['kill', 'prefix', 'lossy'] as const) {
        const found = await examineCut(cache, said, join(root, 'image'), kind, random)
        expect({ run, kind, moment, seed, ...found, again: found.again ?? unharmed }).toMatchObject({
          run,
          kind,
          moment,
          seed,
          ...wholeImage,
        })
      }
    })
  }
  console.log(`CHAOS_SEED=${seed}: ${failed} calls failed in ${runs} runs`)
  expect(failed).toBeGreaterThan(10 * runs)
  expect(refused).toBe(runs)
})

test('one failing write in ten of the database alone holds up neither samples nor sealing', async () => {
  const begin = (shim: Shim) => shim.fail({ calls: ['write', 'sync'], perMillion: 100_000, errors: ['EIO'], match: 'history.duckdb' })
  const done = await recordWork(join(root, 'database'), { batches: 250, patient: true }, { seed, begin })
  expect(done.counts.write.failed + done.counts.sync.failed).toBeGreaterThan(3)
  const acks = readAcks(join(done.root, 'acks'))
  expect(acks.words).toContain('sealed')
  expect(acks.words).toContain('done')
  const cache = new WriteBackCache(done.root)
  for (const change of done.changes) cache.repeat(change)
  expect(await examineCut(cache, acks, join(root, 'image'), 'kill', () => 0)).toMatchObject(wholeImage)
})

test('the same check finds the loss when a failed sync is taken for a good one', async () => {
  const begin = (shim: Shim) => shim.fail({ calls: ['sync'], perMillion: 100_000, errors: ['EIO'], match: '/journal/' })
  const careless = await recordWork(join(root, 'deaf'), { batches: 100, weak: 'deaf', patient: true }, { seed, begin })
  const random = randomFrom(seed)
  let lost = 0
  const look = async (cache: WriteBackCache, acks: Acks) => {
    if (lost === 0) lost = (await examineCut(cache, acks, join(root, 'image'), 'prefix', random)).lost.length
  }
  await eachMoment(careless, momentsOf(careless, 10, 0, random), look)
  expect(lost).toBeGreaterThan(0)
})
