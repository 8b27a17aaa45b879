import { faultKindNames, faultRow, type FaultKind, type FaultTarget } from '../simulator/faults.ts'

export const seasons = ['any', 'heating', 'summer'] as const
export type Season = (typeof seasons)[number]

/** Fields of the trade in which people look for a kind of fault. */
export const kindGroups = ['heating', 'water', 'control', 'meter', 'contact', 'network'] as const
export type KindGroup = (typeof kindGroups)[number]

const grouped: Record<KindGroup, readonly FaultKind[]> = {
  heating: ['heatingValveStuck', 'heatingPumpStopped', 'exchangerFouled', 'bypass', 'noThermostats'],
  water: ['waterValveStuck', 'circulationHigh'],
  control: [
    'outdoorSensorOffset',
    'flowSensorOffset',
    'flowSensorBroken',
    'roomSensorBroken',
    'hunting',
    'wrongSchedule',
    'nightStop',
    'summerHeating',
  ],
  meter: ['meterFlowStuck', 'meterReturnOffset', 'meterSwapped', 'meterRollover', 'meterZeroes', 'meterSpike', 'meterUnitChanged'],
  contact: ['offline', 'gatewayNoAnswer', 'frozen', 'gatewayFrozen', 'clockDrift'],
  network: ['leak', 'pumpTripped', 'supplyDropped'],
}

export function kindsIn(group: KindGroup): readonly FaultKind[] {
  return grouped[group]
}

const coldOnly: ReadonlySet<FaultKind> = new Set([
  'heatingValveStuck',
  'heatingPumpStopped',
  'exchangerFouled',
  'flowSensorOffset',
  'outdoorSensorOffset',
  'hunting',
  'noThermostats',
  'wrongSchedule',
  'nightStop',
])

/** When a kind of fault can be seen. */
export function seasonOf(kind: FaultKind): Season {
  if (kind === 'summerHeating') return 'summer'
  return coldOnly.has(kind) ? 'heating' : 'any'
}

/** Mean outdoor temperature, °C, between heating season and summer. */
export const seasonBorder = 14

/** Whether a fault of the season shows itself at this outdoor temperature, °C. */
export function showsAt(season: Season, outdoor: number): boolean {
  return season === 'any' || (season === 'heating' ? outdoor < seasonBorder : outdoor >= seasonBorder)
}

const heating = /^circuit\d+\./
const hotWater = /^hotWater\./
const room = /^(circuit\d+\.)?room$/
const meter = /^meter/
const needs: Partial<Record<FaultKind, RegExp>> = {
  heatingValveStuck: heating,
  heatingPumpStopped: heating,
  exchangerFouled: heating,
  flowSensorOffset: heating,
  flowSensorBroken: heating,
  hunting: heating,
  noThermostats: heating,
  wrongSchedule: heating,
  nightStop: heating,
  summerHeating: heating,
  waterValveStuck: hotWater,
  circulationHigh: hotWater,
  roomSensorBroken: room,
  meterFlowStuck: meter,
  meterReturnOffset: meter,
  meterSwapped: meter,
  meterRollover: meter,
  meterZeroes: meter,
  meterSpike: meter,
  meterUnitChanged: meter,
}

/** Whether a station whose points have these ids would show such a fault. */
export function showsIn(kind: FaultKind, points: readonly string[]): boolean {
  const needed = needs[kind]
  return needed === undefined || points.some((point) => needed.test(point))
}

/** What a fault strikes as a person names it: a leak is somewhere in the network, and nobody reads a node. */
export type PlaceKind = FaultTarget
export const networkName = 'network'
export const plantName = 'plant'

/** What a finding of a kind has to name as its target. */
export function namedTarget(kind: FaultKind, target: string): string {
  return faultRow(kind).target === 'node' ? networkName : target
}

/** Whether every kind has a group. Tells those that have none. */
export function ungrouped(): FaultKind[] {
  const known = new Set(Object.values(grouped).flat())
  return faultKindNames.filter((kind) => !known.has(kind))
}
