import { afterEach, describe, expect, it } from 'vitest'
import type { Point } from '#shared/devices/profile.ts'
import { qualities } from '#shared/reading.ts'
import { exception, registers } from './testing/peer.ts'
import { drop, refuse, Settable } from './testing/settable.ts'
import { early, noon, point, Town, until } from './testing/town.ts'
import type { Timing } from './timing.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

const at = 11_174
const slope = point('slope', at, { scale: 0.1, role: 'setting', faults: [19_200], write: { min: 0.1, max: 4, level: 'limited' } })
const cutOut = point('cutOut', 40, { role: 'setting', off: 0, write: { min: 1, max: 50, level: 'limited' } })
const series = 100

async function world(timing: Partial<Timing> = {}, points: Point[] = [slope, cutOut, point('flow', 300)], task = {}) {
  const controller = new Settable()
  open.push(controller.peer)
  controller.held.set(at, 12)
  await controller.peer.listen()
  const town = new Town(noon + 6 * 60_000, timing)
  open.push(town)
  town.add(controller.peer.port, points, { limits: { block: 50, gap: 4, functions: [3, 6] }, lastSlot: noon, ...task })
  await until(() => ['online', 'degraded'].includes(town.states().at(-1) ?? ''))
  const write = (value: number, expect: number | null, id = 'slope') =>
    town.fleet.handlers.write({ device: early, point: id, value, expect })
  return { controller, town, write }
}

const seen = (town: Town) => town.readings.filter((one) => one.series === series).map(({ value }) => value)

describe('a write', () => {
  it('is one request, and done once it has been read back', async () => {
    const { controller, town, write } = await world()
    expect(await write(1.3, 1.2)).toMatchObject({ outcome: 'done', from: 1.2, found: 1.3, code: null, foundAt: expect.any(Number) })
    expect(controller.writes).toEqual([[1, at, 13]])
    const codes = controller.peer.asked.filter(({ address }) => address === at).map(({ code }) => code)
    expect(codes.slice(-3)).toEqual([3, 6, 3])
    expect(seen(town).at(-1)).toBe(1.3)
    expect(town.stored('settings').at(-1)?.slice(0, 2)).toEqual([series, 1.3])
  })

  it('is not sent when the register no longer holds what the person saw', async () => {
    const { controller, write } = await world()
    controller.held.set(at, 15)
    await expect(write(1.3, 1.2)).rejects.toMatchObject({ code: 'write.conflict', params: { found: 1.5 } })
    await expect(write(1.3, null)).rejects.toMatchObject({ code: 'write.conflict', params: { found: 1.5 } })
    controller.held.set(at, 19_200)
    await expect(write(1.3, 1.2)).rejects.toMatchObject({ code: 'write.conflict' })
    expect(controller.writes).toEqual([])
  })

  it('over a fault is sent when the person saw the fault', async () => {
    const { controller, write } = await world()
    controller.held.set(at, 19_200)
    expect(await write(1.3, null)).toMatchObject({ outcome: 'done', from: null, found: 1.3 })
    expect(controller.writes).toEqual([[1, at, 13]])
  })

  it('to a device that takes its time is looked at again and not written again', async () => {
    const { controller, write } = await world()
    controller.manner = (asked, take) => {
      setTimeout(take, 120)
      return asked.raw
    }
    expect(await write(1.3, 1.2)).toMatchObject({ outcome: 'done', found: 1.3 })
    expect(controller.writes).toHaveLength(1)
    expect(controller.peer.asked.filter(({ address }) => address === at).length).toBeGreaterThan(4)
  })

  it('that the device stores as another value is different, and says which', async () => {
    const { controller, town, write } = await world()
    controller.manner = (asked) => {
      controller.held.set(at, 20)
      return asked.raw
    }
    expect(await write(1.3, 1.2)).toMatchObject({ outcome: 'different', from: 1.2, found: 2 })
    expect(controller.writes).toHaveLength(1)
    expect(seen(town)).not.toContain(1.3)
  })

  it('that the device silently ignores is different and holds the old value', async () => {
    const { controller, write } = await world()
    controller.manner = (asked) => asked.raw
    expect(await write(1.3, 1.2)).toMatchObject({ outcome: 'different', found: 1.2 })
    expect(controller.writes).toHaveLength(1)
  })

  it('that the device refuses is refused with its exception, and read once', async () => {
    const { controller, write } = await world()
    controller.manner = refuse(3)
    expect(await write(1.3, 1.2)).toMatchObject({ outcome: 'refused', code: 3, from: 1.2, found: 1.2 })
    expect(controller.writes).toHaveLength(1)
  })

  it('that the device acknowledges and works on is followed to its end', async () => {
    const { controller, write } = await world()
    controller.manner = (asked, take) => {
      setTimeout(take, 60)
      return exception(asked, 5)
    }
    expect(await write(1.3, 1.2)).toMatchObject({ outcome: 'done', found: 1.3 })
    expect(controller.writes).toHaveLength(1)
  })

  it('of OFF outside the range is encoded as OFF', async () => {
    const { controller, write } = await world()
    controller.held.set(40, 20)
    expect(await write(0, 20, 'cutOut')).toMatchObject({ outcome: 'done', found: 0 })
    expect(controller.writes).toEqual([[1, 40, 0]])
  })

  it('of a value between two steps, or of a fault value, is refused and never rounded', async () => {
    const { controller, write } = await world()
    for (const value of [1.34, 1.25, 4000, 1920]) await expect(write(value, 1.2)).rejects.toMatchObject({ code: 'input.invalid' })
    expect(controller.writes).toEqual([])
    expect(await write(0.1 + 0.2, 1.2)).toMatchObject({ outcome: 'done', found: 0.3 })
  })
})

