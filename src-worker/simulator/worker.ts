import { parentPort, workerData } from 'node:worker_threads'
import { serve } from '#shared/rpc.ts'
import type { SimulatorPort } from '#shared/simulator/port.ts'
import { simulator } from './simulator.ts'

if (!parentPort) throw new Error('the simulator runs as a worker thread')
const { clockOffsetMs = 0 } = (workerData ?? {}) as { clockOffsetMs?: number }
serve<SimulatorPort>(
  parentPort,
  simulator(() => Date.now() + clockOffsetMs),
)
