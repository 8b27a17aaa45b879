import type { Point } from '#shared/devices/profile.ts'
import type { Station } from '#shared/simulator/port.ts'
import type { Bank } from './bank.ts'
import { curveOf } from '../physics/heat-curve.ts'
import { curvePoints, periods, weekdays } from './settings.ts'
import type { Traits } from '../traits.ts'
import { hhmmOf, type Week } from '../physics/week.ts'

// HHMM of a period that is not used.
const unused = 2400

/**
 * Puts into the registers what makes this controller itself: who it is, its week programs, and the settings that its station
 * asks for. Throws an Error that names station and setting when the controller would not take it.
 */
export function furnish(bank: Bank, station: Station, traits: Traits): void {
  const put = (id: string, value: number) => {
    const point = bank.point(id)
    if (point) bank.put(point, value)
  }
  put('identity.orderCode', station.orderCode)
  put('identity.serial', station.serial)
  // Year since 2000 and week; the older software left the factory earlier.
  put('identity.production', ((station.firmware ? 14 : 21) + (station.seed % 4)) * 256 + 1 + (station.seed % 52))
  if (station.firmware) put('identity.firmware', versionOf(station.firmware))
  putWeek(put, 'circuit1', traits.heatingWeek)
  putWeek(put, 'hotWater', traits.waterWeek)
  putWeek(put, 'circulation', traits.waterWeek)
  put('clock.summerTime', 1)
  put('mbus.baud', 3)
  put('mbus.state', 3)
  put('meter1.address', 1)
  for (const [id, value] of Object.entries(station.settings ?? {})) {
    const point = bank.point(id)
    const fault = (what: string) => new Error(`${station.name}: setting "${id}" ${what}`)
    if (!point?.write) throw fault('is not one of its controller')
    if (!takes(point, value)) throw fault(`is ${value}, its controller takes ${point.write.min} to ${point.write.max}`)
    bank.put(point, value)
  }
  putCurve(bank, station.settings)
}

/** The six points of the heat curve as the controller works them out from the slope, except those set by hand. */
export function putCurve(bank: Bank, byHand: Readonly<Record<string, number>> = {}): void {
  const curve = curveOf(bank.value('circuit1.slope') ?? 1)
  for (const [i, name] of curvePoints.entries()) {
    const point = bank.point(`circuit1.curve.${name}`)
    const flow = curve[i]
    if (point?.write && flow !== undefined && byHand[point.id] === undefined) {
      bank.put(point, Math.min(Math.max(flow, point.write.min), point.write.max))
    }
  }
}

function putWeek(put: (id: string, value: number) => void, circuit: string, week: Week): void {
  for (const [day, name] of weekdays.entries()) {
    for (const n of periods) {
      const period = week[day]?.[n - 1]
      put(`${circuit}.schedule.${name}.start${n}`, period ? hhmmOf(period[0]) : unused)
      put(`${circuit}.schedule.${name}.stop${n}`, period ? hhmmOf(period[1]) : unused)
    }
  }
}

function takes({ write }: Point, value: number): boolean {
  return write !== undefined && value >= write.min && value <= write.max
}

/** 2.45 as the controller keeps it: high byte 2, low byte 45. */
function versionOf(text: string): number {
  const [major = 0, minor = 0] = text.split('.').map(Number)
  return major * 256 + minor
}
