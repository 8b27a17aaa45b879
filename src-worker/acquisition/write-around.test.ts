import { afterEach, describe, expect, it } from 'vitest'
import type { Point } from '#shared/devices/profile.ts'
import { exception } from './testing/peer.ts'
import { drop, Settable, taken } from './testing/settable.ts'
import { early, noon, point, Town, until } from './testing/town.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

const write = { min: -1000, max: 100_000, level: 'limited' } as const
const comfort = point('comfort', 200, { as: 'float32', role: 'setting', write })
const period = point('period', 210, { as: 'int32', role: 'setting', write })
const energy = point('energy', 220, { as: 'int64', role: 'setting', write })
const forced = point('forced', 6, { area: 'coil', as: 'uint16', role: 'setting', write: { ...write, min: 0, max: 1 } })
const slope = point('slope', 40, { scale: 0.1, role: 'setting', write })
const other = point('other', 41, { role: 'setting', write })
const claim = { address: 94, number: 95, take: 0, giveBack: 1, release: 1 } as const
const mode = point('mode', 111, { as: 'uint16', role: 'state', write: { ...write, min: 1, max: 5, claim } })
const functions = [1, 3, 5, 6, 16]
const unlock = { at: 144, value: 1732, lock: 0 }

async function world(points: Point[], task = {}) {
  const controller = new Settable()
  open.push(controller.peer)
  controller.held.set(40, 12)
  controller.held.set(111, 4)
  controller.coils.set(6, 0).set(94, 1)
  await controller.peer.listen()
  const town = new Town(noon + 6 * 60_000, { answerMs: 200 })
  open.push(town)
  town.add(controller.peer.port, [...points, point('flow', 300)], { limits: { block: 50, gap: 0, functions }, lastSlot: noon, ...task })
  await until(() => ['online', 'degraded'].includes(town.states().at(-1) ?? ''))
  const ask = (id: string, value: number, expected: number | null) =>
    town.fleet.handlers.write({ device: early, point: id, value, expect: expected })
  /** Function, address and word of everything that was written, in order. */
  const sent = () => controller.peer.asked.filter(({ code }) => code > 4).map(({ code, address, count }) => [code, address, count])
  return { controller, town, ask, sent }
}

describe('a value of several words', () => {
  it('goes in one request with all its words, and is done once all were read back', async () => {
    const { controller, ask, sent } = await world([comfort, period, energy])
    expect(await ask('comfort', 21.3, 0)).toMatchObject({ outcome: 'done', from: 0, found: 21.3 })
    expect(await ask('period', -70_000 + 69_500, 0)).toMatchObject({ outcome: 'done', found: -500 })
    expect(await ask('energy', 70_001, 0)).toMatchObject({ outcome: 'done', found: 70_001 })
    expect(sent()).toEqual([
      [16, 200, 2],
      [16, 210, 2],
      [16, 220, 4],
    ])
    expect(controller.words).toEqual([
      [0x41aa, 0x6666],
      [0xffff, 0xfe0c],
      [0, 0, 1, 4465],
    ])
  })

  it('is compared as a whole before anything is sent', async () => {
    const { controller, ask, sent } = await world([comfort])
    controller.held.set(200, 0x41a0)
    await expect(ask('comfort', 21.3, 0)).rejects.toMatchObject({ code: 'write.conflict', params: { found: 20 } })
    expect(sent()).toEqual([])
  })

  it('that the device took by half is different and says what is there', async () => {
    const { controller, ask } = await world([comfort])
    controller.manner = (asked) => {
      controller.held.set(200, 0x41aa)
      return taken(asked)
    }
    expect(await ask('comfort', 21.3, 0)).toMatchObject({ outcome: 'different', found: 21.25 })
  })
})

it('a coil is switched by one request', async () => {
  const { controller, ask, sent } = await world([forced])
  expect(await ask('forced', 1, 0)).toMatchObject({ outcome: 'done', from: 0, found: 1 })
  expect(sent()).toEqual([[5, 6, 0xff00]])
  expect(controller.coils.get(6)).toBe(1)
})

