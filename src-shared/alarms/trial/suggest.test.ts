import { expect, test } from 'vitest'
import type { RuleContent } from '../rule.ts'
import { suggest, type Tried } from './suggest.ts'
import { contentOf, variantsOf } from './variants.ts'

const outcome = (occurrences: number, chattering: number, fleeting: number) => ({
  occurrences,
  chattering,
  fleeting,
  devices: 1,
  activeMs: 0,
  perWeek: 0,
})
const variant = (deadband: number | null, minutes: number, lost: number, ...counts: [number, number, number]): Tried => ({
  deadband,
  onDelayS: minutes * 60,
  lost,
  outcome: outcome(...counts),
})
const content = (test: Partial<RuleContent['test']>, onDelayS = 0) => ({ test, onDelayS }) as RuleContent

test('the mildest variant that takes the chattering and most of the fleeting away is suggested', () => {
  const now = outcome(37, 21, 25)
  const found = suggest(now, [variant(0.5, 0, 0, 20, 6, 12), variant(1, 0, 0, 9, 0, 4), variant(2, 0, 0, 5, 0, 0)])
  expect(found).toMatchObject({ deadband: 1, onDelayS: 0 })
})

test('what loses an occurrence of more than an hour is never suggested', () => {
  const now = outcome(37, 21, 25)
  expect(suggest(now, [variant(1, 0, 1, 9, 0, 4), variant(0, 15, 0, 12, 0, 1)])).toMatchObject({ onDelayS: 900 })
  expect(suggest(now, [variant(1, 0, 1, 9, 0, 4)])).toBeNull()
})

test('a calm rule is left as it is', () => {
  expect(suggest(outcome(12, 0, 1), [variant(1, 0, 0, 3, 0, 0)])).toBeNull()
  expect(suggest(outcome(100, 0, 9), [variant(1, 0, 0, 3, 0, 0)])).toBeNull()
})

test('where nothing helps wholly the calmest is suggested when it leaves less than half', () => {
  const now = outcome(37, 20, 20)
  expect(suggest(now, [variant(1, 0, 0, 30, 12, 8), variant(2, 0, 0, 20, 9, 3)])).toMatchObject({ deadband: 2 })
  expect(suggest(now, [variant(1, 0, 0, 30, 15, 8)])).toBeNull()
})

test('deadbands fit the quantity and delays are longer than that of the rule', () => {
  const test1 = { kind: 'limit', highHigh: null, high: 80, low: null, lowLow: null, deadband: 1 } as const
  expect(variantsOf(content(test1, 300), 'temperature')).toEqual([
    { deadband: 0.5, onDelayS: 300 },
    { deadband: 2, onDelayS: 300 },
    { deadband: 1, onDelayS: 900 },
    { deadband: 1, onDelayS: 1800 },
  ])
  expect(variantsOf(content({ ...test1, high: 2, low: 1.2, deadband: 0 }), 'pressure')).toEqual([
    { deadband: 0.008, onDelayS: 0 },
    { deadband: 0.016, onDelayS: 0 },
    { deadband: 0.04, onDelayS: 0 },
    { deadband: 0, onDelayS: 300 },
    { deadband: 0, onDelayS: 900 },
    { deadband: 0, onDelayS: 1800 },
    { deadband: 0.016, onDelayS: 900 },
  ])
  expect(variantsOf(content({ kind: 'missing' }), null)).toEqual([])
  expect(variantsOf(content({ kind: 'controller' }, 600), 'state')).toEqual([
    { deadband: null, onDelayS: 900 },
    { deadband: null, onDelayS: 1800 },
  ])
})

test('a variant changes the deadband and the delay of a rule and nothing else', () => {
  const rule = { ...content({ kind: 'deviation', pairs: [], above: 5, below: null, deadband: 1 }, 60), name: 'A' }
  expect(contentOf(rule, { deadband: 2, onDelayS: 900 })).toEqual({ ...rule, onDelayS: 900, test: { ...rule.test, deadband: 2 } })
  expect(contentOf(content({ kind: 'controller', points: [] }), { deadband: null, onDelayS: 900 })).toEqual(
    content({ kind: 'controller', points: [] }, 900),
  )
})
