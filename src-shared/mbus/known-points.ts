import type { Quantity } from '../units.ts'

/** What every screen and report knows of a meter by its id, whichever meter it is. */
export const knownPoints = {
  energy: { from: 'energy', is: 'energy' },
  volume: { from: 'volume', is: 'volume' },
  power: { from: 'power', is: 'power' },
  flow: { from: 'flow', is: 'flow' },
  flowTemperature: { from: 'flowTemperature', is: 'temperature' },
  returnTemperature: { from: 'returnTemperature', is: 'temperature' },
  temperatureDifference: { from: 'temperatureDifference', is: 'temperatureDifference' },
  coolingEnergy: { from: 'coolingEnergy', is: 'energy' },
  tariff1: { from: 'energy/tariff=1', is: 'energy' },
  tariff2: { from: 'energy/tariff=2', is: 'energy' },
  tariff3: { from: 'energy/tariff=3', is: 'energy' },
  inputVolume1: { from: 'volume/subunit=1', is: 'volume' },
  inputVolume2: { from: 'volume/subunit=2', is: 'volume' },
  maxPower: { from: 'power/function=maximum', is: 'power' },
  maxFlow: { from: 'flow/function=maximum', is: 'flow' },
  billingEnergy: { from: 'energy/storage=1', is: 'energy' },
  billingVolume: { from: 'volume/storage=1', is: 'volume' },
  operatingTime: { from: 'operatingTime', is: 'duration' },
  onTime: { from: 'onTime', is: 'duration' },
  infoCode: { from: 'infoCode', is: 'number' },
  meterSerial: { from: 'header:serial', is: 'text' },
  meterStatus: { from: 'header:status', is: 'number' },
} as const satisfies Record<string, { from: string; is: Quantity }>

export type KnownPoint = keyof typeof knownPoints
