import { describe, expect, it } from 'vitest'
import type { Hole } from '../acquisition/port.ts'
import { plan, split, type Block } from './plan.ts'
import { wordsOf, type Encoding } from './encoding.ts'
import type { Point } from './profile.ts'
import { barePoint } from './testing/point.ts'

const point = (id: string, address: number, as: Encoding = 'int16', with_: Partial<Point> = {}): Point =>
  barePoint({ id, address, number: address + 1, as, ...with_ })

const shape = (blocks: readonly Block[]) => blocks.map((block) => [block.address, block.count, block.points.map((p) => p.id).join(' ')])
const at = (address: number): Hole => ({ area: 'holding', address })
const wide = { block: 50, gap: 0 }

describe('planning', () => {
  it('joins neighbours and keeps strangers apart', () => {
    const points = [point('c', 20), point('b', 11), point('a', 10), point('d', 21, 'uint32')]
    expect(shape(plan(points, wide, []))).toEqual([
      [10, 2, 'a b'],
      [20, 3, 'c d'],
    ])
  })

  it('reads unwanted registers along up to the gap and no further', () => {
    const points = [point('a', 10), point('b', 13), point('c', 17)]
    expect(shape(plan(points, { block: 50, gap: 2 }, []))).toEqual([
      [10, 4, 'a b'],
      [17, 1, 'c'],
    ])
  })

  it('begins a new block at the limit and does not cut a long point', () => {
    const points = [point('a', 0), point('b', 1, 'uint32'), point('c', 3, 'uint32')]
    expect(shape(plan(points, { block: 4, gap: 0 }, []))).toEqual([
      [0, 3, 'a b'],
      [3, 2, 'c'],
    ])
  })

  it('never reads an unserved register, not even along the way', () => {
    const points = [point('a', 10), point('b', 12), point('c', 13, 'uint32')]
    expect(shape(plan(points, { block: 50, gap: 5 }, [at(11), at(14)]))).toEqual([
      [10, 1, 'a'],
      [12, 1, 'b'],
    ])
    const inputs = [{ area: 'input', address: 11 }] as const
    expect(shape(plan(points, { block: 50, gap: 5 }, inputs))).toEqual([[10, 5, 'a b c']])
  })

  it('reads bits of one word once and keeps areas apart', () => {
    const points = [point('b1', 5, 'int16', { bit: 1 }), point('b0', 5, 'int16', { bit: 0 }), point('i', 6, 'int16', { area: 'input' })]
    expect(plan(points, wide, []).map((block) => [block.area, ...(shape([block])[0] ?? [])])).toEqual([
      ['input', 6, 1, 'i'],
      ['holding', 5, 1, 'b0 b1'],
    ])
  })

  it('orders points of one address by their ids', () => {
    const points = [point('b', 5), point('a', 5), point('c', 5)]
    expect(shape(plan(points, wide, []))).toEqual([[5, 1, 'a b c']])
  })

  it('gives no block for no points', () => {
    expect(plan([], wide, [])).toEqual([])
    expect(plan([point('a', 10)], wide, [at(10)])).toEqual([])
  })
})

describe('splitting', () => {
  it('cuts near the middle and trims both halves to their points', () => {
    const [block] = plan([point('a', 0), point('b', 1), point('c', 6), point('d', 7)], { block: 50, gap: 9 }, [])
    expect(block && shape(split(block) ?? [])).toEqual([
      [0, 2, 'a b'],
      [6, 2, 'c d'],
    ])
  })

  it('cuts beside a long point and never through it', () => {
    const [block] = plan([point('a', 0), point('b', 1, 'int64')], wide, [])
    expect(block && shape(split(block) ?? [])).toEqual([
      [0, 1, 'a'],
      [1, 4, 'b'],
    ])
  })

  it('gives null for one point and for points that share a word', () => {
    const bits = [point('b0', 5, 'int16', { bit: 0 }), point('b1', 5, 'int16', { bit: 1 })]
    for (const points of [bits, [point('a', 5, 'float32')]]) expect(plan(points, wide, []).map(split)).toEqual([null])
  })
})

