import { historyEngine } from '../../src-worker/history/engine.ts'
import type { HistoryPort } from '../../src-shared/history/port.ts'
import { announce, serve, type Channel } from '../../src-shared/rpc.ts'

// The history engine as a process of its own, asked over the channel to its parent; limits come as JSON.
const channel: Channel = {
  postMessage: (message) => process.send?.(message),
  on: (event, listener) => process.on(event, listener),
}
serve<HistoryPort>(
  channel,
  historyEngine({
    clock: () => Date.now(),
    onProgress: (progress) => announce(channel, 'progress', progress),
    ...JSON.parse(process.argv[2] ?? '{}'),
  }),
)
