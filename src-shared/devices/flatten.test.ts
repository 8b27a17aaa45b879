import { expect, it } from 'vitest'
import { flatten, holesOf } from './flatten.ts'
import { partSchema, profileSchema, type Part, type Profile } from './profile.ts'

const circuit = partSchema.parse({
  source: 'test',
  points: {
    flow: { at: 10, is: 'temperature', role: 'measure', scale: 0.01, faults: [19200] },
    mode: { at: 20, step: 1, is: 'state', role: 'setting', values: { 0: 'manual' }, write: { min: 0, max: 4, level: 'basic' } },
    slope: { at: 11175, step: 1000, role: 'setting', scale: 0.1, off: 0, write: { min: 0.1, max: 4, level: 'limited' } },
  },
})
const parts = new Map([['acme/parts/circuit', circuit]])

function profile(with_: Record<string, unknown> = {}): Profile {
  return profileSchema.parse({
    maker: 'Acme',
    model: 'One',
    title: 'Test',
    source: 'test',
    proven: 'unverified',
    protocol: 'modbus',
    firstRegister: 1,
    limits: { block: 50, gap: 0, functions: [3, 6] },
    detect: {},
    key: [],
    samples: [],
    ...with_,
  })
}

const flat = (with_: Record<string, unknown>, extra: ReadonlyMap<string, Part> = parts) => flatten('acme/one', profile(with_), extra)
const points = (point: Record<string, unknown>, second?: Record<string, unknown>) => ({
  points: { a: { at: 5, role: 'measure', ...point }, ...(second && { b: { at: 5, role: 'measure', ...second } }) },
})

it('resolves parts with prefix and circuit, own points first, and counts registers from zero', () => {
  const { points } = flat({
    include: [
      { part: 'acme/parts/circuit', as: 'circuit1' },
      { part: 'acme/parts/circuit', as: 'circuit2', circuit: 2, except: ['flow'] },
    ],
    points: { outdoor: { at: 1, role: 'measure' } },
  })
  expect(points.map(({ id, number, address }) => [id, number, address])).toEqual([
    ['outdoor', 1, 0],
    ['circuit1.flow', 10, 9],
    ['circuit1.mode', 20, 19],
    ['circuit1.slope', 11175, 11174],
    ['circuit2.mode', 21, 20],
    ['circuit2.slope', 12175, 12174],
  ])
})

it('leaves addresses alone when the maker counts from zero', () => {
  expect(flat({ firstRegister: 0, ...points({}) }).points[0]).toMatchObject({ number: 5, address: 5 })
})

it('takes only what an include names, under its own name without a prefix', () => {
  const { points } = flat({ include: [{ part: 'acme/parts/circuit', only: ['mode'] }] })
  expect(points.map((point) => point.id)).toEqual(['mode'])
})

it('fills in defaults', () => {
  expect(flat(points({})).points[0]).toEqual({
    id: 'a',
    address: 4,
    number: 5,
    area: 'holding',
    as: 'int16',
    swap: false,
    bit: undefined,
    bits: 1,
    scale: 1,
    offset: 0,
    is: 'number',
    role: 'measure',
    title: undefined,
    text: undefined,
    faults: [],
    off: undefined,
    values: undefined,
    write: undefined,
    unverified: false,
  })
})

it('marks all points of an unverified include', () => {
  const { points } = flat({ include: [{ part: 'acme/parts/circuit', unverified: true }] })
  expect(points.every((point) => point.unverified)).toBe(true)
})

it('leaves nothing writable of a part that is included read only', () => {
  const { points } = flat({ include: [{ part: 'acme/parts/circuit', readOnly: true }] })
  expect(points.map(({ write }) => write)).toEqual([undefined, undefined, undefined])
})

it('counts each area from its own first number when the maker calls the first holding register 40001', () => {
  const areas = { a: { at: 40011, role: 'measure' }, b: { at: 5, area: 'coil', role: 'state' } }
  const others = { c: { at: 30001, area: 'input', role: 'measure' }, d: { at: 10002, area: 'discrete', role: 'state' } }
  const unlock = { at: 40145, value: 1732, lock: 0 }
  const profile = flat({ firstRegister: 40001, points: { ...areas, ...others }, unlock })
  expect(profile.points.map(({ number, address }) => [number, address])).toEqual([
    [40011, 10],
    [5, 4],
    [30001, 0],
    [10002, 1],
  ])
  expect(profile.unlock).toEqual({ at: 144, value: 1732, lock: 0 })
})

it('moves the coil that claims a point with its circuit', () => {
  const claim = { at: 89, step: 2, take: 0, giveBack: 1, release: 2 }
  const mode = { at: 40106, step: 2, role: 'state', write: { min: 2, max: 5, only: [2, 4, 5], level: 'basic', claim } }
  const part = partSchema.parse({ source: 'test', points: { mode } })
  const { points } = flat(
    {
      firstRegister: 40001,
      limits: { block: 50, gap: 0, functions: [1, 3, 5, 6] },
      include: [{ part: 'acme/parts/claimed', as: 'circuit2', circuit: 2 }],
    },
    new Map([['acme/parts/claimed', part]]),
  )
  expect(points[0]).toMatchObject({
    address: 107,
    write: { only: [2, 4, 5], claim: { number: 91, address: 90, take: 0, giveBack: 1, release: 2 } },
  })
})

it('knows the registers that are not served as they stand on the wire', () => {
  expect(holesOf(flat({ unserved: [11203] }))).toEqual([{ area: 'holding', address: 11202 }])
})

