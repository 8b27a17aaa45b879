import { energyBalance, powerBalance } from './checks/balance.ts'
import { wrongOrder } from './checks/order.ts'
import { registerFindings } from './checks/register.ts'
import { wrongSize } from './checks/size.ts'
import { spikes } from './checks/spike.ts'
import { idleRegisters, stuckTemperatures } from './checks/stuck.ts'
import type { Found, Rule } from './finding.ts'
import type { MeterHours } from './meter-hours.ts'

/** Everything that the hours of one meter have to say. What a freeze explains is for the caller to leave out. */
export function checkMeter(meter: MeterHours): Found[] {
  return [
    ...(meter.energy ? registerFindings(meter.energy, 'kWh') : []),
    ...(meter.volume ? registerFindings(meter.volume, 'm³') : []),
    ...stuckTemperatures(meter),
    ...idleRegisters(meter),
    ...spikes(meter),
    ...wrongOrder(meter),
    ...energyBalance(meter),
    ...powerBalance(meter),
    ...wrongSize(meter),
  ]
}

/** What is no more than the consequence of values that stood still or were not read. */
const follows: ReadonlySet<Rule> = new Set<Rule>(['stuck', 'noEnergy', 'noVolume', 'dropOut', 'powerBalance'])

/** Findings that a freeze does not explain. */
export function besideFreezes(findings: readonly Found[], freezes: readonly { from: number; to: number }[]): Found[] {
  return findings.filter(({ rule, from, to }) => !follows.has(rule) || !freezes.some((freeze) => freeze.from <= to && from <= freeze.to))
}
