import type { audit } from '#shared/audit/contract.ts'
import type { Handlers, OutputOf } from '#shared/contract.ts'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'

export function createAudit(host: Host): Capability {
  const operations: Handlers<typeof audit, Context> = {
    async list({ before, limit }) {
      let rows = host.database.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit)
      if (before !== undefined) rows = rows.where('id', '<', before)
      return { entries: (await rows.execute()) as OutputOf<(typeof audit)['list']>['entries'] }
    },
  }
  return { operations }
}
