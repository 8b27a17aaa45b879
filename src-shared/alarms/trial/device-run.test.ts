import { expect, test } from 'vitest'
import type { Change, Verdict } from '../check.ts'
import { deviationCheck } from '../checks/deviation.ts'
import { gated } from '../checks/gated.ts'
import { limitCheck } from '../checks/limit.ts'
import { missingCheck } from '../checks/missing.ts'
import { stuckCheck } from '../checks/stuck.ts'
import { Hold } from '../hold.ts'
import { qualities } from '../../reading.ts'
import { DeviceRun } from './device-run.ts'
import { at, column, planned, slotsOf, t0, tried } from './testing/columns.ts'

const high =
  (limit: number, deadband = 0) =>
  () =>
    limitCheck(1, 1, limit, deadband)

test('a value above its limit comes up with its first sample and is over with the first below', () => {
  const run = tried([[planned(high(60))]], { 1: column([50, 61, 62, 59, 60, 65]) })
  expect(slotsOf(run)).toEqual([
    [1, 3],
    [5, null],
  ])
  expect(run.conditions[0]?.times.map(({ value }) => value)).toEqual([61, 65])
  expect(run.conditions[0]?.limit).toBe(60)
  expect(run.samples).toBe(6)
})

test('a delay of five minutes raises five minutes after the sample, which holds until the next one is due', () => {
  const run = tried([[planned(high(60), { on: 5, off: 5 })]], { 1: column([50, 61, 59, 59]) })
  expect(slotsOf(run)).toEqual([[1 + 1 / 3, 2 + 1 / 3]])
})

test('a delay of twenty minutes needs two samples in a row', () => {
  const run = tried([[planned(high(60), { on: 20 })]], { 1: column([61, 59, 61, 61, 59]) })
  expect(slotsOf(run)).toEqual([[10 / 3, 4]])
})

test('a delay of just a quarter hour spares what is gone with the next sample', () => {
  const run = tried([[planned(high(60), { on: 15 })]], { 1: column([61, 59, 61, 61, 59]) })
  expect(slotsOf(run)).toEqual([[3, 4]])
})

test('silence breaks a delay: nobody knows what was in between', () => {
  const run = tried([[planned(high(60), { on: 45 })]], { 1: column([50, 50, 61, undefined, undefined, undefined, undefined, 61, 59]) })
  expect(slotsOf(run)).toEqual([])
})

test('a lost value neither raises nor clears', () => {
  const run = tried([[planned(high(60))]], {
    1: column([61, [null, 'fault'], [90, 'stale'], undefined, undefined, 61, 59, [90, 'fault'], 50]),
  })
  expect(slotsOf(run)).toEqual([[0, 6]])
})

test('what a device had in its own log counts, since it was so at the time', () => {
  expect(slotsOf(tried([[planned(high(60))]], { 1: column([50, [61, 'log'], 50]) }))).toEqual([[1, 2]])
})

test('each variant counts for itself in one pass over the samples', () => {
  const swing = column([61, 59.8, 61, 59.8, 61, 59.8, 50, 50, 50, 50, 50, 50, 50])
  const run = tried([[planned(high(60))], [planned(high(60, 1))], [planned(high(60), { on: 16 })]], { 1: swing })
  const tallies = run.conditions[0]?.stands.map(({ tally }) => [tally.occurrences, tally.chattering, tally.fleeting])
  expect(tallies).toEqual([
    [3, 3, 3],
    [1, 0, 0],
    [0, 0, 0],
  ])
})

test('a variant that does not show what stood for more than an hour has lost it', () => {
  const course = column([61, 61, 61, 61, 61, 50, 61, 50])
  const run = tried([[planned(high(60))], [planned(high(60), { on: 60 })], [planned(high(60), { on: 80 })]], { 1: course })
  expect(run.conditions[0]?.stands.map(({ lost }) => lost)).toEqual([0, 0, 1])
})

test('a level beneath a more severe one that stands is not counted', () => {
  const place = { rule: 'r', device: 'd', point: 'p' }
  const outer = planned(high(80), {}, { place: { ...place, part: 'highHigh' } })
  const inner = planned(high(60), {}, { place: { ...place, part: 'high' }, beneath: 'r|d|p|highHigh' })
  const run = tried([[inner, outer]], { 1: column([50, 90, 50, 70, 90, 50]) })
  const found = run.conditions.map(({ place: { part }, times }) => [part, times.map(({ from }) => from)])
  expect(found).toEqual([
    ['highHigh', [at(1), at(4)]],
    ['high', [at(3)]],
  ])
})

