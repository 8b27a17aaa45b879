import type { Point } from '#shared/devices/profile.ts'
import type { Station } from '#shared/simulator/port.ts'
import { curveOf } from '../physics/heat-curve.ts'
import { hhmmOf, type Week } from '../physics/week.ts'
import type { Bank } from './bank.ts'
import type { Habits } from './habits.ts'
import { curvePoints, periods, weekdays } from './settings.ts'

// HHMM of a period that is not used.
const unused = 2400
const usualFirmware = '2.45'
const usualHardware = '1.10'

/**
 * Puts into the registers what makes this controller itself: who it is, its week programs, and the settings that its station
 * asks for. Throws an Error that names station and setting when the controller would not take it.
 */
export function furnish(bank: Bank, station: Station, habits: Habits): void {
  const put = (id: string, value: number) => {
    const point = bank.point(id)
    if (point) bank.put(point, value)
  }
  putIdentity(bank, station, put)
  const { heating, water } = bank.model.parts
  if (heating) putWeek(put, heating, habits.heating)
  if (water) putWeek(put, water, habits.water)
  putWeek(put, 'circulation', habits.water)
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
  const { heating } = bank.model.parts
  const curve = curveOf(bank.value(`${heating}.slope`) ?? 1)
  for (const [i, name] of curvePoints.entries()) {
    const point = bank.point(`${heating}.curve.${name}`)
    const flow = curve[i]
    if (!point || flow === undefined || byHand[point.id] !== undefined) continue
    bank.put(point, point.write ? Math.min(Math.max(flow, point.write.min), point.write.max) : flow)
  }
}

function putIdentity(bank: Bank, { orderCode, serial, seed, firmware }: Station, put: (id: string, value: number) => void): void {
  put('identity.orderCode', orderCode)
  put('identity.serial', bank.point('identity.serial')?.as === 'uint16' ? serial % 0x10000 : serial)
  // Year since 2000 and week; the older software left the factory earlier.
  put('identity.production', ((firmware ? 14 : 21) + (seed % 4)) * 256 + 1 + (seed % 52))
  for (const [id, text] of [
    ['identity.firmware', firmware ?? usualFirmware],
    ['identity.hardware', usualHardware],
  ] as const) {
    const version = bank.point(id)
    if (version && ((firmware && id === 'identity.firmware') || !bank.value(id))) put(id, versionOf(text, version))
  }
  const address = bank.value('identity.address') ?? 0
  if (address < 1 || address > 247) put('identity.address', 1)
  if (!bank.value('identity.application') && bank.point('identity.application')?.text === 'system') put('identity.application', 21)
}

function putWeek(put: (id: string, value: number) => void, circuit: string, week: Week): void {
  for (const [day, name] of weekdays.entries()) {
    for (const n of periods) {
      const period = week[day]?.[n - 1]
      for (const [i, edge] of (['start', 'stop'] as const).entries()) {
        const minutes = period?.[i]
        put(`${circuit}.schedule.${name}.${edge}${n}`, minutes === undefined ? unused : hhmmOf(minutes))
        put(`${circuit}.week.${name}.${edge}${n}`, (minutes ?? 24 * 60) * 60)
      }
    }
  }
}

function takes({ write }: Point, value: number): boolean {
  return write !== undefined && value >= write.min && value <= write.max
}

/** 2.45 as the controller keeps it: hundredths, or high byte 2 and low byte 45; a revision is A.45. */
function versionOf(text: string, point: Point): number {
  const [major = 0, minor = 0] = text.split('.').map(Number)
  if (point.text === 'hundredths') return major * 100 + minor
  return (point.text === 'revision' ? 65 : major) * 256 + minor
}
