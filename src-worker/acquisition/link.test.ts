import { afterEach, describe, expect, it } from 'vitest'
import { Links } from './links.ts'
import type { LinkUser, Priority, RegisterLink } from './link.ts'
import { blackHole } from './testing/black-hole.ts'
import { Peer, registers, type Manner } from './testing/peer.ts'
import { usualTiming, type Timing } from './timing.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

async function peer(manner: Manner = (asked) => registers(asked)): Promise<Peer> {
  const made = new Peer(manner)
  open.push(made)
  await made.listen()
  return made
}

const user = (): LinkUser => ({ linkClosed: () => undefined })

function links(timing: Partial<Timing> = {}) {
  const all = new Links({ ...usualTiming, ...timing })
  const acquire = (port: number, who = user()): RegisterLink => {
    const link = all.registers({ host: '127.0.0.1', port, unit: 1 }, who)
    open.push({ close: () => all.release(link, who) })
    return link
  }
  return { all, acquire }
}

describe('a link', () => {
  it('is one connection for all who ask at the same host and port, made at the first request', async () => {
    const server = await peer()
    const { acquire } = links()
    const [one, two] = [acquire(server.port), acquire(server.port)]
    expect(two).toBe(one)
    expect(server.connections).toBe(0)
    const answers = await Promise.all([one.read('stored', 1, 'holding', 5, 2), two.read('stored', 9, 'holding', 7, 1)])
    expect(answers.map(({ data }) => [...data])).toEqual([[5, 6], [7]])
    expect(server.connections).toBe(1)
    expect(server.asked.map((asked) => asked.unit)).toEqual([1, 9])
  })

  it('closes its connection with its last user', async () => {
    const server = await peer()
    const { all } = links()
    const [one, two] = [user(), user()]
    const link = all.registers({ host: '127.0.0.1', port: server.port, unit: 1 }, one)
    all.registers({ host: '127.0.0.1', port: server.port, unit: 1 }, two)
    await link.read('stored', 1, 'holding', 0, 1)
    const [socket] = server.sockets
    all.release(link, one)
    await link.read('stored', 1, 'holding', 0, 1)
    all.release(link, two)
    await new Promise((resolve) => socket?.once('close', resolve))
    await expect(link.read('stored', 1, 'holding', 0, 1)).rejects.toMatchObject({ code: 'cancelled' })
    expect(all.registers({ host: '127.0.0.1', port: server.port, unit: 1 }, one)).not.toBe(link)
  })

  it('asks one thing at a time, writes first and contact last', async () => {
    const server = await peer((asked) => (asked.code === 6 ? asked.raw : registers(asked)))
    const link = links().acquire(server.port)
    const order: Priority[] = ['contact', 'settings', 'stored', 'watched', 'person']
    const first = link.read('contact', 1, 'holding', 0, 1)
    await Promise.all([first, ...order.map((priority, i) => link.read(priority, 1, 'holding', i, 1)), link.write(1, 'holding', 99, [1])])
    expect(server.asked.slice(1, 3).map((asked) => asked.address)).toEqual([99, 4])
    expect(server.asked).toHaveLength(7)
  })

  it('gives the quarter hour its turn on a line that watched reads would fill', async () => {
    const server = await peer()
    const link = links().acquire(server.port)
    const watched = Array.from({ length: 40 }, (_, i) => link.read('watched', 1, 'holding', i, 1))
    const stored = Array.from({ length: 5 }, (_, i) => link.read('stored', 2, 'holding', i, 1))
    await Promise.all([...watched, ...stored])
    const places = server.asked.flatMap((asked, i) => (asked.unit === 2 ? [i] : []))
    expect(places[4]).toBeLessThan(25)
    expect(server.asked.filter((asked) => asked.unit === 2).map((asked) => asked.address)).toEqual([0, 1, 2, 3, 4])
  })

  it('makes a new connection after the peer closed the old one, and counts it', async () => {
    const server = await peer()
    const heard: string[] = []
    const link = links().acquire(server.port, { linkClosed: (failure) => heard.push(failure.code) })
    await link.read('stored', 1, 'holding', 0, 1)
    server.manner = (asked) => (asked.socket.destroy(), undefined)
    await expect(link.read('stored', 1, 'holding', 0, 1)).rejects.toMatchObject({ code: 'device.closed' })
    server.manner = (asked) => registers(asked)
    await link.read('stored', 1, 'holding', 0, 1)
    expect([server.connections, link.reconnects, heard]).toEqual([2, 1, ['device.closed']])
  })

  it('gives up a connection on which two requests in a row got no answer', async () => {
    const server = await peer(() => undefined)
    const link = links({ answerMs: 40 }).acquire(server.port)
    for (let i = 0; i < 2; i++) await expect(link.read('stored', 1, 'holding', 0, 1)).rejects.toMatchObject({ code: 'device.silent' })
    server.manner = (asked) => registers(asked)
    await link.read('stored', 1, 'holding', 0, 1)
    expect(server.connections).toBe(2)
  })

  it('tells all who wait when there is no connection, and tries again for the next', async () => {
    const hole = await blackHole()
    open.push(hole)
    const connectMs = 400
    const dead = links({ connectMs }).acquire(hole.port)
    const start = performance.now()
    const all = await Promise.allSettled([1, 2, 3, 4].map((unit) => dead.read('stored', unit, 'holding', 0, 1)))
    expect(performance.now() - start).toBeLessThan(2 * connectMs)
    for (const one of all) expect(one).toMatchObject({ status: 'rejected', reason: { code: 'device.unreachable' } })
    const server = await peer()
    const { port } = server
    await server.close()
    const link = links().acquire(port)
    await expect(link.read('stored', 1, 'holding', 3, 1)).rejects.toMatchObject({ code: 'device.refused' })
    await server.listen(port)
    expect([...(await link.read('stored', 1, 'holding', 3, 1)).data]).toEqual([3])
  })

  it('repeats no write whose answer did not come', async () => {
    const server = await peer((asked) => (asked.code === 6 ? undefined : registers(asked)))
    const link = links({ answerMs: 40 }).acquire(server.port)
    await expect(link.write(1, 'holding', 5, [1])).rejects.toMatchObject({ code: 'device.silent' })
    await link.read('stored', 1, 'holding', 0, 1)
    expect(server.asked.filter((asked) => asked.code === 6)).toHaveLength(1)
  })
})

describe('connections being made', () => {
  it('wait for one another beyond the limit', async () => {
    const hole = await blackHole()
    open.push(hole)
    const server = await peer()
    const { acquire } = links({ connects: 1, connectMs: 150 })
    const order: string[] = []
    const note = (text: string) => () => void order.push(text)
    await Promise.all([
      acquire(hole.port).read('stored', 1, 'holding', 0, 1).catch(note('dead')),
      acquire(server.port).read('stored', 1, 'holding', 4, 1).then(note('good')),
    ])
    expect(order).toEqual(['dead', 'good'])
  })
})
