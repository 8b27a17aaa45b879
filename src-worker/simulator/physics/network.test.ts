import { describe, expect, test } from 'vitest'
import { heatCapacity } from './water.ts'
import { layOutNetwork } from './lay-out-network.ts'
import { Memory } from './memory.ts'
import { createNetwork } from './network.ts'
import type { Network } from './network-view.ts'
import { chance } from './noise.ts'

const stations = 60
const flows = Array.from({ length: stations }, (_, i) => 0.15 + 0.5 * chance(3, i))
const plan = layOutNetwork(flows, 3)
const ground = 8

/** Stations that shut and open by chance and take what heat they find: flow and return of each at a step. */
function drive(network: Network, from: number, steps: number, seconds: number, each?: (k: number) => void): void {
  const flow = new Float64Array(stations)
  const returned = new Float64Array(stations)
  for (let k = from; k < from + steps; k++) {
    for (let i = 0; i < stations; i++) {
      const open = chance(i, Math.floor(k / 20)) < 0.2 ? 0 : 0.3 + 0.7 * chance(i + 1000, k)
      const pushed = Math.sqrt(Math.min(1, Math.max(0, (network.stationDp[i] ?? 0) - 0.15) / 0.35))
      flow[i] = open * (flows[i] ?? 0) * pushed
      returned[i] = Math.min(network.stationSupply[i] ?? 0, 25 + 20 * chance(i, k))
    }
    network.step(seconds, flow, returned, 75 + 10 * Math.sin(k / 300), ground)
    each?.(k)
  }
}

/** Steady flow of every station at `part` of its design. */
function steady(network: Network, minutes: number, part = 0.65, seconds = 5): void {
  const flow = Float64Array.from(flows, (own) => own * part)
  const returned = new Float64Array(stations).fill(35)
  for (let k = 0; k < (minutes * 60) / seconds; k++) network.step(seconds, flow, returned, 80, ground)
}

describe('the heat of a network', () => {
  test.each([5, 20, 60])('closes in steps of %i s whatever stations, leaks and plant do', (seconds) => {
    const network = createNetwork(plan)
    const before = network.stored()
    let [given, taken, lost, leaked] = [0, 0, 0, 0]
    drive(network, 0, 4000, seconds, (k) => {
      if (k === 500) network.setLeak(7, 1.5)
      if (k === 1000) network.setSupplyDrop(25)
      if (k === 1500) network.setPumpTripped(true)
      if (k === 1600) network.setPumpTripped(false)
      if (k === 2000) network.setLeak(7, 0)
      given += (network.plant.power * seconds) / 3600
      taken += (network.taken * seconds) / 3600
      lost += (network.plant.losses * seconds) / 3600
      leaked += (network.leaked * seconds) / 3600
    })
    expect(leaked).toBeGreaterThan(10)
    expect(taken).toBeGreaterThan(1000)
    expect(Math.abs(given - taken - lost - leaked - (network.stored() - before))).toBeLessThan(1e-9 * given)
  })

  test('that stations took is what their meters count from flow, supply and return', () => {
    const network = createNetwork(plan)
    let counted = 0
    let taken = 0
    const flow = Float64Array.from(flows)
    const returned = new Float64Array(stations)
    for (let k = 0; k < 600; k++) {
      for (let i = 0; i < stations; i++) {
        const power = 100 * (flows[i] ?? 0)
        const own = flow[i] ?? 0
        returned[i] = (network.stationSupply[i] ?? 0) - (power * 1000) / (own * heatCapacity)
        counted += power
      }
      network.step(5, flow, returned, 90, ground)
      taken += network.taken
    }
    expect(taken / counted).toBeCloseTo(1, 12)
  })

  test('lost by one long pipe follows the exponential law of cooling', () => {
    const pipe = { id: 'a', parent: -1, length: 1000, diameter: 0.0825, loss: 0.242 }
    const service = { length: 0.01, diameter: 0.02, loss: 0 }
    const network = createNetwork({ pipes: [pipe], stations: [0], service })
    for (let k = 0; k < 2000; k++) network.step(60, Float64Array.of(1.2), Float64Array.of(40), 80, ground)
    const cooled = Math.exp((-pipe.loss * pipe.length) / (1.2 * heatCapacity))
    expect(network.stationSupply[0]).toBeCloseTo(ground + (80 - ground) * cooled, 1)
    expect(network.plant.return).toBeCloseTo(ground + (40 - ground) * cooled, 1)
  })

  test('arrives after the time that water takes through the pipe', () => {
    const pipe = { id: 'a', parent: -1, length: 1200, diameter: 0.1071, loss: 0 }
    const network = createNetwork({ pipes: [pipe], stations: [0] })
    const flow = Float64Array.of(6)
    for (let k = 0; k < 1000; k++) network.step(5, flow, Float64Array.of(40), 70, ground)
    let seconds = 0
    network.setSupplyDrop(20)
    for (; (network.stationSupply[0] ?? 0) > 60; seconds += 5) network.step(5, flow, Float64Array.of(40), 70, ground)
    const travel = ((Math.PI / 4) * pipe.diameter ** 2 * pipe.length * 978) / 6
    expect(seconds).toBeGreaterThan(0.8 * travel)
    expect(seconds).toBeLessThan(1.2 * travel + 240)
  })
})

