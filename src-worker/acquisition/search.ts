import type { Hole } from '#shared/acquisition/port.ts'
import { split, type Block } from '#shared/devices/plan.ts'
import { Failure } from '#shared/failures.ts'
import type { Raw } from './asker.ts'

/** Exception 2: the device does not have one of the registers asked for. */
export function isRefusal(failure: unknown): boolean {
  return failure instanceof Failure && failure.code === 'device.exception' && failure.params['code'] === 2
}

export type Ask = {
  /** Rejects with a Failure. */
  read(block: Block): Promise<Raw>
  take(block: Block, raw: Raw): void
  /** The points of the block have no value now: the device refuses them, or it does not answer. */
  fail(block: Block, quality: 'fault' | 'offline'): void
}

/** What a search found: registers that do not exist, and places where a block must begin although none is missing before them. */
export type Found = { good: number; holes: Hole[]; cuts: Hole[] }

/**
 * Halves a block that the device refused until every register that it does not have is known, and takes the values of all
 * others on the way. Rejects with the first Failure that is no refusal.
 */
export async function search(block: Block, ask: Ask): Promise<Found> {
  const found: Found = { good: 0, holes: [], cuts: [] }
  await divide(block, ask, found)
  return found
}

async function visit(block: Block, ask: Ask, found: Found): Promise<boolean> {
  try {
    ask.take(block, await ask.read(block))
    found.good++
    return true
  } catch (error) {
    if (!isRefusal(error)) throw error
    await divide(block, ask, found)
    return false
  }
}

async function divide(block: Block, ask: Ask, found: Found): Promise<void> {
  const halves = split(block)
  if (!halves) {
    ask.fail(block, 'fault')
    for (let i = 0; i < block.count; i++) found.holes.push({ area: block.area, address: block.address + i })
    return
  }
  const [low, high] = halves
  const lowGood = await visit(low, ask, found)
  const highGood = await visit(high, ask, found)
  if (!lowGood || !highGood) return
  const before = found.holes.length
  await scan({ ...low, address: low.address + low.count, count: high.address - low.address - low.count, points: [] }, ask, found)
  if (found.holes.length === before) found.cuts.push({ area: high.area, address: high.address })
}

/** Looks for missing registers between points, where any length can be read. */
async function scan(gap: Block, ask: Ask, found: Found): Promise<void> {
  if (gap.count === 0) return
  try {
    await ask.read(gap)
  } catch (error) {
    if (!isRefusal(error)) throw error
    const half = gap.count >> 1
    if (half === 0) {
      found.holes.push({ area: gap.area, address: gap.address })
      return
    }
    await scan({ ...gap, count: half }, ask, found)
    await scan({ ...gap, address: gap.address + half, count: gap.count - half }, ask, found)
  }
}