describe('when nobody knows whether a write was taken', () => {
  it.each([
    ['it was', true, 1.3],
    ['it was not', false, 1.2],
  ])('because the connection dropped, and %s, the value found is told as unknown', async (_name, taken, found) => {
    const { controller, write } = await world()
    controller.manner = (asked, take) => {
      if (taken) take()
      return drop(asked, take)
    }
    expect(await write(1.3, 1.2)).toMatchObject({ outcome: 'unknown', from: 1.2, found, foundAt: expect.any(Number), code: null })
    expect(controller.writes).toHaveLength(1)
  })

  it.each([
    ['it was', true, 1.3],
    ['it was not', false, 1.2],
  ])('because no answer came, and %s, the value found is told as unknown', async (_name, taken, found) => {
    const { controller, write } = await world({ answerMs: 60 })
    controller.manner = (_asked, take) => {
      if (taken) take()
      return undefined
    }
    expect(await write(1.3, 1.2)).toMatchObject({ outcome: 'unknown', found })
    expect(controller.writes).toHaveLength(1)
  })

  it('because the answer names another register, it is unknown and not done', async () => {
    const { controller, write } = await world()
    controller.manner = (asked, take) => {
      take()
      const wrong = Buffer.from(asked.raw)
      wrong.writeUInt16BE(at + 1, 8)
      return wrong
    }
    expect(await write(1.3, 1.2)).toMatchObject({ outcome: 'unknown', found: 1.3 })
    expect(controller.writes).toHaveLength(1)
  })

  it('because a gateway had no answer from the device, it is unknown', async () => {
    const { controller, write } = await world()
    controller.manner = refuse(11)
    expect(await write(1.3, 1.2)).toMatchObject({ outcome: 'unknown', found: 1.2 })
    expect(controller.writes).toHaveLength(1)
  })

  it('and the device is gone, it is read when contact returns, and not written again', async () => {
    const { controller, town, write } = await world({ answerMs: 60 })
    let gone = false
    controller.reading = () => (gone ? undefined : 'as usual')
    controller.manner = (asked, take) => {
      take()
      gone = true
      return drop(asked, take)
    }
    expect(await write(1.3, 1.2)).toMatchObject({ outcome: 'unknown', found: null, foundAt: null })
    gone = false
    await town.fleet.handlers.tryNow({ device: early })
    await until(() => seen(town).at(-1) === 1.3)
    expect(controller.writes).toHaveLength(1)
  })

  it('an answered write that cannot be read back is unknown too', async () => {
    const { controller, write } = await world({ answerMs: 60 })
    let written = false
    controller.reading = () => (written ? undefined : 'as usual')
    controller.manner = (asked, take) => {
      take()
      written = true
      return asked.raw
    }
    expect(await write(1.3, 1.2)).toMatchObject({ outcome: 'unknown', found: null, foundAt: null })
    expect(controller.writes).toHaveLength(1)
  })
})

