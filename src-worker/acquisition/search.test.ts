import { describe, expect, it } from 'vitest'
import type { Hole } from '#shared/acquisition/port.ts'
import { plan, type Block } from '#shared/devices/plan.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import type { Point } from '#shared/devices/profile.ts'
import { Failure } from '#shared/failures.ts'
import { Plans } from './plans.ts'
import { isRefusal, search, type Ask } from './search.ts'
import { point } from './testing/town.ts'

const refusal = new Failure('device.exception', { code: 2 })

/** A device that has every register but the missing ones, and refuses blocks that begin below an edge and end above it. */
function device(missing: readonly number[], edges: readonly number[] = []) {
  const values = new Map<string, number>()
  const failed: string[] = []
  const reads: Block[] = []
  const ask: Ask = {
    async read(block) {
      reads.push(block)
      const end = block.address + block.count
      if (missing.some((address) => address >= block.address && address < end)) throw refusal
      if (edges.some((edge) => block.address < edge && edge < end)) throw refusal
      return Uint16Array.from({ length: block.count }, (_, i) => block.address + i)
    },
    take(block, words) {
      if (!(words instanceof Uint16Array)) throw new Error('registers were asked')
      for (const one of block.points) values.set(one.id, words[one.address - block.address] ?? NaN)
    },
    fail: (block) => failed.push(...block.points.map((one) => one.id)),
  }
  return { ask, values, failed, reads }
}

/** Reads all points as a poll does, block by block, and learns; true when nothing was refused. */
async function round(plans: Plans, points: readonly Point[], ask: Ask): Promise<{ smooth: boolean; fresh: Hole[] }> {
  const fresh: Hole[] = []
  let smooth = true
  for (const block of plans.blocks(points)) {
    try {
      ask.take(block, await ask.read(block))
    } catch (error) {
      if (!isRefusal(error)) throw error
      smooth = false
      fresh.push(...plans.learn(await search(block, ask)))
    }
  }
  return { smooth, fresh }
}

const addresses = (holes: readonly Hole[]) => holes.map((hole) => hole.address).sort((a, b) => a - b)
const limits = { block: 50, gap: 6, functions: [3] }

describe('a refused block', () => {
  it('ends with exactly the registers that do not exist, and all other values', async () => {
    const points = Array.from({ length: 40 }, (_, i) => point(`p${i}`, i))
    const { ask, values, failed, reads } = device([3, 17, 18, 39])
    const plans = new Plans(limits, [])
    const { fresh } = await round(plans, points, ask)
    expect(addresses(fresh)).toEqual([3, 17, 18, 39])
    expect(failed.sort()).toEqual(['p17', 'p18', 'p3', 'p39'])
    expect([...values]).toHaveLength(36)
    for (const [id, value] of values) expect(id).toBe(`p${value}`)
    expect(reads.length).toBeLessThan(40)
    expect((await round(plans, points, ask)).smooth).toBe(true)
  })

  it('finds the missing register between points that are all there', async () => {
    const points = [point('a', 0), point('b', 1), point('c', 6)]
    const { ask } = device([4])
    const plans = new Plans(limits, [])
    expect(addresses((await round(plans, points, ask)).fresh)).toEqual([4])
    expect(plans.blocks(points).map((block) => [block.address, block.count])).toEqual([
      [0, 2],
      [6, 1],
    ])
  })

  it('is cut and not halved again and again where only its length or its place is refused', async () => {
    const points = Array.from({ length: 16 }, (_, i) => point(`p${i}`, i))
    const { ask, failed } = device([], [6])
    const plans = new Plans(limits, [])
    let rounds = 0
    while (!(await round(plans, points, ask)).smooth) rounds++
    expect(rounds).toBeLessThan(4)
    expect(failed).toEqual([])
    expect(plans.blocks(points).length).toBeLessThan(5)
  })

  it('counts every word of a long point whose reading is refused', async () => {
    const points = [point('a', 0), point('energy', 1, { as: 'uint32' }), point('c', 3)]
    const { ask } = device([1, 2])
    expect(addresses((await round(new Plans(limits, []), points, ask)).fresh)).toEqual([1, 2])
  })

  it('passes on every failure that is no refusal', async () => {
    const [block] = plan([point('a', 0), point('b', 1)], limits, [])
    const silent = new Failure('device.silent')
    const ask: Ask = { read: () => Promise.reject(silent), take: () => undefined, fail: () => undefined }
    await expect(block && search(block, ask)).rejects.toBe(silent)
  })
})

describe('any device', () => {
  it('is known after a few rounds: no served point without its value, no missing register asked for again', async () => {
    let seed = 7
    const roll = (below: number) => {
      seed = (seed * 1664525 + 1013904223) % 4294967296
      return Math.floor((seed / 4294967296) * below)
    }
    for (let town = 0; town < 100; town++) {
      const points: Point[] = []
      for (let address = 0; points.length < 50; address += roll(4) === 0 ? roll(9) : 0) {
        const as = roll(5) === 0 ? 'uint32' : 'int16'
        points.push(point(`p${points.length}`, address, { as }))
        address += wordsOf[as]
      }
      const missing = Array.from({ length: roll(12) }, () => roll(90))
      const { ask, values } = device(missing)
      const plans = new Plans(limits, [])
      const holes: Hole[] = []
      for (let i = 0; i < 12; i++) {
        const { smooth, fresh } = await round(plans, points, ask)
        holes.push(...fresh)
        if (smooth) break
      }
      values.clear()
      expect((await round(plans, points, ask)).smooth).toBe(true)
      const served = points.filter((one) => !missing.some((gone) => gone >= one.address && gone < one.address + wordsOf[one.as]))
      expect([...values.keys()].sort()).toEqual(served.map((one) => one.id).sort())
      const words = new Set(points.flatMap((one) => (served.includes(one) ? [] : [one.address, one.address + wordsOf[one.as] - 1])))
      for (const { address } of holes) expect(missing.includes(address) || words.has(address)).toBe(true)
    }
  })
})
