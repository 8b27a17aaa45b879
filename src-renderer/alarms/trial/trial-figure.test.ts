import { expect, test } from 'vitest'
import type { RuleContent } from '#shared/alarms/rule.ts'
import { trialFigure } from './trial-figure.ts'
import { triedOf } from './tried-of.ts'

const plain = { min: null, max: null }

test('the course, its limit and the times that it stood share one scale', () => {
  const figure = trialFigure(
    { at: [0, 50, 100], value: [10, 20, 10], ...plain },
    {
      from: 0,
      to: 100,
      limit: 15,
      times: [
        { from: 40, to: 60 },
        { from: 90, to: null },
      ],
    },
    200,
    104,
  )
  expect(figure).toEqual({
    path: 'M0.0 102.0L100.0 2.0L200.0 102.0',
    bars: [
      { x: 80, width: 40 },
      { x: 180, width: 20 },
    ],
    limit: 52,
    low: 10,
    high: 20,
  })
})

test('a hole is a hole, a limit outside of the values widens the scale, and a short time can still be seen', () => {
  const figure = trialFigure(
    { at: [0, 50, 100], value: [10, null, 10], ...plain },
    { from: 0, to: 100, limit: 30, times: [{ from: 50, to: 50.1 }] },
    100,
    104,
  )
  expect(figure?.path).toBe('M0.0 102.0M100.0 102.0')
  expect(figure).toMatchObject({ limit: 2, low: 10, high: 30, bars: [{ x: 50, width: 1.5 }] })
})

test('where a place of the course stands for many samples it spans them', () => {
  const figure = trialFigure(
    { at: [0, 100], value: [10, 10], min: [0, 10], max: [12, 10] },
    { from: 0, to: 100, limit: null, times: [] },
    100,
    16,
  )
  expect(figure?.path).toBe('M0.0 2.0L0.0 14.0L100.0 4.0')
})

test('nothing stored is nothing to draw', () => {
  expect(trialFigure({ at: [0], value: [null], ...plain }, { from: 0, to: 100, limit: 5, times: [] }, 100, 16)).toBeNull()
})

test('a change of name or priority asks for no new trial, a change of the limit does', () => {
  const rule = {
    name: 'A',
    test: { kind: 'offline' },
    scope: { by: 'all' },
    while: [],
    onDelayS: 1,
    offDelayS: 0,
    overrides: [],
  } as unknown as RuleContent
  expect(triedOf({ ...rule, name: 'B', priority: 'low' })).toBe(triedOf(rule))
  expect(triedOf({ ...rule, onDelayS: 2 })).not.toBe(triedOf(rule))
})
