import { beforeAll, describe, expect, test } from 'vitest'
import type { FaultKind } from '#shared/simulator/faults.ts'
import { day, fault, live, smallTown } from './testing/small-town.ts'

const houses = 4
const numbers = Array.from({ length: houses }, (_, i) => i)

/** Three winter days: heat and water by the meters, mean return by flow, mean room, mean error of the flow (true and as it is seen), K. */
type Print = { energy: number; volume: number; back: number; room: number; off: number; seen: number; reversals: number }

function fingerprint(kind: FaultKind | null, params: Record<string, number> = {}): Print {
  const town = smallTown(houses)
  live(town, day / 2, 5)
  if (kind) for (const i of numbers) town.hurt(fault(kind, `House ${i + 1}`, params))
  const begin = numbers.map((i) => town.state(i).meter)
  const turned = numbers.map(() => 0)
  let [back, flow, room, off, seen, looks, heats, reversals] = [0, 0, 0, 0, 0, 0, 0, 0]
  let step = 0
  live(town, 3 * day, 5, () => {
    step++
    const watched = step > (2.75 * day) / 5
    if (!watched && step % 24 !== 0) return
    for (const i of numbers) {
      const { heating } = town.state(i)
      if (watched && heating.motor !== 0 && heating.motor !== turned[i]) {
        if (turned[i] !== 0) reversals++
        turned[i] = heating.motor
      }
      if (step % 24 !== 0) continue
      const truth = town.truth(i)
      back += truth.return * truth.flow
      flow += truth.flow
      room += truth.room
      looks++
      if (!heating.on || heating.flow === null) continue
      heats++
      off += Math.abs(truth.heatingFlow - heating.reference)
      seen += Math.abs(heating.flow - heating.reference)
    }
  })
  const sum = (name: 'energy' | 'volume') => numbers.reduce((all, i) => all + town.state(i).meter[name] - (begin[i]?.[name] ?? 0), 0)
  return {
    energy: sum('energy'),
    volume: sum('volume'),
    back: back / flow,
    room: room / looks,
    off: off / heats,
    seen: seen / heats,
    reversals: reversals / houses / 6,
  }
}

let well: Print
beforeAll(() => {
  well = fingerprint(null)
}, 120_000)

type Bounds = Partial<Record<keyof Print, readonly [low: number, high: number]>>

/** Heat and water as parts of the healthy town's; return and room in K from it; errors of the flow and reversals an hour as they are. */
const known: readonly (readonly [FaultKind, Record<string, number>, Bounds])[] = [
  ['heatingValveStuck', { opening: 25 }, { energy: [1.03, 1.2], volume: [1.6, 2.4], back: [15, 30], room: [0.6, 2], off: [25, 50] }],
  ['heatingValveStuck', { opening: -30 }, { energy: [0.3, 0.55], volume: [0.25, 0.5], back: [-10, -3], room: [-10, -5], off: [20, 45] }],
  ['exchangerFouled', { transfer: 25 }, { energy: [0.95, 1.02], volume: [1.1, 1.5], back: [5, 16], room: [-0.6, 0.1] }],
  ['outdoorSensorOffset', { offset: -8 }, { energy: [1.01, 1.1], room: [0.2, 1.2], off: [0, 2] }],
  ['flowSensorOffset', { offset: -6 }, { energy: [1.01, 1.08], room: [0.2, 1], off: [5, 7], seen: [0, 2] }],
  ['bypass', { share: 25 }, { energy: [0.99, 1.01], volume: [1.25, 1.6], back: [9, 20], room: [-0.1, 0.1] }],
  ['hunting', {}, { energy: [0.97, 1.03], off: [2.5, 6], reversals: [40, 140] }],
  ['noThermostats', { flow: 2 }, { energy: [1.12, 1.35], volume: [1.3, 1.7], back: [4, 10], room: [2, 5] }],
  ['circulationHigh', { flow: 4 }, { energy: [1.06, 1.25], volume: [1.1, 1.5], back: [2, 8], room: [-0.1, 0.1] }],
  ['heatingPumpStopped', {}, { energy: [0.1, 0.3], room: [-16, -6] }],
  ['meterFlowStuck', {}, { energy: [0, 0], volume: [0, 0], back: [-0.1, 0.1], room: [-0.1, 0.1] }],
  ['meterReturnOffset', { offset: 3 }, { energy: [0.91, 0.96], volume: [0.999, 1.001], back: [-0.1, 0.1] }],
  ['nightStop', {}, { energy: [0.7, 0.95], room: [-4, -1] }],
  ['wrongSchedule', {}, { energy: [0.9, 0.995], room: [-1.5, -0.1] }],
  ['waterValveStuck', { opening: 20 }, { volume: [1.5, 2.6], back: [12, 30], room: [-0.1, 0.1] }],
  ['roomSensorBroken', {}, { energy: [0.99, 1.01], room: [-0.1, 0.1] }],
]

