import type { Point } from '#shared/devices/profile.ts'
import type { Quantity } from '#shared/units.ts'
import type { StationState } from '../../physics/state.ts'

/** A value in the canonical unit; null: it cannot be measured. */
export type Value = number | null

/**
 * A node of a station: its name is the id of a point that people know. What the station's registers do not hold comes straight from what
 * is measured (`seen`).
 */
export type ShownPoint = { id: string; title: string; is: Quantity; seen?: (state: StationState) => Value }

const shown = (id: string, title: string, is: Quantity): ShownPoint => ({ id, title, is })
const bit = (on: boolean) => (on ? 1 : 0)

const circuit = (n: number): ShownPoint[] => {
  const of = (id: string, title: string, is: Quantity) => shown(`circuit${n}.${id}`, `Circuit ${n}: ${title}`, is)
  return [
    of('flow', 'flow temperature', 'temperature'),
    of('flowReference', 'flow temperature wanted', 'temperature'),
    of('return', 'return temperature', 'temperature'),
    of('returnReference', 'return temperature limit', 'temperature'),
    of('room', 'room temperature', 'temperature'),
    of('pump', 'pump', 'state'),
    of('valvePosition', 'valve position', 'ratio'),
    of('mode', 'mode', 'state'),
    of('status', 'status', 'state'),
    of('comfort', 'room temperature by day', 'temperature'),
    of('setback', 'room temperature at night', 'temperature'),
    of('slope', 'slope of the heat curve', 'number'),
    of('minFlow', 'lowest flow temperature', 'temperature'),
    of('maxFlow', 'highest flow temperature', 'temperature'),
    of('heatCutOut', 'outdoor temperature without heating', 'temperature'),
  ]
}

/** Where the physics knows what a controller without such a register would not show. */
const measured: Readonly<Record<string, (state: StationState) => Value>> = {
  outdoor: ({ outdoor }) => outdoor,
  'circuit1.flow': ({ heating }) => heating.flow,
  'circuit1.flowReference': ({ heating }) => heating.reference,
  'circuit1.return': ({ heating }) => heating.return,
  'circuit1.pump': ({ heating }) => bit(heating.on),
  'circuit1.valvePosition': ({ heating }) => heating.opening,
  'hotWater.flow': ({ water }) => water.flow,
  'hotWater.flowReference': ({ water }) => water.reference,
  'hotWater.return': ({ water }) => water.return,
  'meter1.energy': ({ meter }) => meter.energy,
  'meter1.volume': ({ meter }) => meter.volume,
  'meter1.power': ({ meter }) => meter.power,
  'meter1.flow': ({ meter }) => meter.flow,
  'meter1.flowTemperature': ({ meter }) => meter.flowTemperature,
  'meter1.returnTemperature': ({ meter }) => meter.returnTemperature,
}

const all: readonly ShownPoint[] = [
  shown('outdoor', 'Outdoor temperature', 'temperature'),
  ...circuit(1),
  ...circuit(2),
  shown('hotWater.flow', 'Hot water: flow temperature', 'temperature'),
  shown('hotWater.flowReference', 'Hot water: flow temperature wanted', 'temperature'),
  shown('hotWater.return', 'Hot water: return temperature', 'temperature'),
  shown('hotWater.tank', 'Hot water: tank temperature', 'temperature'),
  shown('hotWater.mode', 'Hot water: mode', 'state'),
  shown('hotWater.chargePump', 'Hot water: charge pump', 'state'),
  shown('hotWater.comfort', 'Hot water: temperature by day', 'temperature'),
  shown('hotWater.setback', 'Hot water: temperature at night', 'temperature'),
  shown('meter1.energy', 'Heat meter: energy', 'energy'),
  shown('meter1.volume', 'Heat meter: volume', 'volume'),
  shown('meter1.power', 'Heat meter: power', 'power'),
  shown('meter1.flow', 'Heat meter: flow', 'flow'),
  shown('meter1.flowTemperature', 'Heat meter: flow temperature', 'temperature'),
  shown('meter1.returnTemperature', 'Heat meter: return temperature', 'temperature'),
]

/** The nodes of a station whose registers hold these points. */
export function shownPoints(held: (id: string) => Point | undefined): ShownPoint[] {
  return all.flatMap((one) => {
    const point = held(one.id)
    const seen = measured[one.id]
    if (point) return [{ ...one, is: point.is }]
    return seen ? [{ ...one, seen }] : []
  })
}
