import type { Address, ProbeResult } from '#shared/acquisition/port.ts'
import { meaningOf, rawOf } from '#shared/devices/codec.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import { holesOf } from '#shared/devices/flatten.ts'
import { plan, split, type Block } from '#shared/devices/plan.ts'
import type { FlatProfile, Point } from '#shared/devices/profile.ts'
import { Failure, type FailureReport } from '#shared/failures.ts'
import type { TestRow } from '#shared/profiles/contract.ts'

/** Reads raw words; null for a block that the device says it does not have. Rejects with a Failure. */
export type Probe = (blocks: Block[]) => Promise<ProbeResult>

export type TestRead = { rows: TestRow[]; answerMs: number; requests: number }

/** After so many reads without an answer the rest is not asked: it would take its time-out each. */
const mostSilences = 3

/**
 * Reads every point of a profile once, block by block; a block that is refused is halved until the points that the device does
 * not have are known. Rejects when there is no contact at all; what only concerns some points stands in their rows.
 */
export async function testRead(profile: FlatProfile, address: Address, probe: Probe): Promise<TestRead> {
  const words = new Map<Point, number[]>()
  const failures = new Map<Point, FailureReport>()
  const times: number[] = []
  const where = { host: address.host, port: address.port, unit: address.unit }
  let [requests, silences, answered] = [0, 0, false]
  const fail = (block: Block, failure: FailureReport) => {
    for (const point of block.points) failures.set(point, failure)
  }

  const visit = async (block: Block): Promise<void> => {
    const failure = await attempt(block)
    if (failure === null) return
    const halves = failure.code === 'device.exception' ? split(block) : null
    if (!halves) return fail(block, failure)
    for (const half of halves) await visit(half)
  }

  /** The words of a block are taken, or the Failure says why not. */
  const attempt = async (block: Block): Promise<FailureReport | null> => {
    requests++
    try {
      const answer = await probe([block])
      answered = true
      times.push(answer.answerMs)
      const [got] = answer.words
      if (!got) return new Failure('device.exception', { ...where, code: 2 }).report()
      for (const point of block.points) words.set(point, got.slice(point.address - block.address, endOf(point) - block.address))
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

const endOf = (point: Point) => point.address + wordsOf[point.as]

function rowOf(point: Point, words: number[] | undefined, failure: FailureReport | undefined): TestRow {
  const { id, number } = point
  if (!words) return { id, number, words: null, raw: null, value: null, quality: null, failure: failure ?? null }
  const raw = rawOf(point, words)
  return { id, number, words, raw: Number.isFinite(raw) ? raw : null, ...meaningOf(point, raw), failure: null }
}
