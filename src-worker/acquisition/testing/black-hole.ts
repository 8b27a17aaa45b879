import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

const script = `
const { createServer, connect } = require('node:net')
const { parentPort, workerData } = require('node:worker_threads')
const server = createServer(() => {})
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  const { port } = server.address()
  for (let i = 0; i < 8; i++) connect(port, '127.0.0.1').on('error', () => {})
  const hold = () => {
    parentPort.postMessage(port)
    Atomics.wait(workerData, 0, 0)
    process.exit()
  }
  // After the connections have been asked for, and before the loop could accept one.
  process.nextTick(() => process.nextTick(hold))
})`

/** A port that swallows every connection request, as a dead line does: its queue is full and nobody accepts. */
export async function blackHole(): Promise<{ port: number; close(): Promise<void> }> {
  const gate = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(script, { eval: true, workerData: gate })
  const [port] = (await once(worker, 'message')) as [number]
  return {
    port,
    async close() {
      const exit = once(worker, 'exit')
      Atomics.store(gate, 0, 1)
      Atomics.notify(gate, 0)
      await exit
    },
  }
}
