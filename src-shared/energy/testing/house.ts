import { hourMs } from '../register.ts'
import { heatCoefficient } from '../water.ts'

/** Numbers from 0 to 1 that are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 4_294_967_296
}

/**
 * Registers of a house, hourly or every `stepMs`, with a heat meter in the supply pipe, with what really flowed. Energy kWh, volume m³, `e8` and `e9` m³ °C.
 */
export function madeHouse(
  hours: number,
  { start = Date.UTC(2024, 0, 1), seed = 11, side = 'flow' as 'flow' | 'return', stepMs = hourMs } = {},
) {
  const roll = seeded(seed)
  const part = stepMs / hourMs
  const columns = () => new Float64Array(hours)
  const house = {
    at: columns(),
    energy: columns(),
    volume: columns(),
    e8: columns(),
    e9: columns(),
    power: columns(),
    flow: columns(),
    supply: columns(),
    back: columns(),
    outdoor: columns(),
  }
  let [energy, volume, e8, e9] = [5000, 120, 8600, 3700]
  for (let i = 0; i < hours; i++) {
    const outdoor = 8 - 9 * Math.cos(((i * part) / 8766) * 2 * Math.PI) - 3 * Math.cos(((i * part) / 24) * 2 * Math.PI) + 2 * (roll() - 0.5)
    const power = Math.max(0.2, (17 - outdoor) * 0.22) + roll() * 0.4
    const [supply, back] = [66 + 6 * roll(), 34 + 4 * roll()]
    const flow = power / (heatCoefficient(side === 'flow' ? supply : back, (supply + back) / 2) * (supply - back))
    const row = { at: start + i * stepMs, energy, volume, e8, e9, power, flow, supply, back, outdoor }
    for (const [name, value] of Object.entries(row)) house[name as keyof typeof house][i] = value
    energy += power * part
    volume += flow * part
    e8 += flow * supply * part
    e9 += flow * back * part
  }
  return house
}
