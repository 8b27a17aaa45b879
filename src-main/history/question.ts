import { randomUUID } from 'node:crypto'
import { Failure } from '#shared/failures.ts'
import type { HistoryPort } from '#shared/history/port.ts'
import type { Remote } from '#shared/rpc.ts'

export type HistoryCall = Remote<HistoryPort>

/**
 * Asks under a name of its own and takes the question back when the signal fires, so that nobody works on an answer that nobody waits
 * for. Rejects with `cancelled` then.
 */
export async function askedUntil<T>(
  call: Pick<HistoryCall, 'cancel'>,
  signal: AbortSignal | undefined,
  ask: (query: string) => Promise<T>,
): Promise<T> {
  if (!signal) return await ask(randomUUID())
  goOn(signal)
  const query = randomUUID()
  return await new Promise<T>((resolve, reject) => {
    const leave = () => {
      call.cancel({ query }).catch(reject)
      reject(new Failure('cancelled'))
    }
    signal.addEventListener('abort', leave, { once: true })
    void ask(query)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', leave))
  })
}

/** Throws `cancelled` when the signal has fired. */
export function goOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Failure('cancelled')
}
