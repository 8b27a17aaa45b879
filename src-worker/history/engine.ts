import { Failure } from '#shared/failures.ts'
import type { HistoryPort } from '#shared/history/port.ts'
import { defaults, type StoreOptions } from './start.ts'
import { Store } from './store.ts'

/** HistoryPort without the thread around it. */
export type HistoryEngine = { [K in keyof HistoryPort]: (input: Parameters<HistoryPort[K]>[0]) => Promise<ReturnType<HistoryPort[K]>> }

export type EngineOptions = Pick<StoreOptions, 'clock' | 'onProgress'> & Partial<StoreOptions>

/** The engine on a journal and DuckDB. It holds at most one folder at a time. */
export function historyEngine(options: EngineOptions): HistoryEngine {
  let store: Store | undefined
  let busy = false
  let opening: Promise<unknown> = Promise.resolve()
  const opened = () => {
    if (!store) throw new Failure('storage.failed', { reason: 'closed' })
    return store
  }
  return {
    open: async (input) => {
      if (store || busy) throw new Failure('conflict', { pid: process.pid })
      busy = true
      try {
        const made = Store.open({ ...defaults, ...options, ...input, timeZone: input.timeZone ?? 'UTC' })
        opening = Promise.allSettled([made])
        store = await made
        return await store.status()
      } finally {
        busy = false
      }
    },
    append: async (input) => await opened().append(input),
    correct: async (input) => await opened().correct(input),
    keep: async (input) => opened().keep(input),
    tidy: async () => await opened().tidy(),
    chart: async (input) => await opened().questions.chart(input),
    readings: async (input) => await opened().questions.readings(input),
    samples: async (input) => await opened().questions.samples(input),
    aggregate: async (input) => await opened().questions.aggregate(input),
    sums: async (input) => await opened().questions.sums(input),
    gaps: async (input) => await opened().questions.gaps(input),
    cancel: async ({ query }) => opened().questions.cancel(query),
    latest: async () => opened().latest(),
    status: async () => await opened().status(),
    hold: async () => await opened().hold(),
    release: async ({ id }) => await opened().release(id),
    close: async () => {
      // The engine must not be left while it opens: the whole process would end with it.
      await opening
      const closing = opened()
      store = undefined
      busy = true
      try {
        await closing.close()
      } finally {
        busy = false
      }
    },
  }
}
