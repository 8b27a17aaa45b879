import type { PracticeFault, PracticeFinding, PracticeRun } from '#shared/practice/contract.ts'
import { scoreReports, type Judged, type Score } from '#shared/practice/score.ts'
import { systemContext, type Host } from '../capability.ts'
import { readFaults, readFindings, readTrainees, truthOf, type FaultRow, type FindingRow, type RunRow } from './store.ts'
import { besides, openTown } from './town.ts'

/** Whoever leads an exercise sees the truth while it runs; whoever practises alone, and everybody else, when it is over. */
export function maySeeTruth({ state, alone, instructor }: RunRow, name: string): boolean {
  return state !== 'running' || (alone === 0 && instructor === name)
}

/** An exercise as one person may see it. */
export async function presentRun(host: Host, run: RunRow, name: string): Promise<PracticeRun> {
  const { database } = host
  const open = maySeeTruth(run, name)
  const [own, findings, trainees] = await Promise.all([
    readFaults(database, run.id),
    readFindings(database, run.id),
    readTrainees(database, run.id),
  ])
  const faults = run.state === 'running' && open ? [...own, ...(await standingBesides(host, run, own))] : own
  const planned = own.filter((fault) => fault.own === 1).length
  const scores = new Map<string, Score>()
  if (open)
    for (const trainee of trainees) {
      const reports = findings.filter((one) => one.trainee === trainee.name)
      scores.set(trainee.name, scoreReports(reports, truthOf(faults), run.limitMs, planned))
    }
  const judged = new Map([...scores.values()].flatMap((score) => score.judged.map((one) => [one.id, one] as const)))
  return {
    id: run.id,
    exercise: run.exercise as PracticeRun['exercise'],
    state: run.state,
    alone: run.alone === 1,
    instructor: run.instructor,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    from: run.fromAt,
    to: run.toAt,
    elapsed: Math.min(run.elapsed, run.limitMs),
    limit: run.limitMs,
    speed: run.speed,
    joined: trainees.some((trainee) => trainee.name === name),
    open,
    trainees: trainees.map((trainee) => ({
      name: trainee.name,
      reports: open || trainee.name === name ? findings.filter((one) => one.trainee === trainee.name).length : null,
      score: run.state === 'cancelled' ? null : scoreShown(scores.get(trainee.name), run, trainee.points),
    })),
    findings: findings.filter(({ trainee }) => open || trainee === name).map((finding) => presentFinding(finding, judged.get(finding.id))),
    faults: open ? faults.map((fault) => presentFault(fault, run)) : null,
  }
}

async function standingBesides(host: Host, run: RunRow, own: readonly FaultRow[]): Promise<FaultRow[]> {
  if (!(await openTown(host))) return []
  const { faults } = await host.call('simulator.faults', {}, systemContext)
  return besides(run, own, faults, run.townAt)
}

/** The points that were given stay as they were given. */
function scoreShown(score: Score | undefined, { state }: RunRow, points: number | null) {
  if (!score) return null
  const { found, half, missed, false: wrong } = score
  return { points: state === 'ended' ? points : score.points, found, half, missed, false: wrong }
}

function presentFinding({ id, trainee, kind, target, note, after, at }: FindingRow, judged: Judged | undefined): PracticeFinding {
  const { outcome = null, fault = null, delay = null } = judged ?? {}
  return { id, trainee, kind, target, note, after, at, outcome, fault, delay }
}

function presentFault({ id, own, kind, target, params, state, after, fromAt, toAt }: FaultRow, { townAt }: RunRow): PracticeFault {
  const begun = state !== 'planned' && state !== 'striking'
  const over = state === 'healed' || (toAt !== null && toAt <= townAt)
  return {
    id,
    own: own === 1,
    kind,
    target,
    params: JSON.parse(params) as Record<string, number>,
    state: begun ? (over && !(own === 0 && (toAt === null || toAt > townAt)) ? 'over' : 'stands') : 'planned',
    after,
    from: fromAt,
    to: toAt,
  }
}
