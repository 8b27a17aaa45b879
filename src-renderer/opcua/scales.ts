import type { Quantity } from '#shared/units.ts'

/** Units in which servers give a quantity, and the factor to the unit that is kept. */
export const scales: Partial<Record<Quantity, readonly (readonly [unit: string, factor: number])[]>> = {
  temperature: [
    ['°C', 1],
    ['°C × 10', 0.1],
    ['°C × 100', 0.01],
  ],
  temperatureDifference: [
    ['K', 1],
    ['K × 10', 0.1],
    ['K × 100', 0.01],
  ],
  pressure: [
    ['bar', 1],
    ['mbar', 0.001],
    ['kPa', 0.01],
    ['Pa', 0.00001],
  ],
  flow: [
    ['m³/h', 1],
    ['l/h', 0.001],
    ['l/min', 0.06],
    ['l/s', 3.6],
  ],
  power: [
    ['kW', 1],
    ['W', 0.001],
    ['MW', 1000],
  ],
  energy: [
    ['kWh', 1],
    ['Wh', 0.001],
    ['MWh', 1000],
    ['MJ', 1 / 3.6],
    ['GJ', 1000 / 3.6],
  ],
  volume: [
    ['m³', 1],
    ['l', 0.001],
  ],
  ratio: [
    ['%', 1],
    ['0 … 1', 100],
  ],
  duration: [
    ['s', 1],
    ['ms', 0.001],
    ['min', 60],
    ['h', 3600],
  ],
}
