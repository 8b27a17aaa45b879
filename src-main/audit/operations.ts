import { writeOutcomes } from '#shared/acquisition/port.ts'
import type { audit } from '#shared/audit/contract.ts'
import type { Handlers, OutputOf } from '#shared/contract.ts'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'

type SettingChange = OutputOf<(typeof audit)['settingChanges']>[number]

/** How many changes of a device are looked through for the last of each setting. */
const looked = 2000
/** So many marks are more than a chart can show apart. */
const mostChanges = 500

export function createAudit(host: Host): Capability {
  const operations: Handlers<typeof audit, Context> = {
    async list({ before, limit }) {
      let rows = host.database.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit)
      if (before !== undefined) rows = rows.where('id', '<', before)
      return { entries: (await rows.execute()) as OutputOf<(typeof audit)['list']>['entries'] }
    },

    async settingChanges({ id }) {
      const rows = await settingRows(host, [id]).limit(looked).execute()
      const last = new Map<string, SettingChange>()
      for (const row of rows) {
        const change = changeOf(row)
        if (!last.has(change.point)) last.set(change.point, change)
      }
      return [...last.values()]
    },

    async changes({ devices, from, to }) {
      const rows = await settingRows(host, devices)
        .where('at', '>=', from)
        .where('at', '<', to)
        .limit(mostChanges + 1)
        .execute()
      const newest = rows.slice(0, mostChanges)
      const changes = newest.toReversed().map((row) => ({ device: row.subject ?? '', ...changeOf(row) }))
      return { changes, more: rows.length > mostChanges }
    },
  }
  return { operations }
}

/** Changes of settings of devices, newest first. A failure sent nothing, so it is none. */
function settingRows({ database }: Host, devices: readonly string[]) {
  return database
    .selectFrom('audit')
    .select(['subject', 'at', 'actor', 'input', 'result', 'detail'])
    .where('subject', 'in', devices)
    .where('kind', '=', 'setting')
    .where((is) => is.or([is('result', 'in', writeOutcomes), is('result', 'is', null)]))
    .orderBy('id', 'desc')
}

function changeOf(row: { at: number; actor: string; input: string; result: string | null; detail: string | null }): SettingChange {
  const { point, value, expect } = JSON.parse(row.input) as { point: string; value: number; expect: number | null }
  const { found, foundAt, code, ...before } = (row.detail === null ? {} : JSON.parse(row.detail)) as Partial<SettingChange>
  const outcome = writeOutcomes.find((one) => one === row.result) ?? null
  const known = { from: before.from ?? expect, found: found ?? null, foundAt: foundAt ?? null, code: code ?? null }
  return { point, at: row.at, actor: row.actor, outcome, to: value, ...known }
}
