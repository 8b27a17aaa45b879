import { join } from 'node:path'
import { expect, test } from 'vitest'
import { apiBase } from '#shared/api.ts'
import type { Role } from '#shared/contract.ts'
import type { PracticeRun } from '#shared/practice/contract.ts'
import { openDatabase } from '../../src-main/database.ts'
import { createToken } from '../../src-main/users/credentials.ts'
import { startTown } from './town-world.ts'
import { caller, eventually, newFolder, startWorld } from './world.ts'

const hourMs = 3_600_000
type World = Awaited<ReturnType<typeof startWorld>>

/** The voice of a person of that name. */
async function person(world: World, folder: string, name: string, role: Role) {
  const { database, close } = openDatabase(join(folder, 'config.sqlite'))
  const token = await createToken(database, { name, role }, Date.now())
  await close()
  const text = async (path: string) =>
    (await fetch(`${world.serving.url}${apiBase}${path}`, { headers: { authorization: `Bearer ${token}` } })).text()
  return { call: caller(world.serving, token), text, token }
}

async function school() {
  const folder = newFolder()
  const world = await startTown({ folder, days: 0 })
  const ines = await person(world, folder, 'Ines', 'full')
  const tom = await person(world, folder, '=Tom', 'readonly')
  return { folder, world, ines, tom }
}

const runOf = async ({ call }: Pick<World, 'call'>): Promise<PracticeRun> => {
  const { run } = await call('practice.now', {})
  if (!run) throw new Error('no exercise runs')
  return run
}

const standing = async ({ call }: Pick<World, 'call'>) => {
  const [{ faults }, { now }] = await Promise.all([call('simulator.faults', {}), call('simulator.status', {})])
  return faults.filter(({ from, to }) => from <= (now ?? 0) && (to === null || to > (now ?? 0)))
}

test('an exercise strikes in its time, is reported, scored, mended and told as tables', { timeout: 300_000 }, async () => {
  const { world, ines, tom } = await school()
  const before = await standing(ines)
  await expect(tom.call('practice.start', { exercise: 'silentHouse' })).rejects.toMatchObject({ code: 'access.denied' })
  const { id } = await ines.call('practice.start', {
    exercise: 'free',
    kinds: ['bypass', 'offline'],
    count: 2,
    hours: 10,
    speed: 60,
    seed: 5,
  })
  await expect(ines.call('practice.start', { exercise: 'firstLook' })).rejects.toMatchObject({ code: 'practice.running' })
  expect((await world.call('simulator.status', {})).speed).toBe(60)

  const planned = (await runOf(ines)).faults?.filter(({ own }) => own) ?? []
  expect(planned.map(({ state }) => state)).toEqual(['planned', 'planned'])
  const [first, second] = planned
  if (!first || !second) throw new Error('no faults')
  expect(before.map(({ target }) => target)).not.toContain(first.target)
  expect(await runOf(tom)).toMatchObject({ open: false, faults: null, joined: false, findings: [] })
  expect(JSON.parse(await tom.text(`/practice/runs/${id}/truth.csv`))).toMatchObject({ code: 'practice.hidden' })

  const early = { id, kind: first.kind, target: first.target, note: 'a guess' }
  await tom.call('practice.report', early)
  await expect(tom.call('practice.report', early)).rejects.toMatchObject({ code: 'practice.twice' })
  await expect(tom.call('practice.report', { ...early, target: 'Nowhere' })).rejects.toMatchObject({ code: 'notFound' })
  await expect(ines.call('practice.report', early)).rejects.toMatchObject({ code: 'practice.instructor' })
  const [guess] = (await runOf(tom)).findings
  expect(guess?.outcome).toBeNull()
  await expect(ines.call('practice.withdraw', { id, finding: guess?.id ?? '' })).rejects.toMatchObject({ code: 'notFound' })
  await tom.call('practice.withdraw', { id, finding: guess?.id ?? '' })
  expect((await runOf(tom)).findings).toEqual([])

  await ines.call('practice.ahead', { id, hours: 6 })
  const struck = await standing(ines)
  for (const { kind, target } of planned) expect(struck).toContainEqual(expect.objectContaining({ kind, target, to: null }))
  const [began] = (await runOf(ines)).faults ?? []
  expect(Math.abs((began?.after ?? 0) - first.after)).toBeLessThan(0.1 * hourMs)
  await tom.call('practice.report', { id, kind: first.kind, target: first.target, note: '=cmd("x")' })
  await tom.call('practice.report', { id, kind: second.kind === 'bypass' ? 'hunting' : 'bypass', target: second.target })
  const led = await runOf(ines)
  expect(led.trainees).toMatchObject([{ name: '=Tom', reports: 2, score: { found: 1, half: 1, missed: 0, false: 0 } }])

  await ines.call('practice.end', { id })
  const result = await tom.call('practice.run', { id })
  const [found, half] = result.findings
  expect(found).toMatchObject({ outcome: 'found', trainee: '=Tom' })
  expect(half?.outcome).toBe('half')
  const share = 1 - (found?.delay ?? 0) / (result.limit - (result.faults?.[0]?.after ?? 0))
  expect(result.trainees[0]?.score?.points).toBe(Math.round((100 / 2) * (0.8 + 0.2 * share + 0.4)))
  expect(result.faults?.filter(({ own }) => own).map(({ state }) => state)).toEqual(['over', 'over'])
  expect(result.faults?.filter(({ own }) => !own)).toHaveLength(before.length)
  expect((await standing(ines)).map(({ id: fault }) => fault)).toEqual(before.map(({ id: fault }) => fault))
  expect((await world.call('simulator.status', {})).speed).toBe(1)

  const truth = (await tom.text(`/practice/runs/${id}/truth.csv`)).split('\r\n')
  expect(truth).toHaveLength(2 + (result.faults?.length ?? 0))
  expect(truth[1]).toContain(`${first.kind};`)
  expect(truth[1]).toContain(';exercise;')
  const findings = await tom.text(`/practice/runs/${id}/findings.csv?delimiter=comma`)
  expect(findings).toContain("'=Tom,")
  expect(findings).toContain("'=cmd(")
  expect(await tom.call('practice.scores', {})).toMatchObject([{ name: '=Tom', exercises: 1, best: result.trainees[0]?.score?.points }])
  expect(await tom.call('practice.runs', {})).toMatchObject([{ id, exercise: 'free', trainees: 1 }])
  const entries = (await world.call('audit.list', {})).entries.filter(({ operation }) => operation.startsWith('practice.'))
  expect(entries.map(({ operation, actor, result: outcome }) => [operation, actor, outcome])).toContainEqual([
    'practice.report',
    '=Tom',
    'done',
  ])
})

