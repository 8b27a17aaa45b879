import { addMonths, type Calendar } from '../../calendar.ts'
import { figure, type Found } from '../finding.ts'
import type { Limits } from '../limits.ts'
import { found, type Plate } from '../meter-hours.ts'
import { hourMs } from '../register.ts'

const dayMs = 24 * hourMs

/** A verification that ends soon or has ended. */
export function verificationEnds({ verifiedUntil }: Plate, now: number, calendar: Calendar, { verification }: Limits): Found[] {
  if (verifiedUntil === null) return []
  const [soon, end] = [calendar.startOf(addMonths(verifiedUntil, -verification.monthsBefore)), calendar.startOf(verifiedUntil)]
  if (now < soon) return []
  return [
    found('verification', now > end + dayMs ? 'alarm' : 'warning', null, soon, end, figure('daysLeft', Math.ceil((end - now) / dayMs))),
  ]
}

/** A battery that is read more often than it was made for. */
export function batteryPoll(restMs: number, now: number, { battery }: Limits): Found[] {
  if (restMs >= battery.restHours * hourMs) return []
  return [found('battery', 'warning', null, now, now, figure('hours', restMs / hourMs, 'h'), figure('limit', battery.restHours, 'h'))]
}
