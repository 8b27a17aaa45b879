import { parentPort } from 'node:worker_threads'
import type { HistoryPort } from '#shared/history/port.ts'
import { serve, type Channel } from '#shared/rpc.ts'
import { historyEngine } from '../../src-worker/history/engine.ts'

// The history worker with limits so small that segments, packing and copies of the newest samples come many times a second.
const limits = { segmentBytes: 50_000, latestRows: 3000, waitingBytes: 30_000, groupRows: 2000 }
serve<HistoryPort>(parentPort as Channel, historyEngine({ clock: () => Date.now(), onProgress: () => {}, ...limits }))
