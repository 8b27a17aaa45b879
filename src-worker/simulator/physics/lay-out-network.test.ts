import { describe, expect, test } from 'vitest'
import type { Town } from '#shared/simulator/scenario.ts'
import { layOutNetwork, lengthOf, networkOf } from './lay-out-network.ts'
import { resistance } from './pipes.ts'

const flows = Array.from({ length: 1000 }, (_, i) => 0.1 + ((i * 37) % 100) / 150)

describe('a network for a town without streets', () => {
  const plan = layOutNetwork(flows, 7)

  test('has a node for two or three stations and segments of a street’s length', () => {
    expect(plan.pipes).toHaveLength(400)
    for (const { length } of plan.pipes) expect(length >= 60 && length <= 200).toBe(true)
    const served = plan.pipes.map((_, node) => plan.stations.filter((at) => at === node).length)
    expect([Math.min(...served), Math.max(...served)]).toEqual([2, 3])
  })

  test('is a tree from the plant in which parents come first', () => {
    expect(plan.pipes.filter(({ parent }) => parent === -1)).toHaveLength(1)
    plan.pipes.forEach(({ parent }, i) => expect(parent < i && parent >= -1).toBe(true))
  })

  test('has pipes that lose at most 100 Pa/m at 65 % of what hangs on them, the widest at the plant', () => {
    const sum = [...plan.pipes.keys()].map((node) => plan.stations.reduce((all, at, i) => all + (at === node ? (flows[i] ?? 0) : 0), 0))
    for (let i = plan.pipes.length - 1; i > 0; i--) {
      const parent = plan.pipes[i]?.parent ?? 0
      sum[parent] = (sum[parent] ?? 0) + (sum[i] ?? 0)
    }
    plan.pipes.forEach(({ diameter }, i) => expect(resistance(1, diameter) * (0.65 * (sum[i] ?? 0)) ** 2).toBeLessThanOrEqual(100))
    expect(plan.pipes[0]?.diameter).toBe(Math.max(...plan.pipes.map(({ diameter }) => diameter)))
  })

  test('is the same for the same seed and another for another', () => {
    expect(layOutNetwork(flows, 7)).toEqual(plan)
    expect(layOutNetwork(flows, 8)).not.toEqual(plan)
  })

  test('serves a single station too', () => {
    expect(layOutNetwork([0.3], 1)).toMatchObject({ pipes: [{ parent: -1 }], stations: [0] })
  })
})

describe('the network of a town with streets', () => {
  const town: Town = {
    zones: [],
    streets: [],
    plant: { name: 'Plant', place: 'Kaj 1', at: [55, 10] },
    nodes: [
      { id: 'a', parent: 'plant', at: [55.001, 10] },
      { id: 'b', parent: 'a', at: [55.001, 10.001], via: [[55.002, 10]], dn: 65 },
      { id: 'c', parent: 'a', at: [55.0, 10.002], length: 321 },
    ],
  }
  const stations = [
    { name: 'one', flow: 0.2, node: 'c' },
    { name: 'two', flow: 3, at: [55.0011, 10.0011] as const },
    { name: 'three', flow: 0.1 },
  ]

  test('measures its trenches along their bends', () => {
    expect(lengthOf([town.plant.at, [55.001, 10]])).toBeCloseTo(111.2, 1)
    const { pipes } = networkOf(town, stations)
    expect(pipes.map(({ length }) => Math.round(length))).toEqual([111, 239, 321])
    expect(pipes.map(({ parent }) => parent)).toEqual([-1, 0, 0])
  })

  test('takes the diameter that is told, and else one for the stations behind it', () => {
    const [a, b, c] = networkOf(town, stations).pipes
    expect([a?.diameter, b?.diameter, c?.diameter]).toEqual([0.0825, 0.0703, 0.0285])
    expect(c?.loss).toBe(0.156)
  })

  test('takes the nearest node for a station that names none, and the next in turn for one without a place', () => {
    expect(networkOf(town, stations).stations).toEqual([2, 1, 2])
  })

  test('refuses a node that is not there', () => {
    expect(() => networkOf(town, [{ name: 'lost', flow: 1, node: 'z' }])).toThrow('lost takes its water at node z, which is not there')
    const nodes = [{ id: 'a', parent: 'later', at: [55, 10] as [number, number] }]
    expect(() => networkOf({ ...town, nodes }, [])).toThrow('node a hangs on later, which does not stand before it')
  })
})
