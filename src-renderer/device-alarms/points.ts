import type { PointInfo } from '#shared/devices/contract.ts'

type Known = Pick<PointInfo, 'id' | 'served' | 'values' | 'role'>

/** Bits in which a controller tells its own alarms, faults and warnings. */
export const alarmBits = <P extends Known>(points: readonly P[]): P[] =>
  points.filter(({ served, values }) => served && values !== null && Object.values(values).includes('alarm.active'))

/** Settings by which a controller decides on its own alarms: differences, delay, lowest temperature. */
export const alarmSettings = <P extends Known>(points: readonly P[]): P[] =>
  points.filter(({ id, served, role }) => served && role === 'setting' && /(^|\.)alarmLimit\./.test(id))
