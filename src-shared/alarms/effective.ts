import type { Delays } from './check.ts'
import type { AlarmTest, Override, Rule } from './rule.ts'

/** Numbers of a test that a device may have others of, by kind; of those marked `optional` null switches the part off. */
const changeable: Partial<Record<AlarmTest['kind'], readonly (readonly [name: string, optional: boolean, least: number])[]>> = {
  limit: [
    ['highHigh', true, -Infinity],
    ['high', true, -Infinity],
    ['low', true, -Infinity],
    ['lowLow', true, -Infinity],
    ['deadband', false, 0],
  ],
  rate: [
    ['rise', true, 0],
    ['fall', true, 0],
    ['minutes', false, 1],
  ],
  deviation: [
    ['above', true, 0],
    ['below', true, 0],
    ['deadband', false, 0],
  ],
  consumption: [
    ['above', true, 0],
    ['below', true, 0],
  ],
  sensor: [['polls', false, 1]],
  stuck: [
    ['hours', false, 0.25],
    ['within', false, 0],
  ],
  missing: [['hours', false, 0.25]],
}

/** The override of a rule for a device that counts at `now`, UTC ms. */
export function overrideOf(rule: Rule, device: string, now: number): Override | null {
  return rule.overrides.find((one) => one.device === device && (one.until === null || now < one.until)) ?? null
}

/** The test with what is different on one device. Names and numbers that the test cannot have are left as the rule has them. */
export function testWith<T extends AlarmTest>(test: T, override: Override | null): T {
  if (!override) return test
  const changed: Record<string, number | null> = {}
  for (const [name, optional, least] of changeable[test.kind] ?? []) {
    const value = override.values[name]
    if (value === undefined || (value === null && !optional) || (value !== null && value < least)) continue
    changed[name] = value
  }
  return { ...test, ...changed }
}

export function delaysOf(rule: Rule, override: Override | null): Delays {
  return { onMs: (override?.onDelayS ?? rule.onDelayS) * 1000, offMs: (override?.offDelayS ?? rule.offDelayS) * 1000 }
}
