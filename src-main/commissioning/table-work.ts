import { lineKey } from '#shared/acquisition/address.ts'
import { Failure } from '#shared/failures.ts'
import type { Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import type { Row } from './tables.ts'

export type Task = { kind: 'ask'; context: Context } | { kind: 'add'; context: Context; unseen: boolean; plainOutside: boolean }

export type Watch = { stopped(): boolean; stepped(many: number): void }

/** Lines worked on at the same time; the devices of one line come one after another. */
const linesAtOnce = 8

/** Asks about or adds each row. What goes wrong with one stands in its row and stops no other. */
export async function work(host: Host, rows: readonly Row[], task: Task, watch: Watch): Promise<void> {
  const lines = new Map<string, Row[]>()
  for (const row of rows) {
    const key = row.wanted ? lineKey(row.wanted.address) : ''
    const line = lines.get(key)
    if (line) line.push(row)
    else lines.set(key, [row])
  }
  const queue = [...lines.values()]
  const worker = async () => {
    for (let line = queue.shift(); line; line = queue.shift()) {
      for (const row of line) {
        if (watch.stopped()) return
        await one(host, row, task)
        watch.stepped(1)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(linesAtOnce, queue.length) }, worker))
}

async function one(host: Host, row: Row, task: Task): Promise<void> {
  if (!row.wanted) return
  try {
    await (task.kind === 'ask' ? ask(host, row, task) : add(host, row, task))
    row.failure = null
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    row.state = error.code === 'device.duplicate' ? 'known' : 'failed'
    row.failure = error.report()
  }
}

async function ask(host: Host, row: Row, { context }: Task): Promise<void> {
  if (!row.wanted) return
  const { address, profile } = row.wanted
  const { identity } = await host.call('devices.probe', { ...address, profile }, context)
  row.found = [identity.model, identity.application].filter((word) => word !== null).join(' ')
  row.state = 'found'
}

async function add(host: Host, row: Row, { context, unseen, plainOutside }: Extract<Task, { kind: 'add' }>): Promise<void> {
  if (!row.wanted) return
  const { address, profile, name, place, tags } = row.wanted
  const device = await host.call('devices.add', { ...address, profile, name, place, tags, unseen, plainOutside }, context)
  row.device = device.id
  row.found ??= [device.identity.model, device.identity.application].filter((word) => word !== null).join(' ')
  row.state = 'added'
}
