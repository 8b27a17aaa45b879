import { networkInterfaces } from 'node:os'
import type { Handlers } from '#shared/contract.ts'
import type { commissioning } from '#shared/commissioning/contract.ts'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { readDraft, writeDraft } from './drafts.ts'
import { Scanner } from './scan.ts'
import { ownSubnets } from './subnets.ts'
import { createTables } from './tables.ts'

/** Brings controllers in: finds them, remembers how far a person is, reads tables of many. Adds only by `devices.add`. */
export function createCommissioning(host: Host): Capability {
  const scanner = new Scanner(host)
  const tables = createTables(host)

  const operations: Handlers<typeof commissioning, Context> = {
    subnets: () => ownSubnets(networkInterfaces()),
    startScan: ({ place, patienceMs }, context) => scanner.begin(place, patienceMs, context),
    scan: () => scanner.current(),
    async cancelScan() {
      await scanner.cancel()
      return { done: true }
    },
    async forgetScan() {
      await scanner.forget()
      return { done: true }
    },
    scanTable: () => tables.takeHits(scanner.current()?.hits ?? []),
    draft: (_, { actor }) => readDraft(host.database, actor?.name ?? ''),
    async saveDraft({ draft }, { actor }) {
      await writeDraft(host.database, actor?.name ?? '', draft, host.clock())
      return { done: true }
    },
    ...tables.operations,
  }

  return {
    operations,
    start: () => scanner.start(),
    async stop() {
      await scanner.stop()
      await tables.stop()
    },
  }
}
