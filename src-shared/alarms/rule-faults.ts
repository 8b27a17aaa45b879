import type { RuleContent, TestOf } from './rule.ts'

/** What is wrong with a rule beyond its form, as names that stand in the locales below `alarms.rules.fault`. */
export const ruleFaults = ['noLimit', 'limitsCross', 'noChange', 'noAmount', 'amountsCross', 'noDevice'] as const
export type RuleFault = (typeof ruleFaults)[number]

/** Why a rule could never come up, or always would; empty when it is sound. */
export function faultsOfRule({ test, scope }: Pick<RuleContent, 'test' | 'scope'>): RuleFault[] {
  const faults: RuleFault[] = []
  if (scope.by === 'devices' && scope.devices.length === 0 && test.kind !== 'health') faults.push('noDevice')
  if (test.kind === 'limit') faults.push(...faultsOfLimits(test))
  if (test.kind === 'rate' && test.rise === null && test.fall === null) faults.push('noChange')
  if (test.kind === 'deviation' && test.above === null && test.below === null) faults.push('noLimit')
  if (test.kind === 'consumption') {
    if (test.above === null && test.below === null) faults.push('noAmount')
    if (test.above !== null && test.below !== null && test.above <= test.below) faults.push('amountsCross')
  }
  return faults
}

function faultsOfLimits({ highHigh, high, low, lowLow }: TestOf<'limit'>): RuleFault[] {
  const rising = [lowLow, low, high, highHigh].filter((limit) => limit !== null)
  if (rising.length === 0) return ['noLimit']
  return rising.every((limit, i) => i === 0 || (rising[i - 1] as number) < limit) ? [] : ['limitsCross']
}
