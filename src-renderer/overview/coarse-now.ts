import { useSyncExternalStore } from 'react'
import { useHost } from '../host.ts'

const stepMs = 10_000

/** UTC ms by the host's clock, renewed every ten seconds: enough to tell an old value from a fresh one in hundreds of cells. */
export function useCoarseNow(): number {
  const { ticker } = useHost()
  return useSyncExternalStore(ticker.subscribe, () => Math.ceil(ticker.now() / stepMs) * stepMs)
}