describe('around a write', () => {
  it('a read that was under way does not bring the old value back', async () => {
    const { controller, town, write } = await world({ answerMs: 1000 })
    let answerLate: (() => void) | undefined
    controller.reading = (asked) => {
      if (asked.address !== 300 || answerLate) return 'as usual'
      const old = registers(asked, (address) => controller.held.get(address) ?? 0)
      answerLate = () => asked.socket.write(old)
      return undefined
    }
    const poll = town.fleet.handlers.readNow({ device: early, points: ['flow', 'slope'] })
    await until(() => answerLate !== undefined)
    const result = write(1.3, 1.2)
    answerLate?.()
    expect(await result).toMatchObject({ outcome: 'done' })
    expect(await poll).toMatchObject({ quality: [qualities.indexOf('good'), qualities.indexOf('good')] })
    const values = seen(town)
    expect(values.slice(values.indexOf(1.3))).not.toContain(1.2)
    expect(values.at(-1)).toBe(1.3)
  })

  it('a second one to the same point is busy, one to another point is not', async () => {
    const { controller, write } = await world()
    controller.held.set(40, 20)
    const [first, second, other] = await Promise.allSettled([write(1.3, 1.2), write(1.4, 1.2), write(21, 20, 'cutOut')])
    expect(first).toMatchObject({ status: 'fulfilled', value: { outcome: 'done' } })
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'busy' } })
    expect(other).toMatchObject({ status: 'fulfilled', value: { outcome: 'done' } })
    expect(controller.writes).toHaveLength(2)
    expect(new Map(controller.writes.map(([, address, word]) => [address, word]))).toEqual(
      new Map([
        [at, 13],
        [40, 21],
      ]),
    )
  })

  it('what one request cannot say is barred', async () => {
    const write = { min: 0, max: 4, level: 'basic' } as const
    const barred: [Point, string][] = [
      [point('none', 1), 'readOnly'],
      [point('input', 1, { area: 'input', write }), 'readOnly'],
      [point('bit', 60, { bit: 3, write }), 'part'],
      [point('float', 62, { as: 'float32', write }), 'functions'],
      [point('coil', 1, { area: 'coil', write }), 'functions'],
    ]
    const { controller, write: ask } = await world({}, [slope, ...barred.map(([one]) => one)])
    for (const [{ id }, bar] of barred) await expect(ask(1, 0, id)).rejects.toMatchObject({ code: 'write.barred', params: { bar } })
    expect(controller.writes).toEqual([])
  })

  it('a device whose profile does not name the function for it takes no writes', async () => {
    const { controller, write } = await world({}, [slope], { limits: { block: 50, gap: 4, functions: [3] } })
    await expect(write(1.3, 1.2)).rejects.toMatchObject({ code: 'write.barred', params: { bar: 'functions' } })
    expect(controller.writes).toEqual([])
  })

  it('without contact nothing is sent, now or later', async () => {
    const { controller, town, write } = await world()
    const { port } = controller.peer
    await controller.peer.close()
    await expect(write(1.3, 1.2)).rejects.toMatchObject({ code: 'device.refused' })
    await controller.peer.listen(port)
    await town.fleet.handlers.tryNow({ device: early })
    await until(() => town.states().at(-1) === 'online')
    expect(controller.writes).toEqual([])
  })

  it('a device taken away before its turn gets nothing', async () => {
    const { controller, town, write } = await world({ answerMs: 1000 })
    controller.reading = () => undefined
    const result = write(1.3, 1.2)
    void town.fleet.handlers.remove({ device: early })
    await expect(result).rejects.toMatchObject({ code: 'cancelled' })
    expect(controller.writes).toEqual([])
  })
})
