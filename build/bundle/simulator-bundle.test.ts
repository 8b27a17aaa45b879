import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect as dial } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../src-shared/rpc.ts'
import type { SimulatorPort } from '../../src-shared/simulator/port.ts'
import { plainStation } from '../../src-worker/simulator/testing/demo-town.ts'
import { root } from '../launch/node.mjs'
import { bundles } from './entries.ts'
import { bundleNodeSide } from './node-side.ts'

const kilobyte = 1_024

/** The kind of the answer to an OPC UA hello: `ACK` from a server that understands it, `ERR` from one that refuses. */
async function hello(port: number): Promise<string> {
  const url = Buffer.from(`opc.tcp://127.0.0.1:${port}/town`)
  const sizes = [0, 65_535, 65_535, 8_388_608, 256, url.length]
  const body = Buffer.alloc(4 * sizes.length)
  sizes.forEach((size, i) => body.writeUInt32LE(size, 4 * i))
  const head = Buffer.from('HELF\0\0\0\0')
  head.writeUInt32LE(head.length + body.length + url.length, 4)
  const socket = dial({ host: '127.0.0.1', port })
  socket.write(Buffer.concat([head, body, url]))
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return answer.toString('latin1', 0, 3)
}

test('the simulator as it is built opens an OPC UA server where no library lies beside it, and loads it only then', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hearthgrid-bundle-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const bundle = bundles.find(({ files }) => 'simulator.js' in files)
  if (!bundle) throw new Error('no bundle of the simulator')
  const out = join(folder, 'out')
  await bundleNodeSide(root, out, bundle)
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const file = join(out, 'worker', 'simulator.js')
  expect(statSync(file).size).toBeLessThan(1_000 * kilobyte)

  const thread = new Worker(file)
  onTestFinished(async () => void (await thread.terminate()))
  const { call, fail } = connect<SimulatorPort>(
    { postMessage: (message) => thread.postMessage(message), on: (event, listener) => thread.on(event, listener) },
    () => undefined,
  )
  thread.on('error', fail)
  const { opcuaPort } = await call.open({ stations: [plainStation({ name: 'Bath' })], ports: null, host: '127.0.0.1', opcua: ['Bath'] })
  expect(await hello(opcuaPort ?? 0)).toBe('ACK')
  await call.close({})
}, 120_000)
