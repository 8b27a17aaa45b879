import type { HistoryPort } from '#shared/history/port.ts'
import type { Remote } from '#shared/rpc.ts'
import type { Layout } from '../layout.ts'
import type { Log } from '../log.ts'
import { WorkerThread } from '../workers.ts'

const memoryMb = 128

export type SecondStore = { layout: Layout; log: Log; clock: () => number; timeZone: string; folder: string }

/** Opens a store beside the one in use, in a thread of its own, for as long as the work takes. */
export async function withStore<T>(
  { layout, log, clock, timeZone, folder }: SecondStore,
  work: (call: Remote<HistoryPort>) => Promise<T>,
): Promise<T> {
  const thread = new WorkerThread<HistoryPort>({
    name: 'second store',
    url: layout.worker('history'),
    log: log.for('second-store'),
    clock,
    begin: async (call) => {
      await call.open({ folder, memoryMb, threads: 1, timeZone })
    },
    onEvent: () => undefined,
  })
  try {
    await thread.start()
    return await work(thread.call)
  } finally {
    await Promise.allSettled([thread.stop((call) => call.close({}))])
  }
}