describe('the pressure of a network', () => {
  test('is kept at 0.6 bar at the station that has least, by pumps whose power follows flow and head', () => {
    const network = createNetwork(plan)
    steady(network, 20)
    expect(network.plant.lowest).toBeCloseTo(0.6, 3)
    expect(Math.min(...network.stationDp)).toBeCloseTo(0.6, 3)
    expect(network.plant.head).toBeGreaterThan(0.7)
    const flow = flows.reduce((sum, own) => sum + own * 0.65, 0)
    expect(network.plant.flow).toBeCloseTo(flow, 9)
    expect(network.plant.pumpPower).toBeCloseTo((((flow / 978) * network.plant.head * 1e5) / 0.65) * 1e-3, 9)
    network.dp.forEach((dp, i) => {
      const parent = plan.pipes[i]?.parent ?? -1
      expect(dp).toBeLessThan(parent < 0 ? network.plant.head : (network.dp[parent] ?? 0))
    })
  })

  test('collapses within seconds when the pumps trip, never below 0, and comes back', () => {
    const network = createNetwork(plan)
    steady(network, 20)
    network.setPumpTripped(true)
    steady(network, 0.5)
    expect(network.plant).toMatchObject({ pumpRuns: false, pumpPower: 0, lowest: 0 })
    expect(Math.max(...network.stationDp)).toBeLessThan(0.05)
    expect(Math.min(...network.dp)).toBe(0)
    network.setPumpTripped(false)
    steady(network, 10)
    expect(network.plant.lowest).toBeCloseTo(0.6, 2)
  })
})

describe('faults of plant and network', () => {
  test('a leak shows as make-up water, as flow on its way alone, and not in the return', () => {
    const network = createNetwork(plan)
    steady(network, 60)
    expect(network.plant.makeUp).toBeLessThan(0.01)
    const before = Float64Array.from(network.flow)
    const node = plan.pipes.length - 1
    network.setLeak(node, 0.5)
    steady(network, 60)
    expect(network.plant.makeUp).toBeCloseTo(0.5, 2)
    const way = new Set<number>()
    for (let i = node; i >= 0; i = plan.pipes[i]?.parent ?? -1) way.add(i)
    network.flow.forEach((flow, i) => expect(flow - (before[i] ?? 0)).toBeCloseTo(way.has(i) ? 0.5 : 0, 9))
    expect(network.leak[node]).toBe(0.5)
    expect(network.leaked).toBeGreaterThan(0.5 * 4 * 50)
  })

  test('water that cools and shrinks is made up', () => {
    const network = createNetwork(plan)
    steady(network, 60)
    network.setSupplyDrop(40)
    steady(network, 10)
    expect(network.plant.makeUp).toBeGreaterThan(0.02)
  })

  test('supply follows what is wanted by at most 1 K a minute and drops by the fault', () => {
    const network = createNetwork(plan)
    steady(network, 5)
    expect(network.plant).toMatchObject({ wanted: 80, supply: expect.closeTo(75, 9) })
    steady(network, 20)
    expect(network.plant.supply).toBe(80)
    network.setSupplyDrop(20)
    steady(network, 10)
    expect(network.plant).toMatchObject({ wanted: 80, supply: 60 })
    network.setSupplyDrop(0)
    steady(network, 10)
    expect(network.plant.supply).toBe(80)
  })

  test('a leak at a node that is not there is refused', () => {
    const network = createNetwork(plan)
    expect(() => network.setLeak(plan.pipes.length, 1)).toThrow(RangeError)
    expect(() => network.setLeak(0, -1)).toThrow(RangeError)
  })
})

describe('the course of a network', () => {
  const courseOf = (network: Network) => network.memory.map((column) => [...column])

  test('is the same bit for bit for the same steps', () => {
    const [one, two] = [createNetwork(plan), createNetwork(plan)]
    drive(one, 0, 500, 5)
    drive(two, 0, 500, 5)
    expect(courseOf(one)).toEqual(courseOf(two))
  })

  test('goes on from what was remembered as if nothing had been', () => {
    const [one, two] = [createNetwork(plan), createNetwork(plan)]
    const [saved, loaded] = [new Memory(), new Memory()]
    saved.adopt(one.memory)
    loaded.adopt(two.memory)
    drive(one, 0, 700, 20)
    loaded.load(saved.save())
    expect(two.plant.head).toBe(one.plant.head)
    drive(one, 700, 700, 20)
    drive(two, 700, 700, 20)
    expect(courseOf(two)).toEqual(courseOf(one))
    expect({ ...two.plant }).toEqual({ ...one.plant })
  })

  test('has no number that is none through standstill, floods and steps of any length', () => {
    const network = createNetwork(plan)
    const none = new Float64Array(stations)
    network.step(60, none, none, 80, ground)
    network.setLeak(3, 50)
    for (const seconds of [5, 60, 1, 30]) drive(network, 0, 300, seconds)
    network.setPumpTripped(true)
    for (let k = 0; k < 2000; k++) network.step(60, none, none, 80, ground)
    for (const column of network.memory) for (const value of column) expect(Number.isFinite(value)).toBe(true)
    for (const value of Object.values(network.plant)) expect(value).not.toBeNaN()
    for (const temperature of network.stationSupply) expect(temperature).toBeCloseTo(ground, 0)
  })
})

test('a plan that is not a tree of pipes is refused', () => {
  const pipe = { id: 'a', parent: -1, length: 100, diameter: 0.1, loss: 0.2 }
  expect(() => createNetwork({ pipes: [{ ...pipe, parent: 0 }], stations: [] })).toThrow('pipe a hangs on 0')
  expect(() => createNetwork({ pipes: [{ ...pipe, length: 0 }], stations: [] })).toThrow('pipe a: 0 m')
  expect(() => createNetwork({ pipes: [pipe], stations: [1] })).toThrow('station 0 takes its water at node 1')
})
