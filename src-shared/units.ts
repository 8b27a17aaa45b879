/**
 * Quantities and the one canonical unit in which each travels between codec and format. The trade thinks in these, so they
 * are not SI for its own sake.
 */
export const units = {
  temperature: '°C',
  temperatureDifference: 'K',
  pressure: 'bar',
  flow: 'm³/h',
  power: 'kW',
  energy: 'kWh',
  volume: 'm³',
  ratio: '%',
  duration: 's',
  count: '',
  number: '',
  state: '',
  text: '',
} as const satisfies Record<string, string>

export type Quantity = keyof typeof units
export type Unit = (typeof units)[Quantity]

/** Decimals that a value of the quantity is shown with, after what the controllers themselves resolve. */
export const decimals: Record<Quantity, number> = {
  temperature: 1,
  temperatureDifference: 1,
  pressure: 2,
  flow: 3,
  power: 1,
  energy: 0,
  volume: 2,
  ratio: 0,
  duration: 0,
  count: 0,
  number: 1,
  state: 0,
  text: 0,
}
