import type { alarms } from '#shared/alarms/contract.ts'
import type { notifyRows } from '#shared/alarms/notify-contract.ts'
import type { Handlers } from '#shared/contract.ts'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { acts } from './acting.ts'
import { Desk } from './desk.ts'
import { readHistory } from './history.ts'
import { historyFile } from './history-file.ts'
import { kpiOperations } from './kpi/operations.ts'
import { libraryOperations } from './library.ts'
import { createNotifier } from './notify/notifier.ts'
import { addRule, ruleActs } from './rule-operations.ts'
import { createSources } from './sources/sources.ts'
import { trialOperations } from './trial/operations.ts'
import { views } from './views.ts'

/** `guard` says which series are read at least once a minute, since a rule looks at them. */
export type AlarmPorts = { guard: (series: ReadonlySet<number>) => void }

const rowsOfFile = 1000

/** Rules, alarms as they stand, their history, and whom they are told. */
export function createAlarms(host: Host, { guard }: AlarmPorts): Capability {
  const notifier = createNotifier(host)
  const desk = new Desk(host, { notifier, sources: (failing) => createSources(host, failing), guard })

  const operations: Omit<Handlers<typeof alarms, Context>, keyof typeof notifyRows> = {
    ...views(host, desk),
    ...acts(host, desk),
    ...ruleActs(host, desk, () => desk.sources),
    ...trialOperations(host),
    ...kpiOperations(host),
    ...libraryOperations(host, (content, library, context) => addRule(host, desk, content, library, context)),
    history: ({ limit, before, ...filter }) => readHistory(host.database, filter, limit, before),
    historyFile: ({ delimiter, decimal, ...filter }) => historyFile(pagesOf(filter), delimiter, decimal),
  }

  async function* pagesOf(filter: Parameters<typeof readHistory>[1]) {
    for (let before: string | undefined; ;) {
      const { rows, next } = await readHistory(host.database, filter, rowsOfFile, before)
      yield rows
      if (next === null) return
      before = next
    }
  }

  return {
    operations: { ...operations, ...notifier.operations },
    take: (event) => desk.engine.take(event),
    deviceChanged: async (change) => desk.deviceChanged(change),
    async start() {
      await desk.start()
      await notifier.start()
    },
    async stop() {
      await desk.stop()
      await notifier.stop()
    },
  }
}
