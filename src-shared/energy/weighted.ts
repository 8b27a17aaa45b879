import { heatCoefficient, type SensorSide } from './water.ts'

/** Volume-weighted mean temperature, °C, out of what a register of volume times temperature and the volume register went up by (m³ °C, m³). */
export function weightedByVolume(weighted: number, volume: number): number {
  return volume > 0 ? weighted / volume : Number.NaN
}

/** Volume-weighted return temperature, °C, out of the flow temperature and what was used (kWh, m³), where no register says it. */
export function returnOf(flow: number, energy: number, volume: number, side: SensorSide): number {
  if (!(volume > 0)) return Number.NaN
  let back = flow - 30
  // The coefficient hangs on the result so little that three rounds are exact to a thousandth of a degree.
  for (let round = 0; round < 3; round++)
    back = flow - energy / (volume * heatCoefficient(side === 'flow' ? flow : back, (flow + back) / 2))
  return back
}

/** Mean of samples weighted by the flow at the same place (m³/h), which must be above 0 to count. NaN without any flow. */
export function weightedByFlow(temperature: Float64Array, flow: Float64Array): number {
  let [sum, weight] = [0, 0]
  for (let i = 0; i < temperature.length; i++) {
    const [t, q] = [temperature[i] as number, flow[i] as number]
    if (!(q > 0) || !Number.isFinite(t)) continue
    sum += q * t
    weight += q
  }
  return weight > 0 ? sum / weight : Number.NaN
}
