import type { FaultKind } from '#shared/simulator/faults.ts'
import type { Truth } from '#shared/practice/score.ts'
import type { Database, Tables } from '../database.ts'

export type RunRow = Tables['practiceRun']
export type FaultRow = Omit<Tables['practiceFault'], 'kind'> & { kind: FaultKind }
export type FindingRow = Omit<Tables['practiceFinding'], 'kind'> & { kind: FaultKind }
export type TraineeRow = Tables['practiceTrainee']

export async function readRun(database: Database, id: string): Promise<RunRow | undefined> {
  return database.selectFrom('practiceRun').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function runningRun(database: Database): Promise<RunRow | undefined> {
  return database.selectFrom('practiceRun').selectAll().where('state', '=', 'running').executeTakeFirst()
}

export async function endedRuns(database: Database, most: number): Promise<RunRow[]> {
  return database.selectFrom('practiceRun').selectAll().where('state', '=', 'ended').orderBy('endedAt', 'desc').limit(most).execute()
}

export async function insertRun(database: Database, run: RunRow, faults: readonly FaultRow[]): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await transaction.insertInto('practiceRun').values(run).execute()
    if (faults.length > 0)
      await transaction
        .insertInto('practiceFault')
        .values([...faults])
        .execute()
  })
}

export async function changeRun(database: Database, id: string, change: Partial<RunRow>): Promise<void> {
  await database.updateTable('practiceRun').set(change).where('id', '=', id).execute()
}

/** Writes the end of an exercise whole: its state, what was broken besides, and everybody's points. */
export async function closeRun(
  database: Database,
  run: RunRow,
  besides: readonly FaultRow[],
  points: ReadonlyMap<string, number | null>,
): Promise<void> {
  const { id, ...change } = run
  await database.transaction().execute(async (transaction) => {
    await transaction.updateTable('practiceRun').set(change).where('id', '=', id).execute()
    if (besides.length > 0)
      await transaction
        .insertInto('practiceFault')
        .values([...besides])
        .execute()
    for (const [name, value] of points)
      await transaction.updateTable('practiceTrainee').set({ points: value }).where('run', '=', id).where('name', '=', name).execute()
  })
}

/** In the order in which they begin. */
export async function readFaults(database: Database, run: string): Promise<FaultRow[]> {
  return (await database
    .selectFrom('practiceFault')
    .selectAll()
    .where('run', '=', run)
    .orderBy('own', 'desc')
    .orderBy('after')
    .execute()) as FaultRow[]
}

/** Faults of exercises that are over, which still stand in the town as far as is known. */
export async function leftFaults(database: Database): Promise<FaultRow[]> {
  return (await database
    .selectFrom('practiceFault')
    .innerJoin('practiceRun', 'practiceRun.id', 'practiceFault.run')
    .selectAll('practiceFault')
    .where('practiceRun.state', '!=', 'running')
    .where('practiceFault.own', '=', 1)
    .where('practiceFault.state', 'in', ['striking', 'struck'])
    .execute()) as FaultRow[]
}

export async function changeFault(database: Database, id: string, change: Partial<FaultRow>): Promise<void> {
  await database.updateTable('practiceFault').set(change).where('id', '=', id).execute()
}

export async function dropFault(database: Database, id: string): Promise<void> {
  await database.deleteFrom('practiceFault').where('id', '=', id).execute()
}

/** Those that stand, oldest first. */
export async function readFindings(database: Database, run: string): Promise<FindingRow[]> {
  return (await database
    .selectFrom('practiceFinding')
    .selectAll()
    .where('run', '=', run)
    .where('withdrawnAt', 'is', null)
    .orderBy('after')
    .orderBy('madeAt')
    .execute()) as FindingRow[]
}

export async function readTrainees(database: Database, run: string): Promise<TraineeRow[]> {
  return database.selectFrom('practiceTrainee').selectAll().where('run', '=', run).orderBy('joinedAt').execute()
}

/** Joining twice is joining once. */
export async function addTrainee(database: Database, run: string, name: string, joinedAt: number): Promise<void> {
  await database
    .insertInto('practiceTrainee')
    .values({ run, name, joinedAt, points: null })
    .onConflict((conflict) => conflict.columns(['run', 'name']).doNothing())
    .execute()
}

/** What struck, as scores take it. */
export function truthOf(faults: readonly FaultRow[]): Truth[] {
  return faults
    .filter(({ state, fromAt }) => state !== 'planned' && state !== 'striking' && fromAt !== null)
    .map(({ id, own, kind, target, after, stations }) => ({
      id,
      own: own === 1,
      kind,
      target,
      after,
      stations: JSON.parse(stations) as string[],
    }))
}
