import type { Handlers } from '#shared/contract.ts'
import type { system } from '#shared/system/contract.ts'
import { systemContext, type Capability, type Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'

export function createSystem(host: Host): Capability {
  const operations: Handlers<typeof system, Context> = {
    health: () => ({ status: 'ready', version: host.version }),
    async about() {
      const { state } = await host.call('history.status', {}, systemContext)
      const { version, timeZone, dataFolder, startedAt, desktop } = host
      return { version, timeZone, dataFolder, startedAt, desktop, historyState: state }
    },
  }
  return { operations }
}
