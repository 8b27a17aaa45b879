import { connect, createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { Names } from './names.ts'

const ask = (names: Names, name: string) =>
  new Promise((resolve) => names.lookup(name, { all: true }, (error, addresses) => resolve(error ? error.code : addresses)))

test('a connection by name finds its server', async () => {
  const server = createServer((socket) => socket.end('here')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const socket = connect({ host: 'localhost', port: (server.address() as AddressInfo).port, lookup: new Names().lookup })
  const [data] = (await once(socket, 'data')) as [Buffer]
  expect(data.toString()).toBe('here')
})

test('a name that nobody knows is told as such', async () => {
  expect(await ask(new Names(), 'no-such-controller.invalid')).toMatch(/ENOTFOUND|EAI_AGAIN/)
})

test('however many ask, few lookups run at a time, and one for each name', async () => {
  const started: string[] = []
  let running = 0
  let most = 0
  const names = new Names(async (name) => {
    started.push(name)
    most = Math.max(most, ++running)
    await new Promise((resolve) => setTimeout(resolve, 2))
    running--
    return { addresses: [{ address: '10.0.0.1', family: 4 }], error: null }
  })
  const wanted = Array.from({ length: 200 }, (_, i) => `Device-${i % 20}.example`)
  for (const answer of await Promise.all(wanted.map((name) => ask(names, name))))
    expect(answer).toEqual([{ address: '10.0.0.1', family: 4 }])
  await Promise.all(wanted.map((name) => ask(names, name)))
  expect(started).toHaveLength(20)
  expect(most).toBe(2)
})
