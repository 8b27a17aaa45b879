import type { SerialLine } from './devices/way.ts'

/**
 * Serial ports belong to the main thread: the package that opens them waits for bytes on its loop, whichever thread asks, and ends
 * the whole program when that was another one. So the threads ask the host, over a BroadcastChannel of this name.
 */
export function serialChannelName(dataFolder: string): string {
  return `hearthgrid serial ports ${dataFolder}`
}

/** What a thread says. `line` is its own number for the port, `thread` the number of the thread. */
export type SerialAsk = { to: 'host'; line: string } & (
  | { ask: 'open'; path: string; settings: SerialLine; thread: number }
  | { ask: 'write'; bytes: Uint8Array }
  | { ask: 'baud'; baud: number }
  | { ask: 'close' }
)

/** What the host says. `error` is in the words of the system; null when it worked. */
export type SerialTold = { to: 'line'; line: string } & (
  | { told: 'opened'; error: string | null }
  | { told: 'data'; bytes: Uint8Array }
  | { told: 'baud'; error: string | null }
  | { told: 'ended'; error: string | null }
)
