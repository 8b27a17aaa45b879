import { parentPort, workerData } from 'node:worker_threads'
import { announce, serve } from '#shared/rpc.ts'
import type { SimulatorPort } from '#shared/simulator/port.ts'
import { simulator } from './simulator.ts'

if (!parentPort) throw new Error('the simulator runs as a worker thread')
const channel = parentPort
const { clockOffsetMs = 0 } = (workerData ?? {}) as { clockOffsetMs?: number }
serve<SimulatorPort>(
  channel,
  simulator(
    () => Date.now() + clockOffsetMs,
    (progress) => announce(channel, 'progress', progress),
  ),
)
