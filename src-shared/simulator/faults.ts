import { z } from 'zod'

/** What a fault strikes: one station, one node of the network, the plant, or every station behind one gateway (a zone). */
export type FaultTarget = 'station' | 'node' | 'plant' | 'zone'

/** A parameter of a fault: its unit as a person reads it, and what it may be. */
export type FaultParam = { unit: string; min: number; max: number; usual: number }

/**
 * Where it acts. `physics`: water, heat and sensors. `meter`: what the heat meter tells. `contact`: how the station answers on its
 * line. The building or the plant itself goes on whatever the meter or the line does.
 */
export type FaultPlace = 'physics' | 'meter' | 'contact'

type FaultKindRow = { target: FaultTarget; place: FaultPlace; params: Readonly<Record<string, FaultParam>> }

const param = (unit: string, min: number, max: number, usual: number): FaultParam => ({ unit, min, max, usual })

/** All kinds of faults that the virtual plant knows. */
export const faultKinds = {
  /** Opening beyond what the controller wants, in parts of the travel; negative: closed too far. */
  heatingValveStuck: { target: 'station', place: 'physics', params: { opening: param('%', -100, 100, 25) } },
  waterValveStuck: { target: 'station', place: 'physics', params: { opening: param('%', -100, 100, 20) } },
  exchangerFouled: { target: 'station', place: 'physics', params: { transfer: param('%', 5, 100, 25) } },
  outdoorSensorOffset: { target: 'station', place: 'physics', params: { offset: param('K', -30, 30, -8) } },
  flowSensorOffset: { target: 'station', place: 'physics', params: { offset: param('K', -30, 30, -6) } },
  roomSensorBroken: { target: 'station', place: 'physics', params: {} },
  flowSensorBroken: { target: 'station', place: 'physics', params: {} },
  /** Share of the design flow that goes past the exchanger. */
  bypass: { target: 'station', place: 'physics', params: { share: param('%', 1, 100, 25) } },
  hunting: { target: 'station', place: 'physics', params: { gain: param('times', 1, 20, 6.7) } },
  noThermostats: { target: 'station', place: 'physics', params: { flow: param('times', 1, 4, 2) } },
  circulationHigh: { target: 'station', place: 'physics', params: { flow: param('times', 1, 10, 4) } },
  heatingPumpStopped: { target: 'station', place: 'physics', params: {} },
  /** The week program of an office in a dwelling: warm Monday to Friday, 6 to 17 h. */
  wrongSchedule: { target: 'station', place: 'physics', params: {} },
  /** Somebody shuts the heating at night by hand. */
  nightStop: { target: 'station', place: 'physics', params: { from: param('h', 0, 24, 22), to: param('h', 0, 24, 6) } },
  summerHeating: { target: 'station', place: 'physics', params: {} },
  meterFlowStuck: { target: 'station', place: 'meter', params: {} },
  meterReturnOffset: { target: 'station', place: 'meter', params: { offset: param('K', -10, 10, 3) } },
  meterSwapped: { target: 'station', place: 'meter', params: { energy: param('kWh', 0, 99_999_999, 0) } },
  /** The energy register begins anew at this many kWh. */
  meterRollover: { target: 'station', place: 'meter', params: { at: param('kWh', 1_000, 99_999_999, 1_000_000) } },
  /** Energy, volume and temperatures read 0 together. */
  meterZeroes: { target: 'station', place: 'meter', params: {} },
  meterSpike: { target: 'station', place: 'meter', params: { power: param('kW', 1, 10_000_000, 8_000_000) } },
  /** Energy counts in GJ where MWh are expected. */
  meterUnitChanged: { target: 'station', place: 'meter', params: {} },
  offline: { target: 'station', place: 'contact', params: {} },
  /** Answers each request with exception 11, as a gateway does whose device is gone. */
  gatewayNoAnswer: { target: 'station', place: 'contact', params: {} },
  frozen: { target: 'station', place: 'contact', params: {} },
  gatewayFrozen: { target: 'zone', place: 'contact', params: {} },
  clockDrift: { target: 'station', place: 'contact', params: { drift: param('s/day', -3_600, 3_600, 60) } },
  leak: { target: 'node', place: 'physics', params: { flow: param('kg/s', 0.01, 50, 0.5) } },
  pumpTripped: { target: 'plant', place: 'physics', params: {} },
  supplyDropped: { target: 'plant', place: 'physics', params: { drop: param('K', 1, 60, 20) } },
} as const satisfies Record<string, FaultKindRow>

export type FaultKind = keyof typeof faultKinds
export const faultKindNames = Object.keys(faultKinds) as FaultKind[]

/** The row of a kind, with its parameters under any name. */
export function faultRow(kind: FaultKind): FaultKindRow {
  return faultKinds[kind]
}

const params = z.record(z.string(), z.number()).describe('By name; what is left out has its usual value')

/** What is struck: the name of a station, node or zone of the scenario; `plant` for the plant. */
const target = z.string().min(1).max(80)

/** A fault as a scenario tells it: days from the opening of the town, negative before it. */
export const plannedFaultSchema = z.strictObject({
  kind: z.enum(faultKindNames as [FaultKind, ...FaultKind[]]),
  target,
  params: params.optional(),
  fromDay: z.number().min(-3660).max(3660),
  toDay: z.number().min(-3660).max(3660).nullable().optional().describe('null: it stays'),
})
export type PlannedFault = z.infer<typeof plannedFaultSchema>

/** A fault that is or was: simulated UTC ms. `to` null: it stands. `practice`: an exercise brought it. */
export const faultSchema = z
  .object({
    id: z.string(),
    kind: z.enum(faultKindNames as [FaultKind, ...FaultKind[]]),
    target,
    params: z.record(z.string(), z.number()),
    from: z.number(),
    to: z.number().nullable(),
  })
  .meta({ id: 'Fault' })
export type Fault = z.infer<typeof faultSchema>

/** Every parameter of a kind: what is given where it is within its bounds, else the usual. Throws RangeError naming one that is not. */
export function paramsOf(kind: FaultKind, given: Readonly<Record<string, number>> = {}): Record<string, number> {
  const { params: known } = faultRow(kind)
  for (const name of Object.keys(given)) if (!Object.hasOwn(known, name)) throw new RangeError(`${kind} has no parameter ${name}`)
  return Object.fromEntries(
    Object.entries(known).map(([name, { min, max, usual }]) => {
      const value = given[name] ?? usual
      if (!(value >= min && value <= max)) throw new RangeError(`${kind}: ${name} ${value} is not within ${min} to ${max}`)
      return [name, value]
    }),
  )
}
