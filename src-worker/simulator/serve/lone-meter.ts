import type { LineMeter } from '#shared/simulator/scenario.ts'
import type { MeterState } from '../physics/state.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Meters put new values on show this often. */
const latchMs = 30_000
/** Where the indexes of a scenario stand for: 1 January 2026. */
const epoch = Date.UTC(2026, 0, 1)
/** How far the power goes up and down in the course of a day, as a part of its mean. */
const swing = 0.4
/** kWh that a cubic metre of water gives for each kelvin, counted in the supply. */
const heatCapacity = 1.137

/** What a heat meter that belongs to no station shows at a moment (UTC ms): a course of its own that its registers agree with. */
export function loneMeter({ energy, power, seed, serial }: LineMeter, moment: number): MeterState {
  const at = Math.floor(moment / latchMs) * latchMs
  const phase = (seed % 24) / 24
  const turn = 2 * Math.PI * (at / dayMs + phase)
  const start = 2 * Math.PI * (epoch / dayMs + phase)
  const now = power * (1 + swing * Math.sin(turn))
  const used = (power * (at - epoch)) / hourMs + ((power * swing * dayMs) / hourMs / (2 * Math.PI)) * (Math.cos(start) - Math.cos(turn))
  const [warm, cold] = [78 + (seed % 7), 41 + (seed % 5)]
  const flowTemperature = warm + 4 * Math.sin(turn)
  const returnTemperature = cold + 2 * Math.sin(turn + 1)
  const total = energy + used
  const volume = total / (heatCapacity * (warm - cold))
  return {
    serial: Number(serial),
    energy: total,
    volume,
    energyIn: volume * warm,
    energyOut: volume * cold,
    power: now,
    flow: now / (heatCapacity * (flowTemperature - returnTemperature)),
    flowTemperature,
    returnTemperature,
    hours: energy / power + (at - epoch) / hourMs,
    fault: false,
    gigajoules: false,
  }
}
