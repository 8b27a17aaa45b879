import type { Hole } from '../acquisition/port.ts'
import { wordsOf } from './encoding.ts'
import type { FlatProfile, Point } from './profile.ts'

/** One read: `count` registers from `address` on, with the points that lie in them in order of address. */
export type Block = { area: Point['area']; address: number; count: number; points: readonly Point[] }

const areas: readonly Point['area'][] = ['coil', 'discrete', 'input', 'holding']

/**
 * Fewest reads that bring all points: neighbours are joined when at most `limits.gap` unwanted registers lie between them, up
 * to `limits.block` registers, never across an unserved one. Points that touch an unserved register are left out. The same
 * points in any order give the same blocks. Only a point wider than `limits.block` makes a block over it (`flatten` refuses such).
 */
export function plan(points: readonly Point[], limits: Pick<FlatProfile['limits'], 'block' | 'gap'>, unserved: readonly Hole[]): Block[] {
  const holes = new Set(unserved.map((hole) => `${hole.area} ${hole.address}`))
  const free = (area: Point['area'], from: number, to: number) => {
    for (let address = from; address < to; address++) if (holes.has(`${area} ${address}`)) return false
    return true
  }
  const blocks: Block[] = []
  let group: Point[] = []
  let start = 0
  let end = 0
  const close = () => {
    const [first] = group
    if (first) blocks.push({ area: first.area, address: start, count: end - start, points: group })
  }
  for (const point of [...points].sort(byPlace)) {
    const to = endOf(point)
    if (!free(point.area, point.address, to)) continue
    const joins =
      group[0]?.area === point.area &&
      point.address - end <= limits.gap &&
      Math.max(end, to) - start <= limits.block &&
      free(point.area, end, point.address)
    if (joins) {
      group.push(point)
      end = Math.max(end, to)
    } else {
      close()
      group = [point]
      start = point.address
      end = to
    }
  }
  close()
  return blocks
}

/**
 * Cuts a block in two as near to its middle as its points allow, for finding the register that a device refuses. Each half
 * reaches just as far as its points. Null when nothing can be cut: one point, or points that share their words.
 */
export function split(block: Block): [Block, Block] | null {
  const middle = block.address + block.count / 2
  let best: { at: number; distance: number } | null = null
  let end = 0
  for (const [i, point] of block.points.entries()) {
    if (i > 0 && point.address >= end) {
      const distance = Math.abs(point.address - middle)
      if (!best || distance < best.distance) best = { at: i, distance }
    }
    end = Math.max(end, endOf(point))
  }
  return best && [blockOf(block.area, block.points.slice(0, best.at)), blockOf(block.area, block.points.slice(best.at))]
}

function blockOf(area: Point['area'], points: readonly Point[]): Block {
  const address = Math.min(...points.map((point) => point.address))
  return { area, address, count: Math.max(...points.map(endOf)) - address, points }
}

const endOf = (point: Point) => point.address + wordsOf[point.as]

function byPlace(a: Point, b: Point): number {
  return (
    areas.indexOf(a.area) - areas.indexOf(b.area) ||
    a.address - b.address ||
    (a.bit ?? 0) - (b.bit ?? 0) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  )
}
