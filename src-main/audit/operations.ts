import { writeOutcomes } from '#shared/acquisition/port.ts'
import type { audit } from '#shared/audit/contract.ts'
import type { Handlers, OutputOf } from '#shared/contract.ts'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'

type SettingChange = OutputOf<(typeof audit)['settingChanges']>[number]

/** How many changes of a device are looked through for the last of each setting. */
const looked = 2000

export function createAudit(host: Host): Capability {
  const operations: Handlers<typeof audit, Context> = {
    async list({ before, limit }) {
      let rows = host.database.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit)
      if (before !== undefined) rows = rows.where('id', '<', before)
      return { entries: (await rows.execute()) as OutputOf<(typeof audit)['list']>['entries'] }
    },

    async settingChanges({ id }) {
      const rows = await host.database
        .selectFrom('audit')
        .select(['at', 'actor', 'input', 'result', 'detail'])
        .where('subject', '=', id)
        .where('kind', '=', 'setting')
        // A failure sent nothing.
        .where((is) => is.or([is('result', 'in', writeOutcomes), is('result', 'is', null)]))
        .orderBy('id', 'desc')
        .limit(looked)
        .execute()
      const last = new Map<string, SettingChange>()
      for (const row of rows) {
        const { point, value, expect } = JSON.parse(row.input) as { point: string; value: number; expect: number | null }
        const { found, foundAt, code, ...before } = (row.detail === null ? {} : JSON.parse(row.detail)) as Partial<SettingChange>
        if (last.has(point)) continue
        const outcome = writeOutcomes.find((one) => one === row.result) ?? null
        const known = { from: before.from ?? expect, found: found ?? null, foundAt: foundAt ?? null, code: code ?? null }
        last.set(point, { point, at: row.at, actor: row.actor, outcome, to: value, ...known })
      }
      return [...last.values()]
    },
  }
  return { operations }
}