describe('a fault shows as it does in real stations', { timeout: 120_000 }, () => {
  test('and a healthy town shows none', () => {
    expect(well.back).toBeGreaterThan(28)
    expect(well.back).toBeLessThan(38)
    expect(well.room).toBeGreaterThan(19)
    expect(well.off).toBeLessThan(2)
    expect(well.reversals).toBeLessThan(20)
  })

  test.each(known)('%s %j', (kind, params, bounds) => {
    const print = fingerprint(kind, params)
    const compared: Print = {
      ...print,
      energy: print.energy / well.energy,
      volume: print.volume / well.volume,
      back: print.back - well.back,
      room: print.room - well.room,
    }
    const outside = Object.entries(bounds).filter(([name, [low, high]]) => {
      const value = compared[name as keyof Print]
      return !(value >= low && value <= high)
    })
    expect(outside.map(([name]) => [name, compared[name as keyof Print]])).toEqual([])
  })
})

describe('meters that lie', () => {
  const begun = () => {
    const town = smallTown(2)
    live(town, 3_600, 5)
    return town
  }

  test('read nothing together, spike, roll over, change their unit, and tell the truth again when mended', () => {
    const town = begun()
    const good = town.state(0).meter
    const tried: [FaultKind, Record<string, number>, object][] = [
      ['meterZeroes', {}, { energy: 0, volume: 0, power: 0, flowTemperature: 0, returnTemperature: 0, fault: true }],
      ['meterSpike', { power: 8_000_000 }, { energy: good.energy, power: 8_000_000 }],
      ['meterRollover', { at: 1_000 }, { energy: good.energy % 1_000 }],
      ['meterUnitChanged', {}, { energy: good.energy, gigajoules: true }],
    ]
    for (const [kind, params, expected] of tried) {
      const one = fault(kind, 'House 1', params)
      town.hurt(one)
      expect(town.state(0).meter).toMatchObject(expected)
      town.heal(one)
      expect(town.state(0).meter).toEqual(good)
    }
  })

  test('are another meter after a swap, and stay so', () => {
    const town = begun()
    const before = town.state(0).meter
    const swap = fault('meterSwapped', 'House 1', { energy: 12 })
    town.hurt(swap)
    expect(town.state(0).meter).toMatchObject({ energy: 12, volume: 0 })
    expect(town.state(0).meter.serial).not.toBe(before.serial)
    live(town, 3_600, 5)
    town.heal(swap)
    expect(town.state(0).meter.energy).toBeGreaterThan(12)
    expect(town.state(0).meter.energy).toBeLessThan(200)
  })

  test('a swap that stands is not made again when a town is loaded', () => {
    const town = begun()
    const swap = fault('meterSwapped', 'House 1', { energy: 12 })
    town.hurt(swap)
    live(town, 3_600, 5)
    const other = smallTown(2)
    other.load(town.save())
    other.hurt(swap)
    expect(other.state(0).meter).toEqual(town.state(0).meter)
  })

  test('what strikes nobody that is there is refused', () => {
    expect(() => begun().hurt(fault('bypass', 'Nobody'))).toThrow(/Nobody/)
  })
})
