import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { CallInput, CallOutput, OperationName } from '#shared/api.ts'
import { createCalendar } from '#shared/calendar.ts'
import { planCalls } from '../../src-main/alarms/notify/plan.ts'
import { openDatabase } from '../../src-main/database.ts'
import type { Told } from '../chaos/host-process.ts'
import { hooked, rowOf, ruleOf, webServer, type Call } from './notify-world.ts'
import { newFolder } from './world.ts'

const patience = { timeout: 20_000 }

/** A whole Hearthgrid in a process of its own, that can be killed. */
async function startHost(folder: string) {
  const child: ChildProcess = fork(join(import.meta.dirname, '..', 'chaos', 'host-process.ts'), [folder], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const waiting = new Map<number, { resolve(output: unknown): void; reject(error: Error): void }>()
  let errors = ''
  let last = 0
  child.stderr?.on('data', (text) => (errors += String(text)))
  child.on('message', ({ id, output, error }: Told) => {
    if (error === undefined) waiting.get(id)?.resolve(output)
    else waiting.get(id)?.reject(new Error(error))
    waiting.delete(id)
  })
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error(`the program has ended: ${errors}`))
  })
  await new Promise((resolve, reject) => waiting.set(0, { resolve, reject }))
  const call = async <N extends OperationName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const id = ++last
    const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }))
    child.send({ id, name, input })
    return (await answer) as CallOutput<N>
  }
  const end = async (signal: 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const over = once(child, 'exit')
    child.kill(signal)
    await over
  }
  onTestFinished(() => end('SIGKILL'))
  return { call: call as Call, kill: () => end('SIGKILL') }
}

test('killed after a notice left and before it was answered, the program sends it to nobody again and shows it as uncertain', async () => {
  const folder = newFolder()
  let silent = true
  const server = await webServer(() => (silent ? null : { status: 200 }))
  const first = await startHost(folder)
  const { list } = await hooked(first.call, server.url)
  await first.kill()

  const rule = ruleOf({ steps: [{ list: list.id, afterMinutes: 0 }], resolved: false, schedule: null })
  const { database, close } = openDatabase(join(folder, 'config.sqlite'))
  const at = Date.now()
  const begun = { what: 'begun' as const, occurrence: randomUUID(), rule, row: rowOf(at), at }
  await database.transaction().execute((transaction) => planCalls(transaction, [begun], createCalendar('UTC')))
  await close()

  const second = await startHost(folder)
  await expect.poll(() => server.got, patience).toHaveLength(1)
  expect((await second.call('alarms.outbox', {})).notices).toMatchObject([{ state: 'sending' }])
  await second.kill()
  silent = false

  const third = await startHost(folder)
  const [uncertain] = (await third.call('alarms.outbox', { state: 'trouble' })).notices
  expect(uncertain).toMatchObject({ state: 'uncertain', trouble: { code: 'stopped' }, occurrence: begun.occurrence })
  // It looks once a second.
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  expect(server.got).toHaveLength(1)
  // A person may.
  await third.call('alarms.retryNotice', { id: uncertain?.id ?? '' })
  await expect.poll(() => server.got, patience).toHaveLength(2)
  await expect.poll(async () => (await third.call('alarms.outbox', {})).notices, patience).toMatchObject([{ state: 'sent' }])
})