describe('a device with an access code', () => {
  const locked = (controller: Settable) => {
    controller.manner = (asked, take) => {
      if (asked.address !== unlock.at && controller.held.get(unlock.at) !== unlock.value) return exception(asked, 3)
      take()
      return taken(asked)
    }
  }

  it('is unlocked, written and locked again', async () => {
    const { controller, ask, sent } = await world([slope], { unlock })
    locked(controller)
    expect(await ask('slope', 1.3, 1.2)).toMatchObject({ outcome: 'done', found: 1.3 })
    expect(sent()).toEqual([
      [6, 144, 1732],
      [6, 40, 13],
      [6, 144, 0],
    ])
  })

  it('gets nothing, not even the code, when the setting has changed meanwhile', async () => {
    const { ask, sent } = await world([slope], { unlock })
    await expect(ask('slope', 1.3, 1.1)).rejects.toMatchObject({ code: 'write.conflict' })
    expect(sent()).toEqual([])
  })

  it('is locked again after a refusal, a code that it does not know, and a lost connection', async () => {
    const { controller, ask, sent } = await world([slope], { unlock })
    controller.manner = (asked, take) => {
      if (asked.address === 40) return exception(asked, 3)
      take()
      return asked.raw
    }
    expect(await ask('slope', 1.3, 1.2)).toMatchObject({ outcome: 'refused', code: 3, found: 1.2 })
    expect(sent().at(-1)).toEqual([6, 144, 0])

    controller.manner = (asked) => (asked.count === unlock.value ? exception(asked, 3) : asked.raw)
    await expect(ask('slope', 1.3, 1.2)).rejects.toMatchObject({ code: 'device.exception' })
    expect(sent().at(-1)).toEqual([6, 144, 0])
    expect(sent().filter(([, address]) => address === 40)).toHaveLength(1)

    controller.manner = (asked, take) => {
      take()
      return asked.address === 40 ? drop(asked, take) : asked.raw
    }
    expect(await ask('slope', 1.3, 1.2)).toMatchObject({ outcome: 'unknown', found: 1.3 })
    expect(sent().at(-1)).toEqual([6, 144, 0])
    expect(controller.held.get(144)).toBe(0)
  })

  it('that cannot be locked is told so, and locked when it answers again', async () => {
    const { controller, ask, town } = await world([slope], { unlock })
    let deaf = true
    controller.manner = (asked, take) => {
      if (deaf && asked.address === 144 && asked.count === 0) return undefined
      take()
      return asked.raw
    }
    expect(await ask('slope', 1.3, 1.2)).toMatchObject({ outcome: 'done', leftOpen: true })
    deaf = false
    await town.fleet.handlers.tryNow({ device: early })
    await until(() => controller.held.get(144) === 0)
  })

  it('is not locked by one write in the middle of another', async () => {
    const { controller, ask, sent } = await world([slope, other], { unlock })
    locked(controller)
    const both = await Promise.all([ask('slope', 1.3, 1.2), ask('other', 7, 0)])
    expect(both).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }])
    expect(sent().map(([, address]) => address)).toEqual([144, 40, 144, 144, 41, 144])
  })
})

describe('a point that the controller lets go of only when claimed', () => {
  it('is claimed before the write and stays so, and is not claimed twice', async () => {
    const { controller, ask, sent } = await world([mode], { unlock })
    expect(await ask('mode', 5, 4)).toMatchObject({ outcome: 'done', found: 5 })
    expect(sent()).toEqual([
      [6, 144, 1732],
      [5, 94, 0],
      [6, 111, 5],
      [6, 144, 0],
    ])
    expect(await ask('mode', 2, 5)).toMatchObject({ outcome: 'done', found: 2 })
    expect(sent().slice(4)).toEqual([
      [6, 144, 1732],
      [6, 111, 2],
      [6, 144, 0],
    ])
    expect(controller.coils.get(94)).toBe(0)
  })

  it('is given back when the write is refused', async () => {
    const { controller, ask, sent } = await world([mode], { unlock })
    controller.manner = (asked, take) => {
      if (asked.address === 111) return exception(asked, 3)
      take()
      return asked.raw
    }
    expect(await ask('mode', 5, 4)).toMatchObject({ outcome: 'refused', found: 4 })
    expect(controller.coils.get(94)).toBe(1)
    expect(sent().at(-1)).toEqual([6, 144, 0])
  })

  it('goes back to the controller without its register being written, and is done when the coil says so', async () => {
    const { controller, ask, sent } = await world([mode], { unlock })
    controller.coils.set(94, 0)
    expect(await ask('mode', 1, 4)).toMatchObject({ outcome: 'done', from: 4, found: 4 })
    expect(sent()).toEqual([
      [6, 144, 1732],
      [5, 94, 0xff00],
      [6, 144, 0],
    ])
    controller.coils.set(94, 0)
    controller.manner = (asked) => asked.raw
    expect(await ask('mode', 1, 4)).toMatchObject({ outcome: 'different' })
  })
})
