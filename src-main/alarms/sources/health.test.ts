import { mkdtempSync, rmSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { keyOf } from '#shared/alarms/condition-key.ts'
import { healthChecks, type Rule, type TestOf } from '#shared/alarms/rule.ts'
import type { Host } from '../../capability.ts'
import { createHealthSource } from './health.ts'

const noon = Date.UTC(2026, 9, 5, 12)
const minute = 60_000
const hour = 60 * minute
const folder = mkdtempSync(join(tmpdir(), 'hearthgrid-health-'))
afterAll(() => rmSync(folder, { recursive: true }))

const limits: TestOf<'health'> = { kind: 'health', checks: [...healthChecks], diskFree: 5, backupAge: 48, pollOverrun: 60 }

/** A program whose parts answer as the test says; what is missing never answers. */
function program(test: Partial<TestOf<'health'>> = {}, patience?: number) {
  const answers: Record<string, unknown> = {
    'history.status': { state: 'ready', first: noon - 100 * hour, waiting: 0 },
    'backups.status': { lastGood: noon - 10 * hour },
    'acquisition.connections': [],
  }
  let failing = false
  const asked: string[] = []
  const call = ((name: string) => {
    asked.push(name)
    const answer = answers[name]
    if (answer instanceof Error) return Promise.reject(answer)
    return answer === undefined ? new Promise(() => undefined) : Promise.resolve(answer)
  }) as unknown as Host['call']
  const source = createHealthSource({ call, dataFolder: folder, startedAt: noon - hour }, () => failing, patience)
  const rule = { id: 'r', test: { ...limits, ...test } } as Rule
  source.settle(new Map(source.places(rule, []).map((place) => [keyOf(place), { place, rule }])))
  const said = new Map<string, unknown[]>()
  const tell = {
    verdict: (key: string, verdict: string, at: number, shown?: { value: number | null; limit: number | null }) =>
      said.set(key.split('|')[3] ?? '', [verdict, shown?.value, shown?.limit, at]),
    beneath: () => undefined,
  }
  const look = async (at: number) => {
    await source.look(at, tell)
    await source.stop?.()
    await source.look(at, tell)
    return Object.fromEntries([...said].map(([check, [verdict, value, limit]]) => [check, [verdict, value, limit]]))
  }
  return { answers, asked, look, source, tell, said, fail: (is: boolean) => (failing = is) }
}

test('a healthy program is within every limit, with the figures beside', async () => {
  const { look } = program({ diskFree: 0 })
  const { bavail, bsize } = await statfs(folder)
  const now = await look(noon)
  expect(now).toMatchObject({
    backupAge: ['within', 10, 48],
    pollOverrun: ['within', 0, 60],
    historyFailed: ['within', null, null],
    historyBehind: ['unknown', null, 100_000],
    settingsFailed: ['within', null, null],
  })
  expect(now['diskFree']?.[0]).toBe('within')
  expect(Number(now['diskFree']?.[1])).toBeCloseTo((bavail * bsize) / 1e9, -1)
})

test('a disk with less free than the rule asks for is beyond it', async () => {
  expect((await program({ diskFree: 1e9 }).look(noon))['diskFree']?.[0]).toBe('beyond')
})

test('a backup grows old, and a new one makes it young again', async () => {
  const { look, answers } = program()
  expect((await look(noon))['backupAge']).toEqual(['within', 10, 48])
  expect((await look(noon + 38 * hour))['backupAge']).toEqual(['within', 48, 48])
  expect((await look(noon + 38.5 * hour))['backupAge']).toEqual(['beyond', 48.5, 48])
  answers['backups.status'] = { lastGood: noon + 39 * hour }
  expect((await look(noon + 40 * hour))['backupAge']).toEqual(['within', 1, 48])
})

test('without any backup its age is that of the oldest sample, and a folder that cannot be read does not forget the last one', async () => {
  const { look, answers } = program()
  answers['backups.status'] = { lastGood: null }
  expect((await look(noon))['backupAge']).toEqual(['beyond', 100, 48])
  answers['backups.status'] = { lastGood: noon - 2 * hour }
  expect((await look(noon + hour))['backupAge']).toEqual(['within', 3, 48])
  answers['backups.status'] = { lastGood: null }
  expect((await look(noon + 2 * hour))['backupAge']).toEqual(['within', 4, 48])
})

test('late reads of all devices are counted over the last hour, also across a thread that begins anew', async () => {
  const { look, answers } = program()
  const lines = (...counts: [number, number][]) =>
    (answers['acquisition.connections'] = counts.map(([overruns, missedSlots], i) => ({ device: `d${i}`, overruns, missedSlots })))
  lines([3, 1], [0, 0])
  expect((await look(noon))['pollOverrun']).toEqual(['within', 4, 60])
  lines([50, 1], [9, 1])
  expect((await look(noon + 10 * minute))['pollOverrun']).toEqual(['beyond', 61, 60])
  lines([2, 0], [0, 0])
  expect((await look(noon + 20 * minute))['pollOverrun']).toEqual(['beyond', 63, 60])
  expect((await look(noon + 65 * minute))['pollOverrun']).toEqual(['within', 59, 60])
  expect((await look(noon + 85 * minute))['pollOverrun']).toEqual(['within', 0, 60])
})

test('samples that wait for ten minutes are behind, and a short heap of them is not', async () => {
  const { look, answers } = program()
  const wait = (waiting: number) => (answers['history.status'] = { state: 'ready', first: null, waiting })
  wait(300_000)
  await look(noon)
  wait(0)
  await look(noon + 5 * minute)
  wait(300_000)
  expect((await look(noon + 10 * minute))['historyBehind']).toEqual(['within', 0, 100_000])
  await look(noon + 14 * minute)
  wait(250_000)
  expect((await look(noon + 20 * minute))['historyBehind']).toEqual(['beyond', 250_000, 100_000])
})

test('a history that failed, or whose thread is gone, is beyond; one that is being refilled is neither', async () => {
  const { look, answers } = program()
  const state = async (at: number, answer: unknown) => {
    answers['history.status'] = answer
    return (await look(at))['historyFailed']?.[0]
  }
  expect(await state(noon, { state: 'failed', first: null, waiting: 0 })).toBe('beyond')
  expect(await state(noon + minute, { state: 'refilling', first: null, waiting: 0 })).toBe('unknown')
  expect(await state(noon + 2 * minute, { state: 'ready', first: null, waiting: 0 })).toBe('within')
  expect(await state(noon + 3 * minute, new Error('worker history is not running'))).toBe('beyond')
})

test('settings that cannot be written are told at once', async () => {
  const { look, source, tell, said, fail } = program()
  await look(noon)
  fail(true)
  await source.look(noon + 1000, tell)
  expect(said.get('settingsFailed')).toEqual(['beyond', null, null, noon + 1000])
  fail(false)
  await source.look(noon + 2000, tell)
  expect(said.get('settingsFailed')?.[0]).toBe('within')
})

test('what hangs holds up nothing and is not asked again while it does', async () => {
  const { look, answers, asked } = program({}, 50)
  delete answers['history.status']
  const [first, second] = [await look(noon), await look(noon + minute)]
  expect(first['historyFailed']?.[0]).toBe('beyond')
  expect(second['pollOverrun']).toEqual(['within', 0, 60])
  expect(asked.filter((name) => name === 'history.status')).toHaveLength(1)
})

test('nothing is asked every second, and nothing at all without a rule', async () => {
  const { source, tell, asked, look } = program()
  await look(noon)
  const before = asked.length
  for (let at = noon + 1000; at < noon + 30_000; at += 1000) await source.look(at, tell)
  expect(asked).toHaveLength(before)
  source.settle(new Map())
  await look(noon + hour)
  expect(asked).toHaveLength(before)
})
