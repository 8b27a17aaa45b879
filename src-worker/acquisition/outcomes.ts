import { outcomes, recentRequests, type Outcome } from '#shared/acquisition/line.ts'
import type { Failure, FailureCode } from '#shared/failures.ts'

const brokenFrames = new Set<unknown>(['crc', 'short', 'noise', 'frame', 'length'])

const byCode: Partial<Record<FailureCode, Outcome>> = {
  'device.silent': 'silent',
  'device.exception': 'refused',
  'device.gateway': 'gateway',
  'device.closed': 'closed',
}

/** What came of a request that was asked; null: it was not asked at all. */
function outcomeOf(failure: Failure | null): Outcome | null {
  if (!failure) return 'answered'
  if (failure.code === 'cancelled') return null
  if (failure.code === 'device.badAnswer') return brokenFrames.has(failure.params['wrong']) ? 'damaged' : 'foreign'
  return byCode[failure.code] ?? 'unreachable'
}

/** What came of the last requests of one device. */
export class Outcomes {
  readonly #last = new Uint8Array(recentRequests)
  #count = 0

  add(failure: Failure | null): void {
    const outcome = outcomeOf(failure)
    if (outcome) this.#last[this.#count++ % recentRequests] = outcomes.indexOf(outcome)
  }

  summary(): Record<Outcome, number> {
    const tally = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>
    for (let i = 0; i < Math.min(this.#count, recentRequests); i++) tally[outcomes[this.#last[i] ?? 0] ?? 'answered']++
    return tally
  }
}
