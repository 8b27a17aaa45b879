import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { LogFile } from './log.ts'
import { WorkerThread } from './workers.ts'

type Port = { add(input: { a: number; b: number }): number; slow(input: Record<string, never>): string }

const source = `
import { parentPort, workerData } from 'node:worker_threads'
parentPort.on('message', ({ call, name, input }) => {
  if (name === 'add') parentPort.postMessage({ answer: call, output: input.a + input.b })
})
parentPort.postMessage({ event: 'clock', data: workerData.clockOffsetMs })
`

function worker(begin: (time: number) => Promise<void> = async () => undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'worker-'))
  const file = join(folder, 'worker.mjs')
  writeFileSync(file, source)
  const heard: [string, unknown][] = []
  let begun = 0
  const thread = new WorkerThread<Port>({
    name: 'sums',
    url: pathToFileURL(file),
    log: new LogFile(join(folder, 'log'), () => 0).scope('test'),
    clock: () => Date.now() + 3_600_000,
    begin: () => begin(++begun),
    onEvent: (event, data) => heard.push([event, data]),
  })
  onTestFinished(() => thread.stop(async () => undefined))
  return { thread, heard, begun: () => begun }
}

test('calls are answered and events are heard, with the host clock handed over', async () => {
  const { thread, heard } = worker()
  await thread.start()
  expect(await thread.call.add({ a: 2, b: 3 })).toBe(5)
  expect(heard[0]?.[0]).toBe('clock')
  expect(Number(heard[0]?.[1])).toBeGreaterThan(3_590_000)
})

test('a dead thread is begun again; what was open is rejected and what comes later waits for the successor', async () => {
  const { thread, begun } = worker()
  await thread.start()
  const reason = thread.call.slow({}).catch(String)
  await new Promise((resolve) => setImmediate(resolve))
  await thread.crash()
  expect(await reason).toMatch(/ended with code/)
  expect(await thread.call.add({ a: 20, b: 3 })).toBe(23)
  expect(begun()).toBe(2)
})

test('a stopped thread stays stopped until it is started, and is guarded again then', async () => {
  const { thread, begun } = worker()
  await thread.start()
  await thread.stop(async () => undefined)
  await expect(thread.call.add({ a: 1, b: 1 })).rejects.toThrow(/not running/)
  await thread.start()
  await thread.crash()
  expect(await thread.call.add({ a: 1, b: 1 })).toBe(2)
  expect(begun()).toBe(3)
})

test('a successor that cannot begin is replaced as well, and calls are told why until one can', async () => {
  const { thread, begun } = worker(async (time) => {
    if (time === 2 || time === 3) throw new Error('the disk is full')
  })
  await thread.start()
  await thread.crash()
  await expect(thread.call.add({ a: 1, b: 1 })).rejects.toThrow('the disk is full')
  await expect.poll(() => thread.call.add({ a: 1, b: 1 }).catch(String), { timeout: 20_000 }).toBe(2)
  expect(begun()).toBe(4)
})
