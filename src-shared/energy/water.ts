/** Density of water at ordinary pressure, kg/m³, 0 to 150 °C. */
export function density(temperature: number): number {
  const t = temperature
  return 1000 * (1 - ((t + 288.9414) / (508_929.2 * (t + 68.12963))) * (t - 3.9863) ** 2)
}

/** kJ/(kg K) at 0, 10, … 100 °C and 1 bar, after IAPWS-IF97. */
const heats = [4.219, 4.195, 4.184, 4.18, 4.18, 4.182, 4.185, 4.19, 4.197, 4.205, 4.216]

/** Specific heat of water, kJ/(kg K); outside 0 to 100 °C that of the end. */
export function specificHeat(temperature: number): number {
  const place = Math.min(10, Math.max(0, temperature / 10))
  const below = Math.min(9, Math.floor(place))
  const [low, high] = [heats[below] as number, heats[below + 1] as number]
  return low + (high - low) * (place - below)
}

/**
 * Heat coefficient, kWh/(m³ K): what a m³ that has passed the flow sensor gives off for each degree between flow and return. The
 * density is that at the sensor, the specific heat that of the mean.
 */
export function heatCoefficient(atSensor: number, mean: number = atSensor): number {
  return (density(atSensor) * specificHeat(mean)) / 3600
}

export type SensorSide = 'flow' | 'return'

/**
 * Which pipe the flow sensor of a meter sits in, out of what it has counted: energy over volume and degrees (kWh/(m³ K)), and the mean
 * temperatures of flow and return. Null when it lies closer to neither or between both. `deviation` is that from the nearer one.
 */
export function sensorSide(
  k: number,
  flow: number,
  back: number,
): { side: SensorSide | null; deviation: number; inFlow: number; inReturn: number } {
  const mean = (flow + back) / 2
  const [inFlow, inReturn] = [heatCoefficient(flow, mean), heatCoefficient(back, mean)]
  const [fromFlow, fromReturn] = [k / inFlow - 1, k / inReturn - 1]
  const side: SensorSide = Math.abs(fromFlow) < Math.abs(fromReturn) ? 'flow' : 'return'
  const deviation = side === 'flow' ? fromFlow : fromReturn
  // The two lie 1.5 % apart at usual temperatures: beyond twice that it is something else.
  const told = inFlow !== inReturn && Math.abs(deviation) < 2 * Math.abs(inReturn / inFlow - 1)
  return { side: told ? side : null, deviation, inFlow, inReturn }
}
