import { afterEach, describe, expect, it } from 'vitest'
import { Peer, registers, type Asked } from './testing/peer.ts'
import { earlyIds, noon, point, Town, until } from './testing/town.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

/** Just before the turn of devices with early ids. */
const turn = noon + 400_000
const next = turn + 50_000

function town(start = turn - 200, timing = {}): Town {
  const made = new Town(start, timing)
  open.push(made)
  return made
}

async function peer(manner = (asked: Asked): Buffer | undefined => registers(asked)): Promise<Peer> {
  const made = new Peer(manner)
  open.push(made)
  await made.listen()
  return made
}

const points = [
  point('a', 10),
  point('b', 200),
  point('c', 300),
  point('mode', 400, { role: 'state' }),
  point('pump', 500, { role: 'state' }),
]
const asked = (device: Peer) => device.asked.map(({ address }) => address)

describe('points that rules look at', () => {
  it('are read at the turn of their device and announced, and nothing else of it but a block of states', async () => {
    const device = await peer()
    const here = town()
    here.add(device.port, points, { lastSlot: noon })
    await until(() => here.states().includes('online'))
    device.asked.length = 0
    await here.fleet.handlers.guard({ series: [101] })
    await until(() => here.readings.some((one) => one.series === 101))
    expect(here.clock()).toBeGreaterThanOrEqual(turn)
    expect(here.readings.find((one) => one.series === 101)).toMatchObject({ value: 200, quality: 'good', store: false, reason: 'live' })
    await until(() => device.asked.length === 2)
    expect(asked(device)).toEqual([200, 500])
  })

  it('bring one block of states after the other, as reads that keep contact do, and none twice', async () => {
    const device = await peer()
    const here = town()
    here.add(device.port, points, { lastSlot: noon })
    await until(() => here.states().includes('online'))
    device.asked.length = 0
    await here.fleet.handlers.guard({ series: [101, 104] })
    await until(() => device.asked.length === 2)
    expect(asked(device)).toEqual([200, 500])
    here.set(next)
    await here.fleet.handlers.guard({ series: [101, 104, 100] })
    await until(() => device.asked.length >= 6)
    expect(asked(device).slice(2)).toEqual([10, 200, 500, 400])
  })

  it('are not read once more while somebody watches them', async () => {
    const device = await peer()
    const here = town()
    here.add(device.port, points, { lastSlot: noon })
    await until(() => here.states().includes('online'))
    await here.fleet.handlers.guard({ series: [100, 101] })
    await here.fleet.handlers.watch({ series: [100] })
    await until(() => asked(device).includes(200))
    expect(asked(device).filter((address) => address === 10)).toHaveLength(2)
    await here.fleet.handlers.watch({ series: [] })
    here.set(next)
    await here.fleet.handlers.guard({ series: [100] })
    await until(() => asked(device).filter((address) => address === 10).length === 3)
  })

  it('lose their values when contact is lost, also those that a rule looks at later', async () => {
    const device = await peer()
    const here = town()
    here.add(device.port, points, { lastSlot: noon })
    await here.fleet.handlers.guard({ series: [101] })
    await until(() => here.readings.some((one) => one.series === 101))
    await device.close()
    await until(() => here.states().at(-1) === 'offline')
    expect(here.readings.findLast((one) => one.series === 101)).toMatchObject({ value: null, quality: 'offline', store: false })
    await here.fleet.handlers.guard({ series: [101, 102] })
    expect(here.readings.at(-1)).toMatchObject({ series: 102, value: null, quality: 'offline' })
  })

  it('of a device that is added later are read too', async () => {
    const device = await peer()
    const here = town()
    await here.fleet.handlers.guard({ series: [102] })
    here.add(device.port, points, { lastSlot: noon })
    await until(() => here.readings.some((one) => one.series === 102))
    expect(here.readings.find((one) => one.series === 102)).toMatchObject({ value: 300, quality: 'good' })
  })
})

describe('a shared line', () => {
  it('brings the quarter hour of its devices first, whatever rules look at', async () => {
    const quarter = noon + 900_000
    const device = await peer((one) => {
      setTimeout(() => one.socket.write(registers(one)), 3)
      return undefined
    })
    const here = town(quarter - 400)
    const measured = Array.from({ length: 15 }, (_, i) => point(`m${i}`, i * 20))
    const settings = Array.from({ length: 15 }, (_, i) => point(`s${i}`, 1000 + i * 20, { role: 'setting' }))
    const ids = earlyIds(6)
    for (const [i, id] of ids.entries()) {
      const series = [...measured, ...settings].map((_, k) => i * 100 + k)
      here.add(device.port, [...measured, ...settings], {
        device: id,
        series,
        lastSlot: noon,
        address: { host: '127.0.0.1', port: device.port, unit: i + 1 },
      })
    }
    await here.fleet.handlers.guard({ series: ids.flatMap((_, i) => settings.map((_one, k) => i * 100 + 15 + k)) })
    here.set(quarter - 300)
    await until(() => ids.every((id) => here.last(id)?.lastSlot === quarter))
    const read = asked(device)
    const first = read.findIndex((address) => address >= 20 && address < 1000)
    const last = read.findLastIndex((address) => address < 1000)
    const between = read.slice(first, last)
    expect(between.filter((address) => address < 1000).length).toBeGreaterThan(70)
    expect(between.filter((address) => address >= 1000).length).toBeLessThan(between.length * 0.4)
    await until(() => here.readings.some((one) => one.series === 529 && one.reason === 'live'))
  })
})
