import type { Quantity } from '../units.ts'

/** A unit in which others send a quantity: canonical value = number × factor + offset. */
export type SentUnit = { unit: string; factor: number; offset?: number }

/** The canonical unit first. */
export const sentUnits: Record<Quantity, readonly SentUnit[]> = {
  temperature: [
    { unit: '°C', factor: 1 },
    { unit: '0.1 °C', factor: 0.1 },
    { unit: '0.01 °C', factor: 0.01 },
    { unit: '°F', factor: 5 / 9, offset: -160 / 9 },
    { unit: 'K', factor: 1, offset: -273.15 },
  ],
  temperatureDifference: [
    { unit: 'K', factor: 1 },
    { unit: '0.1 K', factor: 0.1 },
    { unit: '0.01 K', factor: 0.01 },
  ],
  pressure: [
    { unit: 'bar', factor: 1 },
    { unit: '0.1 bar', factor: 0.1 },
    { unit: 'mbar', factor: 0.001 },
    { unit: 'kPa', factor: 0.01 },
    { unit: 'Pa', factor: 0.000_01 },
  ],
  flow: [
    { unit: 'm³/h', factor: 1 },
    { unit: 'l/h', factor: 0.001 },
    { unit: 'l/min', factor: 0.06 },
    { unit: 'l/s', factor: 3.6 },
  ],
  power: [
    { unit: 'kW', factor: 1 },
    { unit: 'W', factor: 0.001 },
    { unit: '0.1 kW', factor: 0.1 },
    { unit: 'MW', factor: 1000 },
  ],
  energy: [
    { unit: 'kWh', factor: 1 },
    { unit: 'Wh', factor: 0.001 },
    { unit: 'MWh', factor: 1000 },
    { unit: 'MJ', factor: 1 / 3.6 },
    { unit: 'GJ', factor: 1000 / 3.6 },
  ],
  volume: [
    { unit: 'm³', factor: 1 },
    { unit: '0.01 m³', factor: 0.01 },
    { unit: 'l', factor: 0.001 },
  ],
  ratio: [
    { unit: '%', factor: 1 },
    { unit: '0.1 %', factor: 0.1 },
    { unit: '0 … 1', factor: 100 },
  ],
  duration: [
    { unit: 's', factor: 1 },
    { unit: 'min', factor: 60 },
    { unit: 'h', factor: 3600 },
  ],
  count: [{ unit: '', factor: 1 }],
  number: [{ unit: '', factor: 1 }],
  state: [{ unit: '', factor: 1 }],
  text: [{ unit: '', factor: 1 }],
}
