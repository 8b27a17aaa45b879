import { once } from 'node:events'
import { ServerTCP } from 'modbus-serial'
import { afterEach, describe, expect, it } from 'vitest'
import { exception, freePort, Peer, registers } from './testing/peer.ts'
import { early, noon, point, Town, until } from './testing/town.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

function town(start: number): Town {
  const made = new Town(start)
  open.push(made)
  return made
}

describe('a device that does not have all registers of its profile', () => {
  it('is read around them, on a foreign server, and told to the host once', async () => {
    const missing = new Set([12, 13, 30])
    const port = await freePort()
    const server = new ServerTCP(
      {
        getHoldingRegister(address: number) {
          if (missing.has(address)) throw Object.assign(new Error('no such register'), { modbusErrorCode: 2 })
          return address * 3
        },
      },
      { host: '127.0.0.1', port, unitID: 1 },
    )
    await once(server, 'initialized')
    open.push({ close: () => new Promise((resolve) => server.close(resolve)) })
    const here = town(noon + 60_000)
    const points = Array.from({ length: 30 }, (_, i) => point(`p${i}`, 5 + i))
    here.add(port, points)
    await until(() => here.last()?.lastSlot === noon)
    expect(here.unserved).toHaveLength(1)
    expect(here.unserved[0]?.device).toBe(early)
    expect(new Set(here.unserved[0]?.holes.map((hole) => hole.address))).toEqual(missing)
    expect(here.unserved[0]?.holes).toHaveLength(3)
    const stored = here.stored('slot')
    expect(stored).toHaveLength(27)
    for (const [series, value] of stored) expect(value).toBe((5 + series - 100) * 3)
    expect(here.states()).not.toContain('degraded')
    await here.fleet.handlers.readNow({ device: early, points: points.map((one) => one.id) })
    expect(here.unserved).toHaveLength(1)
  })

  it('is never asked for what the host knows to be missing', async () => {
    const peer = new Peer((asked) => (asked.address <= 11 && asked.address + asked.count > 11 ? exception(asked, 2) : registers(asked)))
    open.push(peer)
    const here = town(noon + 60_000)
    const points = [point('a', 10), point('b', 11), point('c', 12)]
    here.add(await peer.listen(), points, { unserved: [{ area: 'holding', address: 11 }] })
    await until(() => here.last()?.lastSlot === noon)
    expect(here.last()?.exceptions).toBe(0)
    expect(here.stored('slot').map(([series]) => series)).toEqual([100, 102])
  })

  it('is kept in contact with a read that it does not refuse', async () => {
    const peer = new Peer((asked) => (asked.address <= 21 && asked.address + asked.count > 21 ? exception(asked, 2) : registers(asked)))
    open.push(peer)
    const here = town(noon + 60_000)
    const points = [point('a', 10), point('on', 20, { role: 'state' }), point('off', 21, { role: 'state' })]
    here.add(await peer.listen(), points)
    await until(() => here.last()?.lastSlot === noon)
    const { exceptions } = here.last() ?? {}
    await here.fleet.handlers.tryNow({ device: early })
    await until(() => here.last()?.requests === peer.asked.length)
    expect(here.last()?.exceptions).toBe(exceptions)
    expect(peer.asked.at(-1)).toMatchObject({ address: 20, count: 1 })
  })

  it('teaches nothing while it refuses everything, and is read again when it serves its registers', async () => {
    let empty = true
    const peer = new Peer((asked) => (empty ? exception(asked, 2) : registers(asked)))
    open.push(peer)
    const here = town(noon + 60_000)
    here.add(await peer.listen(), [point('a', 10), point('b', 11)])
    await until(() => here.states().at(-1) === 'degraded')
    const alone = () => peer.asked.filter((asked) => asked.address === 11).length
    const before = alone()
    for (let i = 0; i < 5; i++) {
      await expect(async () => here.fleet.handlers.readNow({ device: early, points: ['a', 'b'] })).rejects.toMatchObject({
        params: { code: 2 },
      })
    }
    expect(before).toBe(1)
    expect(alone()).toBe(before)
    expect(here.unserved).toEqual([])
    expect(here.stored('slot')).toEqual([])
    empty = false
    here.set(noon + 120_000)
    await here.fleet.handlers.tryNow({ device: early })
    await here.fleet.handlers.watch({ series: [100] })
    await until(() => here.stored('slot').length === 2)
    await until(() => here.states().at(-1) === 'online')
  })

  it('learns that none of its settings exist while it serves the rest', async () => {
    const peer = new Peer((asked) => (asked.address >= 100 ? exception(asked, 2) : registers(asked)))
    open.push(peer)
    const here = town(noon + 60_000)
    here.add(await peer.listen(), [point('a', 10), point('x', 100, { role: 'setting' }), point('y', 101, { role: 'setting' })])
    await until(() => here.unserved.length === 1)
    expect(here.unserved[0]?.holes.map((hole) => hole.address)).toEqual([100, 101])
    expect(here.states()).not.toContain('degraded')
  })

  it('is asked again each day for what it did not have, and read in full once it has it', async () => {
    let has = false
    const peer = new Peer((asked) =>
      !has && asked.address <= 12 && asked.address + asked.count > 12 ? exception(asked, 2) : registers(asked),
    )
    open.push(peer)
    const here = town(noon + 60_000)
    const points = [point('a', 10), point('b', 12), point('c', 14), point('x', 100, { role: 'setting' })]
    here.add(await peer.listen(), points)
    await until(() => here.unserved.length === 1 && here.stored('settings').length > 0)
    const asked = () => peer.asked.filter(({ address, count }) => address === 12 && count === 1).length
    const before = asked()
    here.set(noon + 25 * 3_600_000)
    void here.fleet.handlers.watch({ series: [100] })
    await until(() => asked() > before)
    expect(here.served).toEqual([])
    has = true
    here.set(noon + 50 * 3_600_000)
    void here.fleet.handlers.watch({ series: [100, 101] })
    await until(() => here.served.length > 0)
    expect(here.served).toEqual([{ device: early, holes: [{ area: 'holding', address: 12 }] }])
    expect(await here.fleet.handlers.readNow({ device: early, points: ['a', 'b', 'c'] })).toMatchObject({ value: [10, 12, 14] })
    expect(peer.asked).toContainEqual(expect.objectContaining({ address: 10, count: 5 }))
  })
})
