import { afterEach, describe, expect, it } from 'vitest'
import { Failure } from '#shared/failures.ts'
import { qualities } from '#shared/reading.ts'
import { exception, freePort, Peer, registers, type Manner } from './testing/peer.ts'
import { early, noon, point, Town, until } from './testing/town.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

function town(start = noon + 6 * 60_000, timing = {}): Town {
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

const two = [point('a', 10), point('b', 11, { scale: 0.1 })]
const quality = (name: (typeof qualities)[number]) => qualities.indexOf(name)

describe('the quarter hour', () => {
  it('is read and stored under its own time, once', async () => {
    const { port } = await peer()
    const here = town(noon - 300)
    here.add(port, [...two, point('mode', 20, { role: 'state' }), point('curve', 30, { role: 'setting' })])
    await until(() => here.stored('slot').length > 0)
    expect(here.clock()).toBeGreaterThanOrEqual(noon)
    expect(here.stored('slot')).toEqual([
      [100, 10, noon],
      [101, 1.1, noon],
      [102, 20, noon],
    ])
    await until(() => here.last()?.lastSlot === noon)
    here.set(noon - 200)
    await here.fleet.handlers.readNow({ device: early, points: ['a'] })
    await until(() => here.clock() > noon + 300)
    expect(here.stored('slot')).toHaveLength(3)
  })

  it('is not stored again after a restart in it', async () => {
    const { port } = await peer()
    const here = town(noon + 60_000)
    here.add(port, two, { lastSlot: noon })
    await until(() => (here.last()?.requests ?? 0) > 0 && here.states().includes('online'))
    await here.fleet.handlers.readNow({ device: early, points: ['a'] })
    expect(here.stored('slot')).toEqual([])
  })

  it('is not stored again when the task changes in it', async () => {
    const { port } = await peer()
    const here = town(noon + 60_000)
    const task = here.add(port, two)
    await until(() => here.last()?.lastSlot === noon)
    await here.fleet.handlers.add({ ...task, points: [...two, point('c', 12)], series: [100, 101, 102] })
    await here.fleet.handlers.readNow({ device: early, points: ['c'] })
    for (let i = 0; i < 5; i++) await here.fleet.handlers.tryNow({ device: early })
    expect(here.stored('slot')).toHaveLength(2)
  })

  it('is not stored when its values come too late for it', async () => {
    let answer: (() => void) | undefined
    const device = await peer((asked) => {
      if (asked.address !== 200) return registers(asked)
      answer = () => asked.socket.write(registers(asked))
      return undefined
    })
    const here = town(noon + 60_000, { answerMs: 10_000 })
    here.add(device.port, [point('a', 10), point('b', 200)])
    await until(() => answer !== undefined)
    here.set(noon + 6 * 60_000)
    answer?.()
    await until(() => here.last()?.missedSlots === 1)
    await here.fleet.handlers.readNow({ device: early, points: ['a'] })
    expect(here.stored('slot')).toEqual([])
    expect(here.last()?.lastSlot).toBeNull()
  })

  it('goes on where it stopped when the device comes back in time', async () => {
    const points = [point('a', 10), point('b', 200), point('c', 300)]
    let dead = false
    const device = await peer((asked) => {
      if (asked.address === 200 && here.stored('slot').length === 0) dead = true
      return dead ? undefined : registers(asked)
    })
    const here = town(noon + 60_000)
    here.add(device.port, points)
    await until(() => here.states().at(-1) === 'offline')
    expect(here.stored('slot').map(([series]) => series)).toEqual([100])
    dead = false
    await here.fleet.handlers.tryNow({ device: early })
    here.set(noon + 120_000)
    await until(() => here.stored('slot').length === 3)
    expect(here.stored('slot').map(([series, , at]) => [series, at])).toEqual([
      [100, noon],
      [102, noon],
      [101, noon],
    ])
  })
})

describe('watched points', () => {
  it('are read at once, and again when more of them are watched', async () => {
    const { port } = await peer()
    const here = town()
    here.add(port, two, { lastSlot: noon })
    await until(() => here.states().includes('online'))
    await here.fleet.handlers.watch({ series: [101] })
    await until(() => here.readings.some((one) => one.series === 101))
    here.readings.length = 0
    await here.fleet.handlers.watch({ series: [100, 101] })
    await until(() => here.readings.length >= 2)
    expect(here.readings).toMatchObject([
      { series: 100, value: 10, quality: 'good', store: false, reason: 'live' },
      { series: 101, value: 1.1, quality: 'good', store: false, reason: 'live' },
    ])
  })

  it('are read while a long round of settings runs', async () => {
    const settings = Array.from({ length: 20 }, (_, i) => point(`s${i}`, 100 + i * 20, { role: 'setting' }))
    let held: (() => void) | undefined
    const device = await peer((asked) => {
      if (asked.address !== 120) return registers(asked)
      held = () => asked.socket.write(registers(asked))
      return undefined
    })
    const here = town(noon + 6 * 60_000, { answerMs: 10_000 })
    here.add(device.port, [...two, ...settings], { lastSlot: noon })
    await until(() => held !== undefined)
    await here.fleet.handlers.watch({ series: [100] })
    device.asked.length = 0
    held?.()
    await until(() => device.asked.length > 3)
    expect(device.asked[0]?.address).toBe(10)
  })

  it('of a device that is added while they are watched are read at once', async () => {
    const { port } = await peer()
    const here = town()
    await here.fleet.handlers.watch({ series: [101] })
    here.add(port, two, { lastSlot: noon })
    await until(() => here.readings.length > 0 && here.readings.at(-1)?.series !== 100)
    expect(here.readings.at(-1)).toMatchObject({ series: 101, value: 1.1, quality: 'good' })
  })

  it('that answer are not kept waiting for ever by those that do not', async () => {
    const points = [point('a', 10), point('b', 200), point('c', 300), point('d', 400)]
    const here = town(noon + 6 * 60_000, { answerMs: 50 })
    let silences = 0
    const device = await peer((asked) => {
      if (asked.address !== 200 && asked.address !== 300) return registers(asked)
      // The next period begins while the first round runs.
      if (++silences === 1) here.set(here.clock() + 10_000)
      return undefined
    })
    here.add(device.port, points, { lastSlot: noon })
    await here.fleet.handlers.watch({ series: [101, 102, 103] })
    await until(() => here.readings.some((one) => one.series === 103 && one.value === 400))
    expect(here.clock()).toBeLessThan(noon + 6 * 60_000 + 19_000)
    expect(here.states()).not.toContain('offline')
  })

  it('lose their values at once when contact is lost, and what is watched later has none either', async () => {
    const device = await peer()
    const here = town()
    here.add(device.port, two, { lastSlot: noon })
    await here.fleet.handlers.watch({ series: [100] })
    await until(() => here.readings.some((one) => one.quality === 'good'))
    await device.close()
    await until(() => here.states().at(-1) === 'offline')
    expect(here.readings.at(-1)).toMatchObject({ series: 100, value: null, quality: 'offline', store: false })
    await here.fleet.handlers.watch({ series: [100, 101] })
    expect(here.readings.at(-1)).toMatchObject({ series: 101, value: null, quality: 'offline', store: false })
  })
})

describe('states', () => {
  it('are stored at whole seconds when a read shows a change, and only then', async () => {
    let mode = 1
    const { port } = await peer((asked) => registers(asked, () => mode))
    const here = town()
    here.add(port, [point('mode', 20, { role: 'state' })], { lastSlot: noon })
    await until(() => here.stored('live').length === 1)
    for (let i = 0; i < 3; i++) await here.fleet.handlers.tryNow({ device: early })
    mode = 2
    await here.fleet.handlers.tryNow({ device: early })
    await until(() => here.stored('live').length === 2)
    for (let i = 0; i < 3; i++) await here.fleet.handlers.tryNow({ device: early })
    expect(here.stored('live').map(([, value]) => value)).toEqual([1, 2])
    for (const [, , at] of here.stored('live')) expect(at % 1000).toBe(0)
  })
})

describe('settings', () => {
  it('are read and stored once at the start, and by a person stored only when changed', async () => {
    let shift = 0
    const { port } = await peer((asked) => registers(asked, (address) => address + shift))
    const here = town()
    here.add(port, [point('curve', 30, { role: 'setting' }), point('serial', 40, { role: 'identity' })], { lastSlot: noon })
    await until(() => here.stored('settings').length === 2)
    await here.fleet.handlers.readNow({ device: early, points: ['curve', 'serial'] })
    expect(here.stored('settings')).toHaveLength(2)
    shift = 5
    const now = await here.fleet.handlers.readNow({ device: early, points: ['curve'] })
    expect(now).toMatchObject({ points: ['curve'], value: [35], quality: [quality('good')] })
    expect(here.stored('settings').slice(2)).toMatchObject([[100, 35, expect.any(Number)]])
  })
})

describe('settings that did not all come', () => {
  it('are asked again after a quarter of an hour, and only those', async () => {
    let broken = true
    const device = await peer((asked) => (broken && asked.address === 300 ? exception(asked, 4) : registers(asked)))
    const here = town()
    here.add(device.port, [point('x', 200, { role: 'setting' }), point('y', 300, { role: 'setting' })], { lastSlot: noon })
    await until(() => here.states().at(-1) === 'degraded')
    expect(here.stored('settings').map(([series]) => series)).toEqual([100])
    broken = false
    device.asked.length = 0
    here.set(noon + 26 * 60_000)
    await here.fleet.handlers.tryNow({ device: early })
    await here.fleet.handlers.watch({ series: [100] })
    await until(() => here.states().at(-1) === 'online')
    expect(here.stored('settings').map(([series]) => series)).toEqual([100, 101])
  })
})

describe('a person’s read', () => {
  it('comes before the next block of a round, and the round does not bring the older value back', async () => {
    let value = 1
    let calls = 0
    const points = [point('a', 10), point('b', 200), point('c', 300)]
    const holds: (() => void)[] = []
    const device = await peer((asked) => {
      calls++
      if (asked.address !== 200) return registers(asked, () => value)
      holds.push(() => asked.socket.write(registers(asked)))
      return undefined
    })
    const here = town(noon + 60_000, { answerMs: 10_000 })
    here.add(device.port, points)
    await until(() => holds.length === 1)
    value = 2
    const now = here.fleet.handlers.readNow({ device: early, points: ['a'] })
    holds[0]?.()
    expect(await now).toMatchObject({ value: [2] })
    await until(() => here.stored('slot').length === 3)
    expect(here.stored('slot').map(([, stored]) => stored)).toEqual([2, 200, 2])
    expect(calls).toBe(5)
  })

  it('is told what is wrong: unknown point, unknown device, nobody there', async () => {
    const here = town()
    const port = await freePort()
    here.add(port, two, { lastSlot: noon })
    await expect(async () => here.fleet.handlers.readNow({ device: early, points: ['x'] })).rejects.toThrow(Failure)
    await expect(async () => here.fleet.handlers.readNow({ device: 'x', points: [] })).rejects.toThrow('notFound')
    await expect(async () => here.fleet.handlers.readNow({ device: early, points: ['a'] })).rejects.toMatchObject({
      code: 'device.refused',
      params: { host: '127.0.0.1', port },
    })
  })

  it('never brings an older value for what could not be read', async () => {
    let silent = false
    const points = [point('a', 10), point('b', 200), point('c', 300), point('d', 400)]
    const { port } = await peer((asked) => (silent && asked.address >= 200 && asked.address < 400 ? undefined : registers(asked)))
    const here = town(noon + 6 * 60_000, { answerMs: 50 })
    here.add(port, points, { lastSlot: noon })
    const ids = ['a', 'b', 'c', 'd']
    expect(await here.fleet.handlers.readNow({ device: early, points: ids })).toMatchObject({ value: [10, 200, 300, 400] })
    silent = true
    expect(await here.fleet.handlers.readNow({ device: early, points: ids })).toMatchObject({
      value: [10, null, null, null],
      quality: [quality('good'), quality('offline'), quality('offline'), quality('offline')],
    })
  })

  it('has no value for what the device refuses', async () => {
    const { port } = await peer((asked) => (asked.address + asked.count > 200 ? exception(asked, 2) : registers(asked)))
    const here = town()
    here.add(port, [...two, point('c', 300)], { lastSlot: noon })
    expect(await here.fleet.handlers.readNow({ device: early, points: ['c', 'a'] })).toMatchObject({
      value: [null, 10],
      quality: [quality('fault'), quality('good')],
    })
  })
})
