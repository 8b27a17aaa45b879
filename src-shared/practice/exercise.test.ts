import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exerciseIds, exerciseSchema, parseExercises } from './exercise.ts'
import { kindGroups, kindsIn, showsIn, ungrouped } from './kinds.ts'

const folder = join(import.meta.dirname, '..', '..', 'resources', 'practice')
const files = new Map<string, unknown>(
  readdirSync(folder).map((name) => [name.replace(/\.json$/, ''), JSON.parse(readFileSync(join(folder, name), 'utf8'))]),
)
const quiet = { level: 'easy', season: 'any', hours: 2, speed: 60, faults: [] }

test('every exercise of the list has a file that can be held', () => {
  expect(parseExercises(files).map(({ id }) => id)).toEqual([...exerciseIds])
})

test('exercises go from easy to hard', () => {
  const order = parseExercises(files).map(({ exercise }) => ['easy', 'medium', 'hard'].indexOf(exercise.level))
  expect(order).toEqual(order.toSorted((a, b) => a - b))
})

test('an exercise lasts at most 20 minutes of the clock at its pace', () => {
  for (const { exercise } of parseExercises(files)) expect((exercise.hours * 60) / exercise.speed).toBeLessThanOrEqual(20)
})

test('a file that is not in the list, one that is missing and one with a slip are named', () => {
  expect(() => parseExercises(new Map([...files, ['own', quiet]]))).toThrow('own')
  const [, ...rest] = [...files]
  expect(() => parseExercises(new Map(rest))).toThrow(String([...files.keys()][0]))
  expect(() => parseExercises(new Map([...files, ['firstLook', { ...quiet, hours: 0 }]]))).toThrow('firstLook')
})

test('a fault that would strike after the end, or parameters of several kinds, are refused', () => {
  expect(exerciseSchema.safeParse(quiet).success).toBe(true)
  expect(exerciseSchema.safeParse({ ...quiet, faults: [{ kinds: ['offline'], after: 1, spread: 1 }] }).success).toBe(false)
  const two = { kinds: ['bypass', 'offline'], after: 1, params: { share: 20 } }
  expect(exerciseSchema.safeParse({ ...quiet, faults: [two] }).success).toBe(false)
})

test('every kind of fault stands in one group', () => {
  expect(ungrouped()).toEqual([])
  const all = kindGroups.flatMap((group) => kindsIn(group))
  expect(new Set(all).size).toBe(all.length)
})

test('a fault is only given to a station whose points show it', () => {
  expect(showsIn('roomSensorBroken', ['circuit1.flow'])).toBe(false)
  expect(showsIn('roomSensorBroken', ['circuit1.room'])).toBe(true)
  expect(showsIn('waterValveStuck', ['circuit1.flow'])).toBe(false)
  expect(showsIn('meterSpike', ['meter1.power'])).toBe(true)
  expect(showsIn('offline', [])).toBe(true)
})