it('lets bits of one word stand side by side', () => {
  expect(flat(points({ bit: 0 }, { bit: 1, bits: 2 })).points).toHaveLength(2)
})

const include = (more: Record<string, unknown>) => ({ include: [{ part: 'acme/parts/circuit', ...more }] })
const setting = (more: Record<string, unknown>) => points({ role: 'setting', write: { min: 0, max: 10, level: 'full' }, ...more })

const breaches: [string, Record<string, unknown>, RegExp][] = [
  ['an unknown part', { include: [{ part: 'acme/parts/none' }] }, /acme\/one: there is no part "acme\/parts\/none"/],
  ['a point that the part does not have', include({ only: ['flov'] }), /part "acme\/parts\/circuit" has no point "flov"/],
  ['an exception that the part does not have', include({ except: ['flov'] }), /has no point "flov"/],
  ['an id taken twice', { ...include({}), points: { flow: { at: 99, role: 'measure' } } }, /acme\/one: point "flow" is defined twice/],
  ['a further circuit of a point without step', include({ circuit: 2 }), /point "flow" has no step for circuit 2/],
  ['a register taken twice', points({}, {}), /point "b" \(5\) takes a register that "a" \(5\) has already/],
  ['a register inside a long point', points({ as: 'uint32', at: 4 }, {}), /"b" \(5\) takes a register that "a" \(4\)/],
  ['a bit taken twice', points({ bit: 2, bits: 2 }, { bit: 3 }), /"b" \(5\) takes a register/],
  ['a bit of a word that is a point', points({}, { bit: 3 }), /"b" \(5\) takes a register/],
  ['register zero of a maker that counts from one', points({ at: 0 }), /"a" \(0\) lies outside/],
  ['a register beyond the last', points({ at: 65536, as: 'uint32' }), /lies outside/],
  ['a point wider than a read may be', { ...points({ as: 'int64' }), limits: { block: 3, gap: 0, functions: [3] } }, /limits.block/],
  ['bits of a long point', points({ as: 'uint32', bit: 1 }), /takes bits of uint32/],
  ['bits beyond the word', points({ bit: 15, bits: 2 }), /beyond the sixteenth/],
  ['bits without a first', points({ bits: 2 }), /has bits but no bit/],
  ['a coil of two words', points({ area: 'coil', as: 'float32' }), /is a coil/],
  ['names for scaled values', points({ scale: 0.1, values: { 0: 'off' } }), /may not be scaled/],
  ['a fault value that cannot be read', points({ faults: [65535] }), /cannot read as 65535/],
  ['an OFF that is a fault', points({ faults: [0], off: 0 }), /means OFF and a fault/],
  ['a range upside down', setting({ write: { min: 2, max: 1, level: 'full' } }), /has a range from 2 to 1/],
  ['a range that does not encode', setting({ write: { min: 0, max: 40000, level: 'full' } }), /has a range that does not encode/],
  ['a range that ends in a fault', setting({ faults: [10] }), /would read as a fault/],
  ['a factory setting outside the range', setting({ factory: 900 }), /factory setting 900, outside its range/],
  [
    'a value for automatic that has no name',
    points({ automatic: [3], values: { 0: 'off' } }),
    /automatic by 3, which is none of its values/,
  ],
  [
    'a warning without a way back',
    points({ role: 'setting', values: { 0: 'off' }, write: { min: 0, max: 1, level: 'full', warn: 'override' } }),
    /does not say which value ends it/,
  ],
  ['a free input that is written', setting({ configurable: true }), /no input that can be given a meaning/],
  ['a write to an input register', setting({ area: 'input' }), /input is read only/],
  ['a write to a single bit', setting({ bit: 1, write: { min: 0, max: 1, level: 'full' } }), /only part of a word/],
  ['a write of two words with function 6 alone', setting({ as: 'uint32' }), /limits.functions has none of 16/],
  ['units without factors', points({ as: 'decimal4' }), /lacks them/],
  ['factors without units', points({ factors: { 0: 1 } }), /has factors/],
  ['a single value outside the range', setting({ write: { min: 0, max: 5, only: [6], level: 'full' } }), /written as 6, outside/],
  ['a claim without function 5', setting({ write: { min: 0, max: 5, level: 'full', claim: { at: 9, take: 0, giveBack: 1 } } }), /lacks 5/],
  ['an unlock without function 6', { limits: { block: 50, gap: 0, functions: [3] }, unlock: { at: 9, value: 1, lock: 0 } }, /lacks 6/],
  ['a variant that is not in detect', { ...points({}), variants: { a: [1] } }, /variants names "a", which is not in detect/],
  ['a fallback that takes everything', { ...points({}), fallback: true }, /has nothing plausible/],
  ['a key that is not a point', { key: ['flow'] }, /acme\/one: key names "flow", which is not a point/],
  ['a key named twice', { ...points({}), key: ['a', 'a'] }, /key names a point twice/],
  ['a detect that is not a point', { detect: { type: 1 } }, /detect names "type"/],
  ['a plausible that is not a point', { plausible: { type: [1, 2] } }, /plausible names "type"/],
  ['a requirement that is not a point', { requires: { type: { min: '1.0' } } }, /requires names "type"/],
  ['a sample reading that is not a point', { samples: [{ source: 's', registers: {}, readings: { type: 1 } }] }, /samples names "type"/],
]

it.each(breaches)('refuses %s', (_, with_, message) => {
  expect(() => flat(with_)).toThrow(message)
})
