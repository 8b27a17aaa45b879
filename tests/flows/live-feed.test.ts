import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket as Peer } from 'ws'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { LiveEvent } from '#shared/live.ts'
import { LiveFeed } from '../../src-renderer/live.ts'

async function startFeed() {
  const http = createServer()
  const server = new WebSocketServer({ server: http })
  const peers: Peer[] = []
  const said: number[][] = []
  server.on('connection', (peer) => {
    peers.push(peer)
    peer.on('message', (data: Buffer) => said.push((JSON.parse(data.toString()) as { watch: number[] }).watch))
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const opened: boolean[] = []
  const feed = new LiveFeed({
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    now: () => 1000,
    onEvent: () => undefined,
    onOpen: (again) => opened.push(again),
    onLost: () => undefined,
  })
  feed.start()
  onTestFinished(() => {
    feed.stop()
    for (const peer of peers) peer.terminate()
    server.close()
    http.close()
  })
  await vi.waitFor(() => expect(peers).toHaveLength(1))
  const tell = (series: number[], at: number[], value: (number | null)[]) => {
    const event: LiveEvent = { event: 'readings', series, at, value, quality: series.map(() => 0) }
    peers.at(-1)?.send(JSON.stringify(event))
  }
  return { feed, peers, said, opened, tell }
}

test('the union of all watchers is said once, and what nobody watches is taken back', async () => {
  const { feed, said } = await startFeed()
  const stopFirst = feed.watch([3, 1], () => undefined)
  feed.watch([1, 2], () => undefined)
  await vi.waitFor(() => expect(said.at(-1)).toEqual([1, 2, 3]))
  stopFirst()
  await vi.waitFor(() => expect(said.at(-1)).toEqual([1, 2]))
})

test('a hidden page watches nothing until it is seen again', async () => {
  const { feed, said } = await startFeed()
  feed.watch([7], () => undefined)
  await vi.waitFor(() => expect(said.at(-1)).toEqual([7]))
  feed.hide(true)
  await vi.waitFor(() => expect(said.at(-1)).toEqual([]))
  feed.hide(false)
  await vi.waitFor(() => expect(said.at(-1)).toEqual([7]))
})

test('what is recorded is watched while the page is hidden', async () => {
  const { feed, said } = await startFeed()
  feed.watch([7], () => undefined)
  const stop = feed.watch([8, 9], () => undefined, { unseen: true })
  await vi.waitFor(() => expect(said.at(-1)).toEqual([7, 8, 9]))
  feed.hide(true)
  await vi.waitFor(() => expect(said.at(-1)).toEqual([8, 9]))
  stop()
  await vi.waitFor(() => expect(said.at(-1)).toEqual([]))
})

test('a batch wakes each watcher once; an older reading never replaces a newer one', async () => {
  const { feed, tell } = await startFeed()
  const woken = vi.fn<() => void>()
  feed.watch([1, 2], woken)
  tell([1, 2], [10, 10], [5, 6])
  await vi.waitFor(() => expect(feed.reading(2)?.value).toBe(6))
  expect(woken).toHaveBeenCalledTimes(1)
  tell([1, 2], [9, 11], [4, 7])
  await vi.waitFor(() => expect(feed.reading(2)?.value).toBe(7))
  expect(feed.reading(1)).toEqual({ value: 5, quality: 'good', at: 10 })
  expect(feed.move(2)).toEqual({ way: 'up', at: 11 })
})

test('a lost connection is told, made again, and watches what was watched', async () => {
  const { feed, peers, said, opened } = await startFeed()
  feed.watch([4], () => undefined)
  await vi.waitFor(() => expect(said).toEqual([[4]]))
  peers[0]?.terminate()
  await vi.waitFor(() => expect(feed.link().state).toBe('lost'))
  await vi.waitFor(() => expect(said).toEqual([[4], [4]]), 5000)
  expect(feed.link().state).toBe('open')
  expect(opened).toEqual([false, true])
})
