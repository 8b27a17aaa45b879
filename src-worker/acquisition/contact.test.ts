import { afterEach, describe, expect, it } from 'vitest'
import { exception, freePort, Peer, registers, type Manner } from './testing/peer.ts'
import { early, earlyIds, noon, point, Town, until } from './testing/town.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

function town(timing = {}, start = noon + 6 * 60_000): Town {
  const made = new Town(start, timing)
  open.push(made)
  return made
}

async function peer(manner: Manner = (asked) => registers(asked)): Promise<Peer> {
  const made = new Peer(manner)
  open.push(made)
  await made.listen()
  return made
}

const points = [point('a', 10), point('b', 200)]

describe('a device', () => {
  it('is waiting, then online with its figures', async () => {
    const { port } = await peer()
    const here = town()
    here.add(port, points, { lastSlot: noon })
    await until(() => here.states().includes('online'))
    await here.fleet.handlers.readNow({ device: early, points: ['a', 'b'] })
    await until(() => (here.last()?.requests ?? 0) >= 3)
    expect(here.last()).toMatchObject({ failures: 0, exceptions: 0, reconnects: 0, nextTry: null, lastSlot: noon, missedSlots: 0 })
    expect(here.last()?.answerMs).toBeGreaterThan(0)
    expect(here.last()?.contact).toMatchObject({ state: 'online', failure: null })
    expect(here.last()?.contact.lastAnswer).toBeGreaterThan(noon)
  })

  it('is offline at once when nobody listens, with the reason and the time of the next try', async () => {
    const here = town()
    const port = await freePort()
    here.add(port, points)
    await until(() => here.states().includes('offline'))
    const report = here.last()
    expect(report?.contact).toMatchObject({ lastAnswer: null, failure: { code: 'device.refused', params: { host: '127.0.0.1', port } } })
    const wait = (report?.nextTry ?? 0) - (report?.contact.since ?? 0)
    expect(wait).toBeGreaterThan(1500)
    expect(wait).toBeLessThanOrEqual(2000)
  })

  it('is offline within a second when its connection closes and nobody listens any more', async () => {
    const device = await peer()
    const here = town({ answerMs: 20_000, connectMs: 20_000 })
    here.add(device.port, points, { lastSlot: noon })
    await until(() => here.states().at(-1) === 'online')
    const closed = performance.now()
    await device.close()
    await until(() => here.states().at(-1) === 'offline')
    expect(performance.now() - closed).toBeLessThan(1000)
  })

  it('is offline within a second when its connection closes and new ones get no answer', async () => {
    const device = await peer()
    const here = town({ answerMs: 20_000, connectMs: 20_000 })
    here.add(device.port, points, { lastSlot: noon })
    await until(() => here.states().at(-1) === 'online')
    device.manner = () => undefined
    const closed = performance.now()
    for (const socket of device.sockets) socket.destroy()
    await until(() => here.states().at(-1) === 'offline')
    expect(performance.now() - closed).toBeLessThan(1000)
    expect(here.last()?.contact.failure?.code).toBe('device.closed')
  })

  it('stays online when its connection closes and the next one answers', async () => {
    const device = await peer()
    const here = town()
    here.add(device.port, points, { lastSlot: noon })
    await until(() => here.states().at(-1) === 'online')
    for (const socket of device.sockets) socket.destroy()
    await until(() => here.last()?.reconnects === 1)
    expect(here.states()).not.toContain('offline')
  })

  it('is offline after one time-out and one failed retry, and nothing more is asked of it', async () => {
    const device = await peer()
    const here = town({ answerMs: 60 })
    here.add(device.port, points, { lastSlot: noon })
    await until(() => here.states().at(-1) === 'online')
    await until(() => here.last()?.requests === device.asked.length)
    device.manner = () => undefined
    device.asked.length = 0
    await here.fleet.handlers.watch({ series: [100, 101] })
    await until(() => here.states().at(-1) === 'offline')
    expect(device.asked).toHaveLength(2)
    expect(here.last()?.contact.failure).toMatchObject({ code: 'device.silent', params: { unit: 1, timeoutMs: 60 } })
  })

  it('comes back by itself after a restart of the server, with the watched values at once', async () => {
    const first = await peer()
    // In the middle of a period, so that the next one does not begin meanwhile.
    const start = noon + 6 * 60_000 + 2000
    const here = town({}, start)
    here.add(first.port, points, { lastSlot: noon })
    // Not the point that contact is kept with.
    await here.fleet.handlers.watch({ series: [101] })
    await until(() => here.readings.some((one) => one.series === 101))
    const { port } = first
    await first.close()
    await until(() => here.states().at(-1) === 'offline')
    here.readings.length = 0
    const second = new Peer((asked) => registers(asked, (address) => address + 1))
    open.push(second)
    await second.listen(port)
    await until(() => here.readings.some((one) => one.series === 101 && one.value === 201))
    expect(here.clock()).toBeLessThan(start + 7000)
    expect(here.states().at(-1)).toBe('online')
    expect(here.last()?.reconnects).toBe(1)
  })

  it('answers a person’s try at once while it waits for its own', async () => {
    const device = await peer(() => undefined)
    const here = town({ answerMs: 50 })
    here.add(device.port, points)
    await until(() => here.states().includes('offline'))
    expect(await here.fleet.handlers.tryNow({ device: early })).toMatchObject({ state: 'offline', failure: { code: 'device.silent' } })
    device.manner = (asked) => registers(asked)
    expect(await here.fleet.handlers.tryNow({ device: early })).toMatchObject({ state: 'online', failure: null })
  })

  it('is degraded while some reads fail and others do not', async () => {
    let broken = true
    const { port } = await peer((asked) => (broken && asked.address === 200 ? exception(asked, 4) : registers(asked)))
    const here = town()
    here.add(port, points, { lastSlot: noon })
    await here.fleet.handlers.watch({ series: [100, 101] })
    await until(() => here.states().at(-1) === 'degraded')
    expect(here.last()?.contact.failure).toMatchObject({ code: 'device.exception', params: { code: 4, address: 200 } })
    expect(here.readings.findLast((one) => one.series === 101)).toMatchObject({ value: null, quality: 'fault', store: false })
    expect(here.readings.findLast((one) => one.series === 100)).toMatchObject({ value: 10, quality: 'good' })
    broken = false
    await here.fleet.handlers.watch({ series: [101] })
    await here.fleet.handlers.watch({ series: [100, 101] })
    await until(() => here.states().at(-1) === 'online')
  })

  it('is asked again when it says that it is busy', async () => {
    let busy = 1
    const { port } = await peer((asked) => (asked.address === 200 && busy-- > 0 ? exception(asked, 6) : registers(asked)))
    const here = town()
    here.add(port, points, { lastSlot: noon })
    expect(await here.fleet.handlers.readNow({ device: early, points: ['b'] })).toMatchObject({ value: [200] })
  })

  it('survives a storm of exceptions without being worn out', async () => {
    const device = await peer((asked) => exception(asked, 4))
    const here = town()
    here.add(device.port, [...points, point('s', 300, { role: 'setting' })], { lastSlot: noon })
    await here.fleet.handlers.watch({ series: [100, 101] })
    await until(() => here.states().at(-1) === 'degraded')
    await until(() => here.last()?.exceptions === device.asked.length && here.last()?.requests === device.asked.length)
    expect(device.asked.length).toBeLessThan(10)
    expect(here.last()?.failures).toBe(0)
  })

  it('keeps its figures and its contact when its task changes, on the same connection', async () => {
    const device = await peer()
    const here = town()
    const task = here.add(device.port, points, { lastSlot: noon })
    await until(() => here.states().at(-1) === 'online')
    await until(() => (here.last()?.requests ?? 0) > 0)
    const { requests = 0 } = here.last() ?? {}
    await here.fleet.handlers.add({ ...task, points: [...points, point('c', 300)], series: [100, 101, 102] })
    expect(await here.fleet.handlers.readNow({ device: early, points: ['c'] })).toMatchObject({ value: [300] })
    await until(() => (here.last()?.requests ?? 0) > requests)
    expect(device.connections).toBe(1)
    expect(here.states()).not.toContain('offline')
  })

  it('is left alone at its old address when it is given a new one', async () => {
    const [old, new_] = [await peer(), await peer()]
    const here = town()
    const task = here.add(old.port, points, { lastSlot: noon })
    await until(() => here.states().at(-1) === 'online')
    await here.fleet.handlers.add({ ...task, address: { ...task.address, port: new_.port } })
    await until(() => old.sockets.size === 0 && new_.asked.length > 0)
    expect([old.connections, new_.connections]).toEqual([1, 1])
  })

  it('is left alone after it was removed', async () => {
    const device = await peer()
    const here = town()
    here.add(device.port, points, { lastSlot: noon })
    await until(() => here.states().at(-1) === 'online')
    await here.fleet.handlers.remove({ device: early })
    await until(() => device.sockets.size === 0)
    await expect(async () => here.fleet.handlers.tryNow({ device: early })).rejects.toMatchObject({ code: 'notFound' })
  })

  it('is not spoken of after it was removed in the middle of a read', async () => {
    const device = await peer(() => undefined)
    const here = town({ answerMs: 60 })
    here.add(device.port, points, { lastSlot: noon })
    await until(() => device.asked.length > 0)
    await here.fleet.handlers.remove({ device: early })
    here.contacts.length = 0
    const other = await peer()
    here.add(other.port, points, { device: 'other', lastSlot: noon })
    await until(() => here.states('other').at(-1) === 'online' && device.sockets.size === 0)
    expect(here.contacts.filter((report) => report.device === early)).toEqual([])
  })
})

