import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { OperationName } from '#shared/api.ts'
import { Failure } from '#shared/failures.ts'
import { createPen } from './audit/log.ts'
import { openDatabase } from './database.ts'
import { createDispatch, type Context, type Registered } from './dispatch.ts'
import { Events } from './events.ts'
import type { Announced } from './events.ts'
import { LogFile } from './log.ts'

const full: Context = { actor: { name: 'Ada', role: 'full', via: 'screen' } }
const reader: Context = { actor: { name: 'Bo', role: 'readonly', via: 'api' } }

function world(handler: Registered['handler']) {
  const folder = mkdtempSync(join(tmpdir(), 'dispatch-'))
  const { database } = openDatabase(join(folder, 'config.sqlite'))
  const events = new Events()
  const heard: Announced[] = []
  events.subscribe((event) => heard.push(event))
  const row = {
    method: 'POST' as const,
    path: '/things/{id}' as const,
    role: 'full' as const,
    summary: 'Changes a thing',
    input: z.object({ id: z.string(), token: z.string().optional() }),
    output: z.object({ id: z.string() }),
    audit: 'thing',
  }
  const table = new Map<string, Registered>([['things.change', { row, handler }]])
  const log = new LogFile(join(folder, 'log'), () => 1000).scope('test')
  const dispatch = createDispatch(
    table,
    createPen(database, () => 1000),
    events,
    log,
  )
  const run = (input: unknown, context: Context) => dispatch('things.change' as OperationName, input, context)
  return { run, heard, entries: () => database.selectFrom('audit').selectAll().execute() }
}

test('a change runs, is entered with actor and result, and is announced', async () => {
  const { run, heard, entries } = world((input: { id: string }) => ({ id: input.id, hidden: 'never leaves' }))
  expect(await run({ id: 'a', token: 'very secret' }, full)).toEqual({ id: 'a' })
  expect(heard).toEqual([{ event: 'changed', kind: 'thing', ids: ['a'] }])
  const [entry] = await entries()
  expect(entry).toMatchObject({
    actor: 'Ada',
    via: 'screen',
    operation: 'things.change',
    kind: 'thing',
    subject: 'a',
    result: 'done',
    closedAt: 1000,
  })
  expect(entry?.input).not.toContain('very secret')
})

test('too low a role is refused before the input is even parsed, and nothing runs', async () => {
  let ran = false
  const { run, heard } = world(() => {
    ran = true
    return { id: 'a' }
  })
  await expect(run({ wrong: true }, reader)).rejects.toMatchObject({ code: 'access.denied' })
  await expect(run({ id: 'a' }, { actor: null })).rejects.toMatchObject({ code: 'access.required' })
  expect(ran).toBe(false)
  expect(heard).toEqual([])
})

test('input that does not fit is refused and names the field', async () => {
  const { run } = world(() => ({ id: 'a' }))
  await expect(run({ id: 5 }, full)).rejects.toMatchObject({ code: 'input.invalid', params: { fields: expect.stringContaining('id') } })
})

test('a failure closes the entry with its code and is passed on', async () => {
  const { run, heard, entries } = world(() => {
    throw new Failure('device.silent', { host: 'x' })
  })
  await expect(run({ id: 'a' }, full)).rejects.toMatchObject({ code: 'device.silent' })
  expect((await entries())[0]?.result).toBe('device.silent')
  expect(heard).toEqual([])
})

test('a defect becomes internal with an id and shows nothing of its inside', async () => {
  const { run, entries } = world(() => {
    throw new Error('secret path')
  })
  const error = await run({ id: 'a' }, full).catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'internal', params: { id: expect.stringMatching(/^[0-9a-f]{8}$/) } })
  expect(JSON.stringify((error as Failure).report())).not.toContain('secret')
  expect((await entries())[0]?.result).toBe('internal')
})

test('an operation that is not in the table is not found', async () => {
  const { run } = world(() => ({ id: 'a' }))
  expect(run).toBeDefined()
  const dispatch = createDispatch(
    new Map(),
    { open: async () => 1, close: async () => undefined, amend: async () => undefined },
    new Events(),
    new LogFile(mkdtempSync(join(tmpdir(), 'log-')), () => 0).scope('x'),
  )
  await expect(dispatch('devices.list', {}, full)).rejects.toMatchObject({ code: 'notFound' })
})

test('an act that can end in several ways closes its entry with what came of it, and adds to it later', async () => {
  let entry: Context['entry']
  const { run, entries } = world((input: { id: string }, context: Context) => {
    entry = context.entry
    entry?.note({ from: 1, to: 2 }, 'unknown')
    return { id: input.id }
  })
  await run({ id: 'a' }, full)
  expect((await entries())[0]).toMatchObject({ result: 'unknown', detail: '{"from":1,"to":2}', closedAt: 1000 })
  await entry?.amend({ from: 1, to: 2, found: 1 })
  expect((await entries())[0]).toMatchObject({ result: 'unknown', detail: '{"from":1,"to":2,"found":1}' })
})

test('a failure keeps what was noted before it', async () => {
  const { run, entries } = world((_input: unknown, { entry }: Context) => {
    entry?.note({ found: 3 })
    throw new Failure('write.conflict', { found: 3 })
  })
  await expect(run({ id: 'a' }, full)).rejects.toMatchObject({ code: 'write.conflict' })
  expect((await entries())[0]).toMatchObject({ result: 'write.conflict', detail: '{"found":3}' })
})
