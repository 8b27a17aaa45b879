import { meaningOf, rawOf } from '../devices/codec.ts'
import { wordsOf } from '../devices/encoding.ts'
import { holesOf } from '../devices/flatten.ts'
import { plan, split, type Block } from '../devices/plan.ts'
import type { FlatProfile, Point } from '../devices/profile.ts'
import { Failure, type FailureReport } from '../failures.ts'
import type { TestRow } from './contract.ts'

/** Words of one block and how long they took; null words when the device says that it lacks one of them. Rejects with a Failure. */
export type AskWords = (block: Block) => Promise<{ words: ArrayLike<number> | null; answerMs: number }>

export type ReadOnce = { rows: TestRow[]; answerMs: number; requests: number }

/** After so many reads without an answer the rest is not asked: it would take its time-out each. */
const mostSilences = 3

/**
 * Reads every point of a profile of registers once, block by block; a block that is refused is halved until the points that the
 * device does not have are known. Rejects with the Failure when there is no contact; what only concerns some points stands in
 * their rows.
 */
export async function readOnce(profile: FlatProfile, ask: AskWords): Promise<ReadOnce> {
  const words = new Map<Point, ArrayLike<number>>()
  const failures = new Map<Point, FailureReport>()
  const times: number[] = []
  let [requests, silences, answered] = [0, 0, false]

  const visit = async (block: Block): Promise<void> => {
    const failure = await attempt(block)
    if (failure === null) return
    const halves = failure.code === 'device.exception' ? split(block) : null
    for (const half of halves ?? []) await visit(half)
    if (!halves) for (const point of block.points) failures.set(point, failure)
  }

  const attempt = async (block: Block): Promise<FailureReport | null> => {
    requests++
    try {
      const { words: got, answerMs } = await ask(block)
      answered = true
      times.push(answerMs)
      if (!got) return new Failure('device.exception', { code: 2 }).report()
      for (const point of block.points) {
        const from = point.address - block.address
        words.set(
          point,
          Array.from({ length: wordsOf[point.as] }, (_, i) => got[from + i] ?? Number.NaN),
        )
      }
      return null
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      if (error.code === 'device.exception') answered = true
      else if (!answered || ++silences >= mostSilences) throw error
      return error.report()
    }
  }

  for (const block of plan(profile.points, profile.limits, holesOf(profile))) await visit(block)
  return {
    rows: profile.points.map((point) => rowOf(point, words.get(point), failures.get(point))),
    answerMs: times.sort((a, b) => a - b)[times.length >> 1] ?? 0,
    requests,
  }
}

function rowOf(point: Point, words: ArrayLike<number> | undefined, failure: FailureReport | undefined): TestRow {
  const { id, number } = point
  if (!words) return { id, number, words: null, raw: null, value: null, quality: null, failure: failure ?? null }
  const raw = rawOf(point, words)
  return { id, number, words: Array.from(words), raw: Number.isFinite(raw) ? raw : null, ...meaningOf(point, raw), failure: null }
}