describe('one dead device among fifty', () => {
  it('delays none of the others', async () => {
    const ids = earlyIds(50, 0.05)
    const here = town({ answerMs: 10_000 })
    for (const [i, device] of ids.entries()) {
      const { port } = await peer((asked) => (i === 25 ? undefined : registers(asked)))
      here.add(port, points, { device, series: [i * 2, i * 2 + 1], lastSlot: noon })
    }
    await here.fleet.handlers.watch({ series: ids.flatMap((_, i) => [i * 2, i * 2 + 1]) })
    await until(() => new Set(here.readings.filter((one) => one.quality === 'good').map((one) => one.series)).size === 98)
    expect(here.states(ids[25])).toEqual(['waiting'])
    expect(here.readings.filter((one) => one.series === 50 || one.series === 51)).toEqual([])
  })
})

describe('two units behind one gateway', () => {
  it('share one connection, and the dead one does not take the other with it', async () => {
    const [one = '', two = ''] = earlyIds(2)
    const gateway = await peer((asked) => (asked.unit === 2 ? undefined : registers(asked)))
    const here = town({ answerMs: 50 })
    here.add(gateway.port, points, { device: one, address: { host: '127.0.0.1', port: gateway.port, unit: 1 }, lastSlot: noon })
    here.add(gateway.port, points, { device: two, address: { host: '127.0.0.1', port: gateway.port, unit: 2 }, lastSlot: noon })
    await until(() => here.states(two).at(-1) === 'offline' && here.states(one).at(-1) === 'online')
    expect(gateway.connections).toBe(1)
    gateway.manner = (asked) => (asked.unit === 2 ? exception(asked, 0x0b) : registers(asked))
    expect(await here.fleet.handlers.tryNow({ device: two })).toMatchObject({ state: 'offline', failure: { code: 'device.gateway' } })
    expect(await here.fleet.handlers.tryNow({ device: one })).toMatchObject({ state: 'online' })
    expect(gateway.connections).toBe(1)
  })
})
