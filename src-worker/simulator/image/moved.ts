import type { Phase } from '../regimes.ts'
import { relayNumbers } from './settings.ts'
import type { StationState } from '../station.ts'

/** What a point of the profile shows of the station, in the point's canonical unit; null: the sensor is broken. */
export type Moved = (state: StationState) => number | null

const bit = (on: boolean) => (on ? 1 : 0)
// 0 setback, 2 comfort; frost protection counts as setback.
const statusOf = (phase: Phase) => (phase === 'comfort' ? 2 : 0)
// 2 lowers, 1 raises.
const influence = (kelvin: number) => (kelvin < -0.05 ? 2 : kelvin > 0.05 ? 1 : 0)

// Motor 1 (triacs 1 and 2) and relay 1 belong to hot water, motor 2 (triacs 3 and 4) and relay 2 to heating, as in A266.
const triacs: readonly Moved[] = [
  ({ water }) => bit(water.motor === 1),
  ({ water }) => bit(water.motor === -1),
  ({ heating }) => bit(heating.motor === 1),
  // A valve that is not wanted is held shut.
  ({ heating }) => bit(heating.motor === -1 || !heating.on),
  () => 0,
  () => 0,
]

const relays: readonly Moved[] = relayNumbers.map((_, i) => ({ water, heating, settings }) => {
  const forced = settings.relays[i]
  if (forced === 1) return 0
  if (forced === 2) return 1
  return i === 0 ? bit(water.on) : i === 1 ? bit(heating.on) : 0
})

const table: Readonly<Record<string, Moved>> = {
  outdoor: ({ outdoor }) => outdoor,
  'circuit1.outdoor': ({ outdoor }) => outdoor,
  input1: ({ outdoor }) => outdoor,
  outdoorLowest: ({ lowest }) => lowest,
  outdoorHighest: ({ highest }) => highest,
  room: ({ heating }) => heating.room,
  'circuit1.room': ({ heating }) => heating.room,
  'circuit1.flow': ({ heating }) => heating.flow,
  'circuit1.flowReference': ({ heating }) => heating.reference,
  'circuit1.return': ({ heating }) => heating.return,
  'circuit1.returnReference': ({ heating }) => heating.returnReference,
  'circuit1.mode': ({ settings }) => settings.heating.mode,
  'circuit1.status': ({ heating }) => statusOf(heating.phase),
  'circuit1.limiter.return': ({ heating }) => influence(heating.byReturn),
  'circuit1.limiter.room': ({ heating }) => influence(heating.byRoom),
  'circuit1.limiter.heatCutOut': ({ heating }) => (heating.cutOut ? 3 : 0),
  'hotWater.flow': ({ water }) => water.flow,
  'hotWater.flowReference': ({ water }) => water.reference,
  'hotWater.return': ({ water }) => water.return,
  'hotWater.returnReference': ({ water }) => water.returnReference,
  'hotWater.mode': ({ settings }) => settings.water.mode,
  'hotWater.status': ({ water }) => statusOf(water.phase),
  analogOutput1: ({ water }) => water.opening,
  'meter1.flowTemperature': ({ meter }) => meter.flowTemperature,
  'meter1.returnTemperature': ({ meter }) => meter.returnTemperature,
  'meter1.flow': ({ meter }) => meter.flow,
  'meter1.power': ({ meter }) => meter.power,
  'meter1.volume': ({ meter }) => meter.volume,
  'meter1.energy': ({ meter }) => meter.energy,
  outputMask: (state) => [...triacs, ...relays].reduce((mask, output, i) => mask + (output(state) ?? 0) * 2 ** i, 0),
  ...Object.fromEntries(triacs.map((output, i) => [`triac${i + 1}`, output])),
  ...Object.fromEntries(relays.map((output, i) => [`relay${i + 1}`, output])),
  ...Object.fromEntries(relayNumbers.map((n, i) => [`relay${n}.override`, ({ settings }: StationState) => settings.relays[i] ?? 0])),
}

/** How the simulation moves a point, or undefined when it stays as it was laid out. */
export function moved(id: string): Moved | undefined {
  return Object.hasOwn(table, id) ? table[id] : undefined
}