test('whoever practises alone sees no truth until it ends, and it ends by itself at its limit', { timeout: 300_000 }, async () => {
  const { ines } = await school()
  const { id } = await ines.call('practice.start', { exercise: 'silentHouse', alone: true })
  expect(await runOf(ines)).toMatchObject({ open: false, faults: null, joined: true, alone: true })
  expect(JSON.parse(await ines.text(`/practice/runs/${id}/truth.csv`))).toMatchObject({ code: 'practice.hidden' })
  await ines.call('practice.ahead', { id, hours: 10 })
  expect((await ines.call('practice.now', {})).run).toBeNull()
  const result = await ines.call('practice.run', { id })
  expect(result).toMatchObject({ state: 'ended', open: true, trainees: [{ name: 'Ines', score: { points: 0, missed: 1 } }] })
  expect(result.elapsed).toBe(result.limit)
})

test('an exercise outlives a restart, and one that was cancelled leaves nothing broken', { timeout: 300_000 }, async () => {
  const { folder, world, ines, tom } = await school()
  const before = await standing(ines)
  const { id } = await ines.call('practice.start', { exercise: 'free', kinds: ['bypass'], count: 2, hours: 20, speed: 10 })
  await tom.call('practice.join', { id })
  await ines.call('practice.ahead', { id, hours: 12 })
  const led = await runOf(ines)
  await world.stop()
  // As if the program had ended between the strike and writing it down.
  const { database, close } = openDatabase(join(folder, 'config.sqlite'))
  const [torn] = await database
    .updateTable('practiceFault')
    .set({ state: 'striking', fault: null })
    .where('run', '=', id)
    .returning('target')
    .execute()
  await close()

  const again = await startTown({ folder })
  const back = { call: caller(again.serving, ines.token) }
  await eventually(
    () => back.call('simulator.status', {}),
    ({ running, making }) => running && making === null,
  )
  const run = await eventually(
    () => runOf(back),
    ({ elapsed }) => elapsed > led.elapsed,
  )
  expect(run).toMatchObject({ id, state: 'running', trainees: [{ name: '=Tom' }] })
  expect(run.elapsed - led.elapsed).toBeLessThan(hourMs)
  const own = run.faults?.filter((fault) => fault.own) ?? []
  expect(own.map(({ after, target }) => ({ after, target }))).toEqual(
    led.faults?.filter((fault) => fault.own).map(({ after, target }) => ({ after, target })),
  )
  const struck = await standing(back)
  for (const { target } of own) expect(struck).toContainEqual(expect.objectContaining({ kind: 'bypass', target }))
  expect(struck.filter(({ target }) => target === torn?.target)).toHaveLength(1)
  expect((await back.call('simulator.status', {})).speed).toBe(10)

  await back.call('practice.cancel', { id })
  expect((await standing(back)).map(({ target }) => target)).toEqual(before.map(({ target }) => target))
  expect(await back.call('practice.runs', {})).toEqual([])
  expect(await back.call('practice.scores', {})).toEqual([])
  await expect(back.call('practice.end', { id })).rejects.toMatchObject({ code: 'practice.over' })
})

test('without the town no exercise begins, and one whose town was closed waits and is still cancelled', { timeout: 300_000 }, async () => {
  const { ines, world } = await school()
  const { id } = await ines.call('practice.start', { exercise: 'plantNight' })
  await world.call('simulator.close', {})
  expect(await ines.call('practice.now', {})).toMatchObject({ town: 'closed', run: { id, state: 'running' } })
  await expect(ines.call('practice.ahead', { id, hours: 1 })).rejects.toMatchObject({ code: 'practice.noTown' })
  await ines.call('practice.cancel', { id })
  await expect(ines.call('practice.start', { exercise: 'plantNight' })).rejects.toMatchObject({ code: 'practice.noTown' })
})

test('what an exercise left broken when the program ended too soon is mended at the next start', { timeout: 300_000 }, async () => {
  const { folder, world, ines } = await school()
  const before = await standing(ines)
  const { id } = await ines.call('practice.start', { exercise: 'free', kinds: ['bypass', 'frozen'], count: 2, hours: 4 })
  await ines.call('practice.ahead', { id, hours: 3 })
  expect(await standing(ines)).toHaveLength(before.length + 2)
  await world.stop()
  const { database, close } = openDatabase(join(folder, 'config.sqlite'))
  await database.updateTable('practiceRun').set({ state: 'ended', endedAt: Date.now() }).where('id', '=', id).execute()
  await close()

  const again = await startTown({ folder })
  const left = await eventually(
    () => standing(again),
    (faults) => faults.length === before.length,
  )
  expect(left.map(({ target }) => target)).toEqual(before.map(({ target }) => target))
})