/** Same numbers every run: a linear congruential generator. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return Math.floor((state / 4294967296) * below)
  }
}

function town(seed: number) {
  const roll = dice(seed)
  const points: Point[] = []
  const encodings: Encoding[] = ['int16', 'int16', 'int16', 'uint32', 'float32', 'int64']
  for (let address = roll(5); points.length < 60; address += roll(3) === 0 ? roll(12) : 0) {
    const as = encodings[roll(encodings.length)] ?? 'int16'
    const area = points.length % 20 === 19 ? 'input' : 'holding'
    const bits = as === 'int16' && roll(4) === 0 ? 3 : 0
    if (bits) for (let bit = 0; bit < bits; bit++) points.push(point(`p${points.length}`, address, as, { area, bit }))
    else points.push(point(`p${points.length}`, address, as, { area }))
    address += wordsOf[as]
  }
  const holes = Array.from({ length: roll(8) }, () => at(roll(150)))
  return { points, holes, limits: { block: 4 + roll(50), gap: roll(8) }, roll }
}

const touches = (p: Point, hole: Hole) => p.area === hole.area && hole.address >= p.address && hole.address < p.address + wordsOf[p.as]

describe('any set of points', () => {
  const towns = Array.from({ length: 200 }, (_, seed) => town(seed))

  it('has every served point in exactly one block, inside its bounds, and no other', () => {
    for (const { points, holes, limits } of towns) {
      const blocks = plan(points, limits, holes)
      const served = points.filter((p) => !holes.some((hole) => touches(p, hole)))
      expect(blocks.flatMap((b) => b.points.map((p) => p.id)).sort()).toEqual(served.map((p) => p.id).sort())
      for (const b of blocks) {
        for (const p of b.points) {
          expect(p.area).toBe(b.area)
          expect(p.address).toBeGreaterThanOrEqual(b.address)
          expect(p.address + wordsOf[p.as]).toBeLessThanOrEqual(b.address + b.count)
        }
      }
    }
  })

  it('has no block over the limit, over a hole or over a wider gap than allowed', () => {
    for (const { points, holes, limits } of towns) {
      for (const b of plan(points, limits, holes)) {
        expect(b.count).toBeLessThanOrEqual(limits.block)
        expect(holes.some((h) => h.area === b.area && h.address >= b.address && h.address < b.address + b.count)).toBe(false)
        let end = b.address
        for (const p of b.points) {
          expect(p.address - end).toBeLessThanOrEqual(limits.gap)
          end = Math.max(end, p.address + wordsOf[p.as])
        }
        expect(end).toBe(b.address + b.count)
      }
    }
  })

  it('gives the same blocks whatever the order of the points', () => {
    for (const { points, holes, limits, roll } of towns) {
      const mixed = [...points]
      for (let i = mixed.length - 1; i > 0; i--) {
        const j = roll(i + 1)
        const [a, b] = [mixed[i], mixed[j]]
        if (a && b) [mixed[i], mixed[j]] = [b, a]
      }
      expect(plan(mixed, limits, holes)).toEqual(plan(points, limits, holes))
    }
  })

  it('splits down to blocks that cannot be cut, losing no point and cutting none', () => {
    for (const { points, holes, limits } of towns) {
      const pieces: Block[] = []
      const todo = plan(points, limits, holes)
      const all = todo.flatMap((b) => b.points.map((p) => p.id))
      for (let b = todo.shift(); b; b = todo.shift()) {
        const halves = split(b)
        if (halves) todo.unshift(...halves)
        else pieces.push(b)
      }
      expect(pieces.flatMap((b) => b.points.map((p) => p.id))).toEqual(all)
      for (const b of pieces) expect(new Set(b.points.map((p) => p.address)).size).toBe(1)
    }
  })
})
