import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomFrom, rounds, seed } from './chance.ts'
import { cuts } from './disk/cache.ts'
import { unharmed } from './samples.ts'
import { eachMoment, examineCut, momentsOf, recordWork, wholeImage, type Recorded } from './images.ts'

// A program stores samples and settings while every change of its files is noted; what a kill or a power cut would have left is
// made from that afterwards. CHAOS_IMAGES: images of each kind (25).
const images = rounds('CHAOS_IMAGES', 25)

let root: string
let whole: Recorded
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'chaos-')))
  whole = await recordWork(join(root, 'whole'), { batches: 40 + images * 6 }, { seed })
})
afterAll(() => rm(root, { recursive: true }))

test(`nothing acknowledged is lost, halved or changed by ${images} cuts of each kind (CHAOS_SEED=${seed})`, async () => {
  const random = randomFrom(seed)
  await eachMoment(whole, momentsOf(whole, images, Math.ceil(images / 6), random), async (cache, acks, moment) => {
    for (const kind of cuts) {
      const found = await examineCut(cache, acks, join(root, 'image'), kind, random)
      expect({ kind, moment, seed, ...found, again: found.again ?? unharmed }).toMatchObject({ kind, moment, seed, ...wholeImage })
    }
  })
})

test.for(['history', 'config'] as const)(
  'the same check finds losses by power cuts, not by kills, when the %s does not wait for the disk',
  async (weak) => {
    const careless = await recordWork(join(root, weak), { batches: 100, weak }, { seed })
    const random = randomFrom(seed)
    const lost = { kill: 0, prefix: 0, lossy: 0, torn: 0 }
    await eachMoment(careless, momentsOf(careless, 8, 0, random), async (cache, acks) => {
      for (const kind of cuts) if (lost[kind] === 0) lost[kind] += await missing(cache, acks, join(root, 'image'), kind, random)
    })
    const some = expect.toSatisfy((count: number) => count > 0)
    expect(lost).toEqual({ kill: 0, prefix: some, lossy: some, torn: some })
  },
)

/** How much is missing; an image that cannot be opened counts as well. */
async function missing(...[cache, acks, image, kind, random]: Parameters<typeof examineCut>): Promise<number> {
  try {
    const found = await examineCut(cache, acks, image, kind, random)
    return found.lost.length + found.lostChanges.length + found.halfChanges + found.sound.filter((word) => word !== 'ok').length
  } catch {
    return 1
  } finally {
    await rm(image, { recursive: true, force: true })
  }
}
