import { randomInt, randomUUID } from 'node:crypto'
import type { ParsedOf } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import { freeExercise, type practice } from '#shared/practice/contract.ts'
import { drawFaults, NoTarget, type Drawn, type Targets } from '#shared/practice/draw.ts'
import { wishSchema, type Exercise, type ExerciseId } from '#shared/practice/exercise.ts'
import { seasonOf, showsAt } from '#shared/practice/kinds.ts'
import { faultKindNames } from '#shared/simulator/faults.ts'
import { systemContext, type Host } from '../capability.ts'
import { insertRun, type FaultRow, type RunRow } from './store.ts'
import { openTown, stationsBehind, targetsOf } from './town.ts'

type Asked = ParsedOf<(typeof practice)['start']>
type Plan = Pick<Exercise, 'hours' | 'speed' | 'faults'>

const freeHours = 24
const freeSpeed = 120
const freeCount = 3
const seeds = 0xffffffff
const hourMs = 3_600_000

/** A free exercise strikes between a twentieth and the half of its time, so that there is time left to look. */
export function freePlan({ kinds, count = freeCount, hours = freeHours }: Asked, outdoor: number): Plan {
  const visible = faultKindNames.filter((kind) => showsAt(seasonOf(kind), outdoor))
  const wish = wishSchema.parse({ kinds: kinds ?? visible, count, after: hours / 20, spread: hours * 0.45 })
  return { hours, speed: freeSpeed, faults: [wish] }
}

/** Draws the faults, sets the pace and writes the exercise down. Throws `practice.noTown` and `practice.noTarget`. */
export async function prepareRun(
  host: Host,
  exercises: ReadonlyMap<ExerciseId, Exercise>,
  asked: Asked,
  instructor: string,
): Promise<RunRow> {
  const town = await openTown(host)
  if (!town) throw new Failure('practice.noTown')
  const scripted = asked.exercise === freeExercise ? undefined : exercises.get(asked.exercise)
  const plan = scripted ?? freePlan(asked, town.outdoor)
  const seed = asked.seed ?? randomInt(seeds)
  const targets = await targetsOf(host, town.now)
  const run: RunRow = {
    id: randomUUID(),
    exercise: asked.exercise,
    alone: asked.alone ? 1 : 0,
    instructor,
    seed,
    state: 'running',
    startedAt: host.clock(),
    endedAt: null,
    fromAt: town.now,
    toAt: null,
    townAt: town.now,
    elapsed: 0,
    limitMs: Math.round(plan.hours * hourMs),
    speed: asked.speed ?? plan.speed,
    speedBefore: town.speed,
  }
  const faults = draw(plan, targets, seed).map((drawn): FaultRow => ({
    id: randomUUID(),
    run: run.id,
    own: 1,
    kind: drawn.kind,
    target: drawn.target,
    params: JSON.stringify(drawn.params),
    stations: JSON.stringify(stationsBehind(drawn.kind, drawn.target, targets)),
    after: drawn.after,
    lasts: drawn.lasts,
    state: 'planned',
    fault: null,
    fromAt: null,
    toAt: null,
  }))
  await insertRun(host.database, run, faults)
  await host.call('simulator.pace', { speed: run.speed }, systemContext)
  return run
}

function draw({ faults }: Plan, targets: Targets, seed: number): Drawn[] {
  try {
    return drawFaults(faults, targets, seed)
  } catch (error) {
    if (error instanceof NoTarget) throw new Failure('practice.noTarget', { kind: error.kind }, { cause: error })
    throw error
  }
}
