import type { Quantity } from '#shared/units.ts'

/** Points that pushed values often stand for; their names stand in the locales. */
export const knownPoints: readonly { id: string; is: Quantity }[] = [
  { id: 'outdoor', is: 'temperature' },
  ...['1', '2'].flatMap((circuit) => [
    { id: `circuit${circuit}.flow`, is: 'temperature' as const },
    { id: `circuit${circuit}.flowReference`, is: 'temperature' as const },
    { id: `circuit${circuit}.return`, is: 'temperature' as const },
    { id: `circuit${circuit}.returnReference`, is: 'temperature' as const },
    { id: `circuit${circuit}.room`, is: 'temperature' as const },
    { id: `circuit${circuit}.valvePosition`, is: 'ratio' as const },
  ]),
  { id: 'hotWater.flow', is: 'temperature' },
  { id: 'hotWater.return', is: 'temperature' },
  { id: 'hotWater.tank', is: 'temperature' },
  { id: 'hotWater.tankLower', is: 'temperature' },
  { id: 'hotWater.tapping', is: 'flow' },
  ...['1', '2'].flatMap((meter) => [
    { id: `meter${meter}.energy`, is: 'energy' as const },
    { id: `meter${meter}.volume`, is: 'volume' as const },
    { id: `meter${meter}.power`, is: 'power' as const },
    { id: `meter${meter}.flow`, is: 'flow' as const },
    { id: `meter${meter}.flowTemperature`, is: 'temperature' as const },
    { id: `meter${meter}.returnTemperature`, is: 'temperature' as const },
  ]),
]
