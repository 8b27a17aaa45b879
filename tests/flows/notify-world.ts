import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Notice, RecipientContent } from '#shared/alarms/notify.ts'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { ruleContentSchema, type Notify, type Rule } from '#shared/alarms/rule.ts'
import { createCalendar } from '#shared/calendar.ts'
import type { NotifyChange } from '../../src-main/alarms/notifier.ts'
import { planCalls } from '../../src-main/alarms/notify/plan.ts'
import type { caller, startWorld } from './world.ts'

export type Call = ReturnType<typeof caller>
type Serving = Awaited<ReturnType<typeof startWorld>>['serving']
export type Got = { url: string; method: string; headers: IncomingHttpHeaders; body: string }

type Said = { status: number; text?: string; location?: string } | null | 'drop'

/** A web server on loopback that keeps what it is asked. `answer` null: it never answers; 'drop': it hangs up after it has read everything. */
export async function webServer(answer: (got: Got) => Said | Promise<Said>) {
  const got: Got[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    const reply = async () => {
      const one = { url: request.url ?? '', method: request.method ?? '', headers: request.headers, body }
      got.push(one)
      const said = await answer(one)
      if (said === 'drop') request.socket.destroy()
      else if (said) response.writeHead(said.status, said.location === undefined ? {} : { location: said.location }).end(said.text ?? '')
    }
    request.on('end', () => void reply())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, got }
}

export const nobody: RecipientContent = {
  name: 'Anna',
  language: 'de',
  active: true,
  alsoResolved: true,
  email: null,
  sms: null,
  webhook: null,
}

/** A recipient with a webhook, on a list of its own. */
export async function hooked(call: Call, url: string, content: Partial<RecipientContent> = {}, secret?: string) {
  const asked = { content: { ...nobody, webhook: url, ...content }, ...(secret === undefined ? {} : { secret }) }
  const recipient = await call('alarms.addRecipient', asked)
  const list = await call('alarms.addNotifyList', { content: { name: 'On call', members: [recipient.id], rota: { kind: 'none' } } })
  return { recipient, list }
}

export function ruleOf(notify: Notify): Rule {
  const content = ruleContentSchema.parse({
    name: 'Supply too hot',
    description: '',
    enabled: true,
    priority: 'high',
    scope: { by: 'all' },
    while: [],
    test: { kind: 'limit', points: ['flow'], highHigh: null, high: 90, low: null, lowLow: null, deadband: 1 },
    onDelayS: 0,
    offDelayS: 0,
    latched: false,
    cause: '',
    consequence: '',
    action: 'Close the valve\nCall the plant',
    respondMinutes: 30,
    link: '',
    notify,
    overrides: [],
  })
  return { ...content, id: 'rule', version: 1, library: null, createdAt: 0, changedAt: 0, changedBy: '', removedAt: null }
}

export function rowOf(at: number, extra: Partial<AlarmRow> = {}): AlarmRow {
  return {
    id: 'rule|device|flow|high',
    occurrence: null,
    state: 'unacknowledged',
    active: true,
    priority: 'high',
    kind: 'limit',
    rule: 'rule',
    ruleName: 'Supply too hot',
    device: null,
    deviceName: 'Tulpenweg 3',
    place: 'Zittau',
    line: '',
    point: null,
    part: 'high',
    series: null,
    is: 'temperature',
    decimals: 1,
    value: 95.2,
    raisedValue: 95.2,
    limit: 90,
    raisedAt: at,
    clearedAt: null,
    changedAt: at,
    acknowledged: null,
    waiting: 1,
    recent: [at],
    pendingUntil: null,
    respondBy: null,
    shelf: null,
    suppression: null,
    out: null,
    beneath: 0,
    unsaved: false,
    ...extra,
  }
}

/** Writes changes as the engine does: in a transaction of its own. */
export function planner(serving: Serving) {
  const { database, timeZone, clock } = serving.host
  const calendar = createCalendar(timeZone)
  return async (changes: (Partial<NotifyChange> & Pick<NotifyChange, 'what' | 'rule'>)[], row: Partial<AlarmRow> = {}) => {
    const at = clock()
    const full = changes.map((change) => ({ occurrence: randomUUID(), row: rowOf(at, row), at, ...change }))
    await database.transaction().execute((transaction) => planCalls(transaction, full, calendar))
    return full.map(({ occurrence }) => occurrence)
  }
}

export const outbox = async (call: Call): Promise<Notice[]> => (await call('alarms.outbox', { limit: 500 })).notices
