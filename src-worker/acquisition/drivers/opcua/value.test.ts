import { StatusCodes } from 'node-opcua-client'
import { describe, expect, test } from 'vitest'
import { flatten } from '#shared/devices/flatten.ts'
import { profileSchema, type Point } from '#shared/devices/profile.ts'
import { isMissing, isUnheard, qualityOf } from './status.ts'
import { clip, meaning, rawOf, statusOf, textOf, type Answered } from './value.ts'

const now = Date.UTC(2026, 0, 15, 12)
const profile = profileSchema.parse({
  maker: 'Test',
  model: 'Test',
  title: 'Test',
  source: 'test',
  proven: 'unverified',
  protocol: 'opcua',
  firstRegister: 0,
  limits: { block: 1, gap: 0, functions: [] },
  detect: {},
  points: {
    flow: { from: 'i=1', role: 'measure', is: 'temperature' },
    energy: { from: 'i=2', role: 'measure', is: 'energy', scale: 0.001 },
  },
  key: [],
  samples: [],
})
const [flow, energy] = flatten('test', profile, new Map()).points as [Point, Point]
const scalar = (dataType: number, value: unknown): Answered => ({ value: { dataType, arrayType: 0, value }, statusCode: { value: 0 } })

test.each([
  ['true', scalar(1, true), 1],
  ['a byte', scalar(3, 200), 200],
  ['an enumeration, which is an Int32', scalar(6, 3), 3],
  ['an Int64 below zero', scalar(8, [0xffffffff, 0xfffffff6]), -10],
  ['a UInt64', scalar(9, [1, 0]), 4294967296],
  ['a UInt64 too large to be exact', scalar(9, [0x7fffffff, 0]), Number.NaN],
  ['a date, in UTC seconds', scalar(13, new Date(now)), now / 1000],
  ['a version', scalar(12, 'R9'), 9],
  ['a number with a comma', scalar(12, '9,5'), Number.NaN],
  ['words', scalar(12, 'Anna'), Number.NaN],
  ['a list', { value: { dataType: 11, arrayType: 1, value: [1, 2] } }, Number.NaN],
  ['nothing', undefined, Number.NaN],
  ['a number said to be true', scalar(1, 7), Number.NaN],
  ['a text said to be a number', scalar(11, '7'), Number.NaN],
])('%s', (_name, answered, raw) => {
  expect(rawOf(answered)).toBe(raw)
})

test('a counter of 2^32 keeps every digit, and a Float loses those that it never had', () => {
  expect(meaning(energy, scalar(9, [1, 0]), now).value).toBe(4294967.296)
  expect(meaning(flow, scalar(11, 4294967296), now).value).toBe(4294967296)
  expect(meaning(flow, scalar(10, Math.fround(21.48)), now).value).toBe(21.48)
})

test('the time of the source counts only when it is news and can be', () => {
  const at = (time: number, last?: number) => meaning(flow, { ...scalar(11, 1), sourceTimestamp: new Date(time) }, now, last).at
  expect(at(now - 2000, now - 10_000)).toBe(now - 2000)
  expect(at(now - 60_000, now - 10_000)).toBe(0)
  expect(at(now - 2000)).toBe(0)
  expect(at(now + 30_000, now - 10_000)).toBe(now)
  expect(at(now + 3_600_000, now - 10_000)).toBe(0)
  expect(at(Number.NaN, now - 10_000)).toBe(0)
})

describe('status codes', () => {
  test.each([
    ['Good', 'good'],
    ['GoodLocalOverride', 'manual'],
    ['GoodClamped', 'good'],
    ['Uncertain', 'stale'],
    ['UncertainLastUsableValue', 'stale'],
    ['UncertainNoCommunicationLastUsableValue', 'stale'],
    ['UncertainSubstituteValue', 'substituted'],
    ['UncertainInitialValue', 'substituted'],
    ['UncertainSubNormal', 'substituted'],
    ['UncertainSensorNotAccurate', 'fault'],
    ['UncertainEngineeringUnitsExceeded', 'fault'],
    ['BadSensorFailure', 'fault'],
    ['BadNoCommunication', 'offline'],
    ['BadNotConnected', 'offline'],
    ['BadDeviceFailure', 'offline'],
    ['BadWaitingForInitialData', 'offline'],
    ['BadOutOfService', 'offline'],
    ['BadCommunicationError', 'offline'],
    ['BadTimeout', 'offline'],
  ] as const)('%s is %s', (name, quality) => {
    const { value } = StatusCodes[name]
    expect(qualityOf(value)).toBe(quality)
    expect(isUnheard(value)).toBe(quality === 'offline')
    expect(meaning(flow, { ...scalar(11, 60), statusCode: { value } }, now).value).toBe(
      quality === 'fault' || quality === 'offline' ? Number.NaN : 60,
    )
  })
  test.each(['BadNodeIdUnknown', 'BadNodeIdInvalid', 'BadNoMatch', 'BadAttributeIdInvalid'] as const)('%s is missing', (name) => {
    expect(isMissing(StatusCodes[name].value)).toBe(true)
  })
})

/** Numbers from a seed, so that a failure can be had again. */
function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

test('ten thousand answers of any kind give a value or none, and never an error', () => {
  const roll = dice(7)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(roll() * from.length)] as T
  const huge = 'x'.repeat(1_000_000)
  const leaf = (): unknown =>
    pick([
      null,
      undefined,
      Number.NaN,
      Infinity,
      -Infinity,
      -0,
      2 ** 53,
      -(2 ** 63),
      roll() * 1e9,
      1e308,
      true,
      false,
      '',
      huge,
      'R9',
      '1e999',
    ] as unknown[])
  const any = (depth = 0): unknown => {
    const kind = Math.floor(roll() * 10)
    if (depth > 2 || kind < 4) return leaf()
    if (kind < 6) return Array.from({ length: Math.floor(roll() * 4) }, () => any(depth + 1))
    if (kind === 6) return new Date(pick([Number.NaN, now, 8.64e15, -8.64e15, 0]))
    if (kind === 7) return { text: any(depth + 1), locale: leaf() }
    if (kind === 8) return pick([new Uint8Array(4), Buffer.alloc(1e5), new DataView(new ArrayBuffer(8)), Symbol.iterator, 10n, () => 1])
    return { [String(roll())]: any(depth + 1), value: any(depth + 1) }
  }
  const before = process.memoryUsage().heapUsed
  let values = 0
  for (let i = 0; i < 10_000; i++) {
    const answered = {
      value:
        roll() < 0.1
          ? any()
          : { dataType: roll() < 0.9 ? Math.floor(roll() * 27) : any(), arrayType: pick([0, 0, 0, 0, 1, 2, undefined]), value: any() },
      statusCode: roll() < 0.2 ? any() : { value: roll() < 0.5 ? 0 : roll() < 0.8 ? Math.floor(roll() * 2 ** 32) : any() },
      sourceTimestamp: any(),
    } as Answered
    const { value, at } = meaning(flow, answered, now, now - 60_000)
    expect(Number.isNaN(value) || Number.isFinite(value)).toBe(true)
    expect(at === 0 || (at <= now && at > now - 1e6)).toBe(true)
    expect(textOf(answered).length).toBeLessThanOrEqual(200)
    expect(clip(any()).length).toBeLessThanOrEqual(200)
    expect(statusOf(answered)).toBeGreaterThanOrEqual(0)
    if (Number.isFinite(value)) values++
  }
  expect(values).toBeGreaterThan(100)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1024 * 1024)
})
