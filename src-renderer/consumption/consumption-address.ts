import type { ConsumptionLine } from '#shared/energy/contract.ts'
import type { Address } from '../address.ts'
import type { Period } from '../period/period.ts'

export const steps = ['hour', 'day', 'month'] as const
export type Step = (typeof steps)[number]
export type Quantity = ConsumptionLine['quantity']

export const unitOf = { energy: 'kWh', volume: 'm³' } as const
export const decimalsOf = { energy: 0, volume: 2 } as const

const dayMs = 24 * 3_600_000

/** Steps that make sense for a period: no bar for each hour of a year. */
export function stepsFor({ from, to }: Period): Step[] {
  const days = (to - from) / dayMs
  return steps.filter((step) => (step === 'hour' ? days <= 14 : step === 'day' ? days > 1.5 : days > 45))
}

/** The step that the address names when it makes sense, else the one that gives a few dozen bars. */
export function stepOf(address: Address, period: Period): Step {
  const possible = stepsFor(period)
  const named = possible.find((step) => step === address['step'])
  const days = (period.to - period.from) / dayMs
  return named ?? (days <= 1.5 ? 'hour' : days <= 120 ? 'day' : 'month')
}

export function quantityOf(address: Address): Quantity {
  return address['register'] === 'volume' ? 'volume' : 'energy'
}
