import type { TestResult } from '#shared/acquisition/port.ts'
import type { Point } from '#shared/devices/profile.ts'
import { qualities } from '#shared/reading.ts'
import type { Reads, Round } from './reads.ts'

/** Reads every point once, ahead of all that is scheduled, and counts what came. What was read is announced like all readings. */
export async function tryAll(reads: Reads, points: readonly Point[]): Promise<{ result: TestResult; round: Round }> {
  const start = performance.now()
  const { answers, round } = await reads.timed(reads.blocks(points), 'person')
  const cycleMs = tenth(performance.now() - start)
  reads.live(round.rows)
  const good = round.rows.filter((row) => reads.qualityOf(row) !== fault).length
  const served = reads.blocks(points).reduce((sum, block) => sum + block.points.length, 0)
  const failure = (round.lost ?? round.trouble)?.report() ?? null
  // What was refused without being a missing register has been answered too.
  const refused = round.failed.reduce((sum, block) => sum + block.points.length, 0)
  const counts = { good, fault: round.rows.length - good + refused, unserved: points.length - served }
  const lost = Math.max(0, points.length - counts.good - counts.fault - counts.unserved)
  return { result: { ...counts, lost, answers: answers.map(tenth), cycleMs, failure }, round }
}

const fault = qualities.indexOf('fault')
const tenth = (ms: number) => Math.round(ms * 10) / 10
