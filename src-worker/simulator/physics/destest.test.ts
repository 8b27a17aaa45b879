import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { heatCapacity } from './water.ts'
import { createNetwork } from './network.ts'
import type { PipePlan } from './network-plan.ts'

/** The network of the district simulation test: two branches of four nodes, at each two of 16 houses, the last with two more. */
const branch = [
  ['h', 36, 0.05, 0.045],
  ['g', 24, 0.05, 0.045],
  ['f', 24, 0.04, 0.0425],
  ['e', 24, 0.032, 0.0465],
] as const
const houseHeat = 19_347.28
const drop = 30
const ground = 10
const insulation = 0.025

function pipe(id: string, parent: number, length: number, diameter: number, thickness: number): PipePlan {
  return { id, parent, length, diameter, loss: (2 * Math.PI * insulation) / Math.log((diameter + 2 * thickness) / diameter) }
}

function settled() {
  const pipes: PipePlan[] = []
  const stations: number[] = []
  for (const side of ['east', 'west']) {
    let parent = -1
    for (const [id, length, diameter, thickness] of branch) {
      pipes.push(pipe(`${side} ${id}`, parent, length, diameter, thickness))
      parent = pipes.length - 1
      for (const house of [1, 2]) {
        const last = id === 'e'
        pipes.push(pipe(`${side} ${id} ${house}`, parent, 12, last ? 0.025 : 0.02, last ? 0.0425 : 0.045))
        stations.push(pipes.length - 1)
      }
    }
  }
  const network = createNetwork({ pipes, stations, service: { length: 0.01, diameter: 0.02, loss: 0 } })
  const flow = new Float64Array(16).fill(houseHeat / (heatCapacity * drop))
  const returned = new Float64Array(16)
  for (let k = 0; k < 1000; k++) {
    for (let i = 0; i < 16; i++) returned[i] = (network.stationSupply[i] ?? 0) - drop
    network.step(60, flow, returned, 70, ground)
  }
  const at = (id: string) => pipes.findIndex((one) => one.id === `east ${id}`)
  const supply = (id: string) => network.supply[at(id)] ?? Number.NaN
  const lost = (network.flow[at('h')] ?? 0) * heatCapacity * (70 - supply('h'))
  return { network, supply, house: network.stationSupply[6] ?? Number.NaN, lost }
}

describe('the district network with published results', () => {
  const { network, supply, house, lost } = settled()

  test('cools along its first pipe as the exponential law says', () => {
    const first = pipe('h', -1, 36, 0.05, 0.045)
    const cooled = ground + 60 * Math.exp((-first.loss * 36) / ((network.plant.flow / 2) * heatCapacity))
    expect(supply('h')).toBeCloseTo(cooled, 3)
    expect(cooled).toBeCloseTo(69.936, 3)
    expect(lost).toBeCloseTo(329, 0)
  })

  test('gives the flow, temperatures, losses and heat of five published tools', () => {
    const folder = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'destest-network')
    if (!existsSync(folder)) return
    const results = readdirSync(folder)
      .filter((file) => file.startsWith('result_network0'))
      .map((file) => (readFileSync(join(folder, file), 'utf8').split('\n')[1] ?? '').split(',').map(Number))
    expect(results).toHaveLength(5)
    const median = (column: number) => results.map((row) => row[column] ?? Number.NaN).toSorted((a, b) => a - b)[2] ?? Number.NaN
    const near = (value: number, column: number) => Math.abs(value / median(column) - 1)
    expect(near(network.plant.flow * 3600, 1)).toBeLessThan(0.05)
    ;['h', 'g', 'f', 'e'].forEach((id, i) => expect(Math.abs(supply(id) - median(6 + i))).toBeLessThan(0.1))
    // The tools lose more beyond the first pipe than its insulation would have it in the files: it adds up towards the houses.
    expect(Math.abs(house - median(10))).toBeLessThan(0.15)
    expect(Math.abs(network.plant.return - median(11))).toBeLessThan(0.15)
    expect(near(lost, 17)).toBeLessThan(0.05)
    expect(near(network.plant.power * 1000, 18)).toBeLessThan(0.05)
  })
})
