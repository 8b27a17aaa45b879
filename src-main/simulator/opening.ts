import type { FlatProfile } from '#shared/devices/profile.ts'
import type { PlannedFault } from '#shared/simulator/faults.ts'
import type { Opening } from '#shared/simulator/port.ts'
import { stationsOf, type Scenario } from '#shared/simulator/scenario.ts'
import type { DemoRecord } from './record.ts'

export const loopback = '127.0.0.1'
const dayMs = 24 * 3_600_000
export const quarterHourMs = 15 * 60_000

/** Where the time of a town begins that is opened now with so many days of history: a full quarter hour. */
export function startOf(now: number, days: number): number {
  return Math.floor(now / quarterHourMs) * quarterHourMs - days * dayMs
}

/**
 * What the worker opens. `now`: planned faults keep the days that they had when the town was opened first, whenever it is made anew.
 */
export function openingOf(scenario: Scenario, profiles: readonly FlatProfile[], record: DemoRecord, now: number): Opening {
  const { climate, town, meters, opcua, faults, speed } = scenario
  const portOf = new Map(record.stations.map(({ name, port }) => [name, port]))
  return {
    stations: stationsOf(scenario, profiles),
    ports: scenario.stations.map(({ name }) => portOf.get(name) ?? 0),
    meterPort: record.meterPort,
    opcuaPort: record.opcuaPort,
    host: loopback,
    climate,
    town,
    meters,
    opcua,
    faults: faults?.map((fault) => moved(fault, (record.opened - now) / dayMs)),
    start: record.start,
    speed,
  }
}

function moved(fault: PlannedFault, days: number): PlannedFault {
  const { fromDay, toDay = null } = fault
  return { ...fault, fromDay: fromDay + days, toDay: toDay === null ? null : toDay + days }
}
