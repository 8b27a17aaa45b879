import type { Quantity } from '../../units.ts'
import type { RuleContent } from '../rule.ts'

/** Another deadband (canonical unit; null: the rule has none) or delay that a rule might have. */
export type Variant = { deadband: number | null; onDelayS: number }

const kelvins = [0.5, 1, 2]
const shares = [0.01, 0.02, 0.05]
const delaysS = [5 * 60, 15 * 60, 30 * 60]
const quarterS = 15 * 60

/** Kinds whose occurrences begin with a reading, so that a delay spares those that pass. */
const delayed: ReadonlySet<string> = new Set(['limit', 'rate', 'deviation', 'controller', 'offline'])

/**
 * What is tried beside a rule, mildest first: deadbands that fit the quantity, delays longer than its own, and the middle of both. A deadband of
 * a temperature is 0.5, 1 or 2 K, of anything else 1, 2 or 5 % of the limit, or of what lies between two.
 */
export function variantsOf({ test, onDelayS }: RuleContent, is: Quantity | null): Variant[] {
  const own = 'deadband' in test ? test.deadband : null
  const bands = own === null ? [] : bandsOf(test, is)
  const others = bands.filter((band) => band !== own)
  const delays = delayed.has(test.kind) ? delaysS.filter((delay) => delay > onDelayS) : []
  const middle = bands[1]
  return [
    ...others.map((deadband) => ({ deadband, onDelayS })),
    ...delays.map((delay) => ({ deadband: own, onDelayS: delay })),
    ...(middle !== undefined && middle !== own && onDelayS < quarterS ? [{ deadband: middle, onDelayS: quarterS }] : []),
  ]
}

/** The rule as it would be. */
export function contentOf(content: RuleContent, { deadband, onDelayS }: Variant): RuleContent {
  const { test } = content
  return { ...content, onDelayS, test: 'deadband' in test && deadband !== null ? { ...test, deadband } : test }
}

function bandsOf(test: RuleContent['test'], is: Quantity | null): readonly number[] {
  if (is === 'temperature' || is === 'temperatureDifference') return kelvins
  const size = sizeOf(test)
  return size > 0 ? shares.map((share) => Number((share * size).toPrecision(2))) : []
}

function sizeOf(test: RuleContent['test']): number {
  if (test.kind === 'deviation') return Math.max(test.above ?? 0, test.below ?? 0)
  if (test.kind !== 'limit') return 0
  const limits = [test.high, test.highHigh, test.low, test.lowLow].filter((limit) => limit !== null)
  const [upper, lower] = [test.high ?? test.highHigh, test.low ?? test.lowLow]
  return upper !== null && lower !== null ? Math.abs(upper - lower) : Math.max(0, ...limits.map(Math.abs))
}
