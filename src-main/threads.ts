import type { AcquisitionPort } from '#shared/acquisition/port.ts'
import type { HistoryPort } from '#shared/history/port.ts'
import type { SimulatorPort } from '#shared/simulator/port.ts'
import type { Layout } from './layout.ts'
import type { Log } from './log.ts'
import { WorkerThread } from './workers.ts'

/** The three threads. Each capability that owns one says what happens at its start and with its events. */
export type HostWorkers = {
  acquisition: WorkerThread<AcquisitionPort>
  history: WorkerThread<HistoryPort>
  simulator: WorkerThread<SimulatorPort>
}

export type ThreadHooks = {
  [K in keyof HostWorkers]: {
    begin(call: HostWorkers[K]['call']): Promise<void>
    onEvent(event: string, data: unknown): void
  }
}

/** Makes the threads without starting them. `hooks` is asked late, because capabilities are made after the threads. */
export function createThreads(layout: Layout, log: Log, clock: () => number, hooks: () => ThreadHooks, dataFolder?: string): HostWorkers {
  const plan = <K extends keyof HostWorkers>(name: K) => ({
    name,
    url: layout.worker(name),
    log,
    clock,
    dataFolder,
    begin: (call: HostWorkers[K]['call']) => hooks()[name].begin(call),
    onEvent: (event: string, data: unknown) => hooks()[name].onEvent(event, data),
  })
  return {
    acquisition: new WorkerThread<AcquisitionPort>({ ...plan('acquisition'), endsWithinMs: 3000 }),
    history: new WorkerThread<HistoryPort>(plan('history')),
    simulator: new WorkerThread<SimulatorPort>(plan('simulator')),
  }
}
