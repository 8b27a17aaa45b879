import type { Point } from '#shared/devices/profile.ts'
import type { Phase, StationState } from '../physics/state.ts'
import { isFed, isOn, type Wiring } from './outputs.ts'

/** What a point of the profile shows of the station, in the point's canonical unit; null: the sensor is broken. */
export type Moved = (state: StationState, now: number) => number | null

/**
 * Which parts of a profile stand for the building's heating and hot water, and how its outputs are wired. `rawInputs`: its inputs are not
 * named after what hangs on them; `byGradient`: its curve is set by a gradient.
 */
export type Parts = { heating: string | null; water: string | null; wiring: Wiring; rawInputs: boolean; byGradient: boolean }

const bit = (on: boolean) => (on ? 1 : 0)
// 2 lowers, 1 raises.
const influence = (kelvin: number) => (kelvin < -0.05 ? 2 : kelvin > 0.05 ? 1 : 0)
const secondsOf = (hours: number) => Math.floor(hours * 60 * 60)
const triacs = [1, 2, 3, 4, 5, 6]

// Where a sensor stands that belongs to no circuit; S1 to S6 as they are wired with heating and hot water on one controller.
const inputs: readonly Moved[] = [
  outdoorSeen,
  ({ heating }) => heating.room,
  ({ heating }) => heating.flow,
  ({ water }) => water.flow,
  ({ heating }) => heating.return,
  ({ water }) => water.return,
]

const table: Readonly<Record<string, Moved>> = {
  outdoor: outdoorSeen,
  'heating.outdoor': outdoorSeen,
  outdoorLowest: ({ lowest }) => lowest,
  outdoorHighest: ({ highest }) => highest,
  room: ({ heating }) => heating.room,
  primarySupply: ({ primary }) => primary.supply,
  'heating.room': ({ heating }) => heating.room,
  'heating.flow': ({ heating }) => heating.flow,
  'heating.flowReference': ({ heating }) => heating.reference,
  // What the weather alone asks for.
  'heating.weatherReference': ({ heating }) => heating.reference - heating.byReturn - heating.byRoom,
  'heating.flowDeviation': ({ heating }) => (heating.flow === null ? null : heating.reference - heating.flow),
  'heating.return': ({ heating }) => heating.return,
  'heating.returnReference': ({ heating }) => heating.returnReference,
  'heating.roomReference': roomWanted,
  'heating.limiter.return': ({ heating }) => influence(heating.byReturn),
  'heating.limiter.room': ({ heating }) => influence(heating.byRoom),
  'heating.limiter.heatCutOut': ({ heating }) => (heating.cutOut ? 3 : 0),
  'heating.pump': ({ heating }) => bit(heating.on),
  'heating.valveSignal': ({ heating }) => heating.opening,
  'heating.valvePosition': ({ heating }) => heating.opening,
  'heating.valveOpening': ({ heating }) => bit(heating.motor === 1),
  'heating.valveClosing': ({ heating }) => bit(heating.motor === -1),
  'heating.manual': ({ heating }) => bit(heating.phase === 'manual'),
  'heating.active.automatic': ({ settings }) => bit(settings.heating.mode === 1),
  'heating.active.comfort': ({ heating }) => bit(heating.phase === 'comfort'),
  'heating.active.setback': ({ heating }) => bit(heating.phase === 'saving'),
  'heating.active.returnLimit': ({ heating }) => bit(heating.byReturn < -0.05),
  'heating.active.heatCutOut': ({ heating }) => bit(heating.cutOut),
  'heating.active.standby': ({ settings }) => bit(settings.heating.mode === 4),
  'heating.active.frostProtection': ({ heating }) => bit(heating.phase === 'frost'),
  'heating.alarm.sensorMissing': ({ alarms }) => bit(alarms.sensor),
  'heating.alarm.referenceNotReached': ({ alarms }) => bit(alarms.flowDeviation),
  'water.flow': ({ water }) => water.flow,
  'water.tank': ({ water }) => water.flow,
  'water.flowReference': ({ water }) => water.reference,
  'water.flowDeviation': ({ water }) => (water.flow === null ? null : water.reference - water.flow),
  'water.return': ({ water }) => water.return,
  'water.returnReference': ({ water }) => water.returnReference,
  'water.pump': ({ water }) => bit(water.on),
  'water.circulationPump': ({ water }) => bit(water.on),
  'water.chargePump': ({ water }) => bit(water.on && water.opening > 1),
  'water.valvePosition': ({ water }) => water.opening,
  'water.manual': ({ water }) => bit(water.phase === 'manual'),
  // Standby, monitoring, charging.
  'water.tankStatus': ({ water }) => (water.on ? (water.opening > 1 ? 4 : 1) : 0),
  'water.active.automatic': ({ settings }) => bit(settings.water.mode === 1),
  'water.active.antiBacteria': ({ settings, water }) =>
    bit(settings.water.disinfection.temperature !== null && water.reference > settings.water.comfort + 0.05),
  'water.active.standby': ({ settings }) => bit(settings.water.mode === 4),
  'water.active.frostProtection': ({ water }) => bit(water.phase === 'frost'),
  'water.alarm.sensorMissing': ({ water }) => bit(water.flow === null),
  // There is no sensor for what is drawn.
  'water.tapping': () => null,
  runTime: ({ meter }) => secondsOf(meter.hours),
  analogOutput1: ({ water }) => water.opening,
  maxFlowReference: ({ heating, water }) => Math.max(heating.on ? heating.reference : 0, water.on ? water.reference : 0),
  'summer.active': ({ heating }) => bit(heating.cutOut),
  'fault.collective': ({ alarms }) => bit(alarms.sensor || alarms.flowDeviation),
  // Bit 0: a sensor has failed.
  'fault.status': ({ alarms }) => bit(alarms.sensor),
  // Number 2 is the temperature that is watched, number 32 a sensor that has failed.
  alarm2: ({ alarms }) => bit(alarms.flowDeviation),
  alarm32: ({ alarms }) => bit(alarms.sensor),
  'valve1.position': ({ heating }) => heating.opening,
  'valve1.externalTemperature': ({ primary }) => primary.supply,
  'valve1.ownTemperature': ({ primary }) => primary.return,
  'meter1.flowTemperature': ({ meter }) => meter.flowTemperature,
  'meter1.returnTemperature': ({ meter }) => meter.returnTemperature,
  'meter1.temperatureDifference': ({ meter }) => meter.flowTemperature - meter.returnTemperature,
  'meter1.flow': ({ meter }) => meter.flow,
  'meter1.power': ({ meter }) => meter.power,
  'meter1.volume': ({ meter }) => meter.volume,
  'meter1.energy': ({ meter }) => meter.energy,
  'meter1.operatingTime': ({ meter }) => secondsOf(meter.hours),
  'meter1.serial': ({ meter }) => meter.serial,
  'meter1.secondaryAddress': ({ meter }) => meter.serial,
  'meter1.fault': ({ meter }) => bit(meter.fault),
}

