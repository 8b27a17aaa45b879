// The acquisition thread: reads the devices and announces what they say.
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { AcquisitionPort } from '#shared/acquisition/port.ts'
import { announce, serve, type Channel } from '#shared/rpc.ts'
import { opcuaFolder } from '#shared/opcua/trust.ts'
import { Fleet } from './fleet.ts'
import { usualTiming } from './timing.ts'

if (!parentPort) throw new Error('started without a parent')
const port = parentPort
const channel: Channel = {
  postMessage: (message, transfer) => port.postMessage(message, transfer ? [...transfer] : undefined),
  on: (event, listener) => port.on(event, listener),
}
const { clockOffsetMs = 0, dataFolder } = (workerData ?? {}) as { clockOffsetMs?: number; dataFolder?: string }
const fleet = new Fleet(
  (event, data, transfer) => announce(channel, event, data, transfer),
  () => Date.now() + clockOffsetMs,
  usualTiming,
  dataFolder === undefined ? undefined : join(dataFolder, opcuaFolder),
)

serve<AcquisitionPort>(channel, {
  ...fleet.handlers,
  stop: () => {
    fleet.stop()
    // With its sockets closed and its port shut, the thread ends by itself; the answer goes out before.
    setImmediate(() => port.close())
  },
})