test('a value and its reference of one time are judged together', () => {
  const run = tried([[planned(() => deviationCheck(1, 2, { above: 5, below: null, deadband: 0 }))]], {
    1: column([50, 60, 70, 70]),
    2: column([50, 60, 70, 60]),
  })
  expect(slotsOf(run)).toEqual([[3, null]])
})

test('a rule looks only while its gate is open, which is known from a sample long before', () => {
  const run = tried([[planned(() => gated(limitCheck(1, 1, 60, 0), [{ series: 2, is: 'equal', value: 1 }]))]], {
    1: column([61, 61, 61, 61]),
    2: column([0, undefined, 1]),
  })
  expect(slotsOf(run)).toEqual([[2, null]])
})

test('missing values are noticed within a quarter hour of the time that the rule names', () => {
  const gap: (number | undefined)[] = [1, 1, ...Array.from({ length: 12 }, () => undefined), 1, 1]
  expect(slotsOf(tried([[planned(() => missingCheck(1, 2 * 3_600_000, false))]], { 1: column(gap) }))).toEqual([[9, 14]])
})

test('a value that never moves is stuck after its time', () => {
  const course = [20, 21, 22, ...Array.from({ length: 12 }, () => 22), 23]
  expect(slotsOf(tried([[planned(() => stuckCheck(1, 2 * 3_600_000, 0.05))]], { 1: column(course) }))).toEqual([[10, 15]])
})

test('samples before the time that is looked at only fill memories', () => {
  const run = tried([[planned(high(60))]], { 1: column([61, 61, 61, 50]) }, at(2))
  expect(slotsOf(run)).toEqual([[2, 3]])
})

test('the share of time with values that count leaves gaps and broken sensors out', () => {
  const run = tried([[planned(high(60))]], { 1: column([1, 1, [null, 'fault'], 1, undefined, undefined, undefined, undefined, 1, 1]) })
  expect(run.conditions[0]?.coveredMs).toBe(5 * 900_000)
})

test('windows of any length give what one long window gives, and what the same checks say live', () => {
  let seed = 7
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647
  const samples = Array.from({ length: 3000 }, () => {
    const value = Math.round(600 + 40 * (random() - 0.5)) / 10
    return random() < 0.02 ? ([null, 'fault'] as [null, 'fault']) : value
  })
  const line = column(samples)
  const plan = planned(high(60, 0.5), { on: 5, off: 10 })
  const whole = tried([[plan]], { 1: line })
  const parts = new DeviceRun([[plan]], t0)
  for (let i = 0; i < line.at.length; i += 77) {
    const cut = { at: line.at.slice(i, i + 77), value: line.value.slice(i, i + 77), quality: line.quality.slice(i, i + 77) }
    for (const _ of parts.take(new Map([[1, cut]]))) continue
  }
  parts.end(at(3000))
  expect(slotsOf(parts)).toEqual(slotsOf(whole))

  const [check, hold] = [plan.make(), new Hold()]
  const live: (number | null)[][] = []
  let active = false
  const note = (change: Change, moment: number) => {
    if (change === 'raise') live.push([moment, null])
    if (change === 'clear') live[live.length - 1]?.splice(1, 1, moment)
    if (change !== null) active = change === 'raise'
  }
  for (let i = 0; i < line.at.length; i++) {
    const now = line.at[i] as number
    const verdict: Verdict = check.take(0, line.value[i] as number, qualities[line.quality[i] as number] ?? 'fault', now, active)
    note(hold.take(verdict, now, active, plan.delays), now)
    for (let minute = 1; minute < 15; minute++) note(hold.tick(now + minute * 60_000, active, plan.delays), now + minute * 60_000)
  }
  expect(live.length).toBeGreaterThan(100)
  expect(whole.conditions[0]?.stands[0]?.tally.occurrences).toBe(live.length)
  const newest = live.slice(-(whole.conditions[0]?.times.length ?? 0))
  expect(whole.conditions[0]?.times.map(({ from, to }) => [from, to])).toEqual(newest)
})