/** How the simulation moves a point, or undefined when it stays as it was laid out. What somebody sets is not moved. */
export function movedOf(point: Point, parts: Parts): Moved | undefined {
  if (point.write) return undefined
  const output = outputOf(point, parts.wiring)
  if (output) return output
  const id = plainId(point.id, parts)
  if (Object.hasOwn(table, id)) return table[id]
  const input = /^input(\d+)(\.status)?$/.exec(id)
  if (input) return inputOf(Number(input[1]), input[2] !== undefined, point, parts)
  if (id === 'heating.status') return statusOf(point, ({ heating }) => heating.phase)
  return id === 'water.status' ? statusOf(point, ({ water }) => water.phase) : undefined
}

/** The id with the names heating and water for the parts that are the building's. */
export function plainId(id: string, { heating, water }: Pick<Parts, 'heating' | 'water'>): string {
  if (heating && id.startsWith(`${heating}.`)) return `heating${id.slice(heating.length)}`
  return water && id.startsWith(`${water}.`) ? `water${id.slice(water.length)}` : id
}

function outdoorSeen({ settings, outdoor }: StationState): number | null {
  return settings.outdoor ?? outdoor
}

function roomWanted({ heating, settings }: StationState): number {
  const { comfort, setback, frost } = settings.heating
  return heating.phase === 'comfort' ? comfort : heating.phase === 'saving' ? setback : frost
}

function inputOf(n: number, isStatus: boolean, { values }: Point, { rawInputs }: Parts): Moved | undefined {
  const sensor = n === 1 || rawInputs ? inputs[n - 1] : undefined
  if (!isStatus || !values) return isStatus ? undefined : sensor
  const open = codeOf(values, 'sensor.open') ?? 2
  return sensor ? (state, now) => (sensor(state, now) === null ? open : 0) : () => open
}

/** What a circuit does, in the profile's own codes; frost protection counts as setback where it has none of its own. */
function statusOf({ values = {} }: Point, phase: (state: StationState) => Phase): Moved {
  const comfort = codeOf(values, 'status.comfort') ?? 2
  const saving = codeOf(values, 'status.setback') ?? 0
  const frost = codeOf(values, 'status.frostProtection') ?? saving
  return (state) => ({ comfort, saving, frost, manual: frost })[phase(state)]
}

function codeOf(values: Readonly<Record<string, string>>, name: string): number | undefined {
  const found = Object.entries(values).find(([, value]) => value === name)
  return found && Number(found[0])
}

function outputOf({ id }: Point, wiring: Wiring): Moved | undefined {
  if (id === 'outputMask') return (state) => maskOf(wiring, state)
  const output = wiring.outputs.get(id)
  if (!output) return undefined
  const { n } = output
  return output.kind === 'relay' ? (state) => relayOf(n, wiring, state) : (state) => bit(isFed(n, wiring, state))
}

/** Forced by hand, or as its pump needs it. */
function relayOf(n: number, { relays }: Wiring, state: StationState): number {
  const forced = state.settings.relays[n - 1]
  if (forced === 1) return 0
  return forced === 2 ? 1 : bit(isOn(relays[n - 1], state))
}

/** Bits 0 to 5 the triacs, 6 to 11 the relays. */
function maskOf(wiring: Wiring, state: StationState): number {
  return triacs.reduce((mask, n) => mask + bit(isFed(n, wiring, state)) * 2 ** (n - 1) + relayOf(n, wiring, state) * 2 ** (n + 5), 0)
}
