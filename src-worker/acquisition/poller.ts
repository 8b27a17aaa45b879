import type { Block } from '#shared/devices/plan.ts'
import type { Point } from '#shared/devices/profile.ts'
import { Failure } from '#shared/failures.ts'
import type { Raw } from './asker.ts'
import { isRefusal, search, type Ask, type Found } from './search.ts'

export type PollWays = Ask & {
  /** One small read after a failure to see whether the device is still there: null, or why it is not. */
  touch(after: Failure): Promise<Failure | null>
  /** Does the device serve at least what contact is kept with? */
  serves(): Promise<boolean>
  /** Waits before a busy device is asked again. */
  pause(): Promise<void>
  stopped(): boolean
  /** May refused blocks be searched for missing registers now? */
  maySearch: boolean
}

export type Outcome = Found & {
  /** Why the device is out of contact, if it is. */
  lost: Failure | null
  /** A read that failed while the device answered others. */
  trouble: Failure | null
  /** Not read, those that gave no answer last; and answered with an exception. */
  left: Block[]
  failed: Block[]
}

type Refused = { block: Block; failure: Failure }
const busyCodes = new Set<unknown>([5, 6])

/**
 * Reads blocks one after another. After a time-out or a broken connection one small read decides: no answer, and the device is
 * lost and nothing more is asked; an answer, and the block has another turn at the end. A second such failure ends the poll, so
 * that a dead unit costs a shared line two waits and not one for every block.
 */
export async function poll(blocks: readonly Block[], ways: PollWays): Promise<Outcome> {
  const outcome: Outcome = { good: 0, holes: [], cuts: [], lost: null, trouble: null, left: [], failed: [] }
  const queue = [...blocks]
  const refused: Refused[] = []
  let second = false
  for (let block = queue.shift(); block && !ways.stopped(); block = queue.shift()) {
    const failure = await readOne(block, ways)
    if (!failure) outcome.good++
    else if (isRefusal(failure)) refused.push({ block, failure })
    else if (failure.code === 'device.exception') except(outcome, block, failure, ways)
    else {
      outcome.lost = await ways.touch(failure)
      if (outcome.lost || second) return end(outcome, block, failure, [...queue, ...refused.map((one) => one.block)], ways)
      second = true
      queue.push(block)
    }
  }
  return settle(refused, outcome, ways)
}

/** Searches what was refused. */
async function settle(refused: readonly Refused[], outcome: Outcome, ways: PollWays): Promise<Outcome> {
  for (const [i, { block, failure }] of refused.entries()) {
    if (ways.stopped()) return outcome
    if (!ways.maySearch) {
      except(outcome, block, failure, ways)
      continue
    }
    const taken = new Set<Point>()
    const take = (part: Block, raw: Raw) => {
      ways.take(part, raw)
      for (const point of part.points) taken.add(point)
    }
    try {
      const found = await search(block, { ...ways, take })
      outcome.good += found.good
      outcome.holes.push(...found.holes)
      outcome.cuts.push(...found.cuts)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      const rest = { ...block, points: block.points.filter((point) => !taken.has(point)) }
      if (taken.size > 0) outcome.good++
      if (error.code === 'device.exception') except(outcome, rest, error, ways)
      else {
        outcome.lost = await ways.touch(error)
        const unread = refused.slice(i + 1).map((one) => one.block)
        return end(outcome, rest, error, unread, ways)
      }
    }
  }
  const [first] = refused
  // A device that refuses everything is being set up, or out of order: nothing can be learnt from that.
  if (!first || outcome.good > 0 || (ways.maySearch && (await ways.serves()))) return outcome
  return { ...outcome, holes: [], cuts: [], trouble: first.failure, failed: refused.map((one) => one.block) }
}

function except(outcome: Outcome, block: Block, failure: Failure, ways: PollWays): void {
  outcome.trouble = failure
  outcome.failed.push(block)
  ways.fail(block, 'fault')
}

function end(outcome: Outcome, block: Block, failure: Failure, unread: Block[], ways: PollWays): Outcome {
  ways.fail(block, 'offline')
  return { ...outcome, trouble: failure, left: [...unread, block] }
}

async function readOne(block: Block, ways: PollWays, again = false): Promise<Failure | null> {
  try {
    ways.take(block, await ways.read(block))
    return null
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    if (again || error.code !== 'device.exception' || !busyCodes.has(error.params['code'])) return error
    await ways.pause()
    return readOne(block, ways, true)
  }
}
