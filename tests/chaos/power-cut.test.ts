import { mkdtemp, rm, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { historyEngine } from '../../src-worker/history/engine.ts'
import { cutPower, modes, type CutMode, type Random } from './power-cut.ts'
import { examine, numbered, unharmed } from './samples.ts'

const seed = Number(process.env.CHAOS_SEED ?? Math.floor(performance.timeOrigin) % 1_000_000)
const limits = { segmentBytes: 40_000, latestRows: 3000, waitingBytes: 60_000, groupRows: 2000 }
const images = 15

type Image = { folder: string; acknowledged: Set<number>; given: number }

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'history-'))
})
afterAll(() => rm(root, { recursive: true }))

function randomFrom(start: number): Random {
  let state = (start % 2_147_483_646) + 1
  return (limit) => (state = (state * 48_271) % 2_147_483_647) % limit
}

/** Writes numbered batches and takes images while the journal waits for the disk. `honest`: whether it is asked to confirm at all. */
async function writeAndCut(name: string, mode: CutMode, honest: boolean, random: Random): Promise<Image[]> {
  const folder = join(root, name)
  const taken: Image[] = []
  const acknowledged = new Set<number>()
  const confirmed = new Map<number, number>()
  let given = 0
  const sync = async (handle: FileHandle) => {
    const { ino, size } = await handle.stat()
    if (taken.length < images && given > 10 && random(6) === 0) {
      const image = `${folder}-${taken.length}`
      cutPower(folder, image, confirmed, mode, random)
      taken.push({ folder: image, acknowledged: new Set(acknowledged), given })
    }
    if (!honest) return
    await handle.datasync()
    confirmed.set(ino, size)
  }
  const store = historyEngine({ clock: () => Date.now(), onProgress: () => {}, ...limits, sync })
  await store.open({ folder, memoryMb: 128, threads: 2 })
  const lane = async () => {
    while (taken.length < images && given < 2000) {
      const number = given++
      await store.append(numbered(number))
      acknowledged.add(number)
    }
  }
  await Promise.all([lane(), lane()])
  await store.close({})
  return taken
}

async function examineImage({ folder, acknowledged, given }: Image) {
  const store = historyEngine({ clock: () => Date.now(), onProgress: () => {} })
  await store.open({ folder, memoryMb: 128, threads: 2 })
  const findings = await examine(store, acknowledged, given)
  await store.append(numbered(given))
  await store.close({})
  await store.open({ folder, memoryMb: 128, threads: 2 })
  const again = await examine(store, new Set([...acknowledged, given]), given + 1)
  await store.close({})
  await rm(folder, { recursive: true })
  return { findings, again }
}

test.for(modes)(`nothing acknowledged is lost by a power cut that leaves unconfirmed bytes %s (CHAOS_SEED=${seed})`, async (mode) => {
  const taken = await writeAndCut(mode, mode, true, randomFrom(seed))
  expect(taken.length).toBe(images)
  for (const [index, image] of taken.entries()) {
    expect({ index, seed, ...(await examineImage(image)) }).toMatchObject({ index, seed, findings: unharmed, again: unharmed })
  }
})

test.for(modes)('the same check finds the loss when the disk is not asked to confirm, %s', async (mode) => {
  const taken = await writeAndCut(`weak-${mode}`, mode, false, randomFrom(seed))
  let lost = 0
  for (const image of taken) {
    if (lost === 0) lost = (await examineImage(image)).findings.lost.length
  }
  expect(lost).toBeGreaterThan(0)
})
