import { randomUUID } from 'node:crypto'
import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import { mostFindings, type practice } from '#shared/practice/contract.ts'
import { parseExercises } from '#shared/practice/exercise.ts'
import { networkName, plantName } from '#shared/practice/kinds.ts'
import { faultRow, type FaultKind } from '#shared/simulator/faults.ts'
import { systemContext, type Capability, type Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { Conductor } from './conductor.ts'
import { prepareRun } from './prepare.ts'
import { maySeeTruth, presentRun } from './present.ts'
import { readScores } from './scores.ts'
import { addTrainee, endedRuns, readFindings, readRun, readTrainees, type RunRow } from './store.ts'
import { findingTable, truthTable } from './tables.ts'
import { townState, townStatus } from './town.ts'

const mostRuns = 100

/** Exercises in the demo town: what breaks and when, what trainees report, and what came of it. */
export function createPractice(host: Host, files: () => ReadonlyMap<string, unknown>): Capability {
  const { database } = host
  const conductor = new Conductor(host)
  const exercises = parseExercises(files())
  const byId = new Map(exercises.map(({ id, exercise }) => [id, exercise]))

  /** The row as it is now. */
  const find = async (id: string): Promise<RunRow> => {
    const running = await conductor.current()
    const run = running?.id === id ? running : await readRun(database, id)
    if (!run) throw new Failure('notFound', { what: 'exercise' })
    return run
  }

  const places = async () => {
    const { stations, zones } = await host.call('simulator.town', {}, systemContext)
    return {
      stations: stations.map(({ name, place, device }) => ({ name, place, device })),
      zones: zones.map(({ id, name }) => ({ id, name })),
    }
  }

  const checkTarget = async (kind: FaultKind, target: string) => {
    const { stations, zones } = await places()
    const known = {
      station: () => stations.some(({ name }) => name === target),
      zone: () => zones.some(({ id }) => id === target),
      node: () => target === networkName,
      plant: () => target === plantName,
    }[faultRow(kind).target]()
    if (!known) throw new Failure('notFound', { what: 'place' })
  }

  const takePart = async (run: RunRow, name: string) => {
    if (run.alone === 0 && run.instructor === name) throw new Failure('practice.instructor')
    await addTrainee(database, run.id, name, host.clock())
  }

  const operations: Handlers<typeof practice, Context> = {
    async now(_input, context) {
      const status = await townStatus(host)
      const town = townState(status)
      const run = await conductor.current()
      const open = town === 'open'
      return {
        town,
        outdoor: open ? status.outdoor : null,
        at: open ? status.now : null,
        speed: open ? status.speed : null,
        run: run && (await presentRun(host, run, nameOf(context))),
      }
    },

    exercises: () =>
      exercises.map(({ id, exercise: { level, season, hours, speed, faults } }) => ({
        id,
        level,
        season,
        hours,
        speed,
        faults: faults.reduce((sum, { count }) => sum + count, 0),
        kinds: [...new Set(faults.flatMap(({ kinds }) => kinds))],
      })),

    places,

    async start(asked, context) {
      const name = nameOf(context)
      let id = ''
      await conductor.begin(async () => {
        const run = await prepareRun(host, byId, asked, name)
        id = run.id
        if (asked.alone) await takePart(run, name)
        return run
      })
      context.entry?.note({ exercise: asked.exercise, alone: asked.alone })
      return { id }
    },

    async join({ id }, context) {
      await conductor.within(id, (run) => takePart(run, nameOf(context)))
      return { done: true }
    },

    async report({ id, kind, target, note }, context) {
      await checkTarget(kind, target)
      await conductor.within(id, async (run) => {
        const trainee = nameOf(context)
        const before = (await readFindings(database, id)).filter((one) => one.trainee === trainee)
        if (before.some((one) => one.kind === kind && one.target === target)) throw new Failure('practice.twice')
        if (before.length >= mostFindings) throw new Failure('practice.tooMany', { most: mostFindings })
        await takePart(run, trainee)
        const made = { after: run.elapsed, at: run.townAt, madeAt: host.clock(), withdrawnAt: null }
        await database
          .insertInto('practiceFinding')
          .values({ id: randomUUID(), run: id, trainee, kind, target, note, ...made })
          .execute()
      })
      return { done: true }
    },

    async withdraw({ id, finding }, context) {
      await conductor.within(id, async () => {
        const { numUpdatedRows } = await database
          .updateTable('practiceFinding')
          .set({ withdrawnAt: host.clock() })
          .where('id', '=', finding)
          .where('run', '=', id)
          .where('trainee', '=', nameOf(context))
          .where('withdrawnAt', 'is', null)
          .executeTakeFirst()
        if (numUpdatedRows === 0n) throw new Failure('notFound', { what: 'finding' })
      })
      return { done: true }
    },

    async ahead({ id, hours }) {
      await conductor.ahead(id, hours)
      return { done: true }
    },

    async end({ id }) {
      await conductor.end(id, 'ended')
      return { done: true }
    },

    async cancel({ id }) {
      await conductor.end(id, 'cancelled')
      return { done: true }
    },

    async runs(_input, context) {
      const rows = await endedRuns(database, mostRuns)
      return Promise.all(
        rows.map(async (run) => {
          const trainees = await readTrainees(database, run.id)
          const { id, startedAt, endedAt, instructor } = run
          const exercise = run.exercise as (typeof exercises)[number]['id']
          const mine = trainees.find(({ name }) => name === nameOf(context))?.points ?? null
          return { id, exercise, startedAt, endedAt: endedAt ?? startedAt, instructor, trainees: trainees.length, mine }
        }),
      )
    },

    run: async ({ id }, context) => presentRun(host, await find(id), nameOf(context)),

    scores: () => readScores(database),

    async truthTable({ id, delimiter }, context) {
      const run = await find(id)
      const name = nameOf(context)
      if (!maySeeTruth(run, name)) throw new Failure('practice.hidden')
      return truthTable(await presentRun(host, run, name), delimiter)
    },

    findingTable: async ({ id, delimiter }, context) => findingTable(await presentRun(host, await find(id), nameOf(context)), delimiter),
  }

  return { operations, start: () => conductor.start(), stop: () => conductor.stop() }
}

function nameOf({ actor }: Context): string {
  if (!actor) throw new Failure('access.required')
  return actor.name
}
