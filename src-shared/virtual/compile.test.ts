import { describe, expect, test } from 'vitest'
import { qualities, type Quality } from '../reading.ts'
import type { Quantity } from '../units.ts'
import { compile, type Points } from './compile.ts'
import { FaultyFormula, type FormulaFault } from './fault.ts'
import { Machine, type Outcome } from './evaluate.ts'

type Sample = { is: Quantity; value: number | null; before?: number; quality?: Quality; tag?: string }
const world: Record<string, Sample> = {
  flow: { is: 'temperature', value: 72.5 },
  return: { is: 'temperature', value: 42.5 },
  volumeFlow: { is: 'flow', value: 2 },
  power: { is: 'power', value: 60 },
  energy: { is: 'energy', value: 1042, before: 1030 },
  swapped: { is: 'energy', value: 3, before: 1030 },
  valve: { is: 'ratio', value: 50 },
  running: { is: 'duration', value: 7200 },
  pump: { is: 'state', value: 1 },
  broken: { is: 'temperature', value: null, quality: 'fault' },
  gone: { is: 'temperature', value: null, quality: 'offline' },
  guessed: { is: 'temperature', value: 50, quality: 'substituted' },
  serial: { is: 'text', value: 4711 },
  'one.t': { is: 'temperature', value: 10, tag: 'north' },
  'two.t': { is: 'temperature', value: 20, tag: 'north' },
  'three.t': { is: 'temperature', value: 60, tag: 'north' },
  'four.t': { is: 'temperature', value: null, quality: 'offline', tag: 'north' },
  'one.p': { is: 'power', value: 5 },
  'two.p': { is: 'power', value: null, quality: 'offline' },
  'one.e': { is: 'energy', value: 5, before: 2, tag: 'north' },
  'two.e': { is: 'energy', value: 9, before: 8, tag: 'north' },
}
const names = Object.keys(world)
const points: Points = {
  point: (words) => (names.includes(words) ? { series: names.indexOf(words), is: (world[words] as Sample).is } : null),
  group: (point, tag) =>
    tag === 'south'
      ? null
      : names.flatMap((name, series) => (name.endsWith(`.${point}`) ? [{ series, is: (world[name] as Sample).is }] : [])),
}

function calculate(text: string, is: Quantity, { trusting = false, share = 0.75 } = {}): Outcome {
  const program = compile(text, { is, trusting, points })
  const samples = program.inputs.map(({ series, back }) => ({ back, ...(world[names[series] as string] as Sample) }))
  const columns = {
    value: Float64Array.from(samples, ({ value, before, back }) => (back > 0 ? (before ?? Number.NaN) : (value ?? Number.NaN))),
    quality: Uint8Array.from(samples, ({ quality = 'good' }) => qualities.indexOf(quality)),
  }
  return new Machine().run(
    program,
    program.inputs.map((_, i) => i),
    columns,
    share,
  )
}
const value = (text: string, is: Quantity = 'number') => calculate(text, is).value
const faultOf = (text: string, is: Quantity = 'number'): FormulaFault => {
  try {
    compile(text, { is, trusting: false, points })
  } catch (error) {
    if (error instanceof FaultyFormula) return error.fault
    throw error
  }
  throw new Error(`${text} was taken`)
}

describe('arithmetic', () => {
  test('goes by precedence and from left to right', () => {
    expect(value('1 + 2 * 3 ^ 2 - 4 / 2 / 2')).toBe(18)
    expect(value('-2 ^ 2')).toBe(-4)
    expect(value('(1 + 2) × 3 − 1')).toBe(8)
    expect(value('2 ^ 3 ^ 2')).toBe(512)
    expect(value('1 < 2 and not 3 = 4 or 1 > 5', 'state')).toBe(1)
    expect(value('round(2.345, 2)')).toBe(2.35)
    expect(value('clamp(7; 1; 5)')).toBe(5)
    expect(value('median(1, 9, 4, 2)')).toBe(3)
    expect(value('abs(-3) + min(4, 2) + max(1, 2)')).toBe(7)
  })

  test('ends in absence with a reason and never in a silent zero', () => {
    expect(calculate('1 / 0', 'number')).toMatchObject({ value: Number.NaN, quality: 1, reason: { code: 'divide', at: 0, end: 5 } })
    expect(calculate('10 ^ 400', 'number').reason?.code).toBe('noNumber')
    expect(calculate('(0 - 1) ^ 0.5', 'number').reason?.code).toBe('noNumber')
    expect(calculate('if([pump] = 0, 1 / 0, 7)', 'number').value).toBe(7)
  })
})

describe('units', () => {
  test('°C − °C is K, and flow times difference times what water holds is power', () => {
    expect(value('[flow] - [return]', 'temperatureDifference')).toBe(30)
    expect(value('[volumeFlow] * ([flow] - [return]) * 1.163 kWh/(m³*K)', 'power')).toBeCloseTo(69.78, 10)
    expect(value('[return] + 5', 'temperature')).toBe(47.5)
    expect(value('[return] + 5 K', 'temperature')).toBe(47.5)
    expect(value('[return] - ([flow] - [return])', 'temperature')).toBe(12.5)
    expect(value('20 - [return]', 'temperatureDifference')).toBe(-22.5)
    expect(value('mean([flow], [return])', 'temperature')).toBe(57.5)
  })

  test('sizes of units are brought together by themselves', () => {
    expect(value('[power] * 15 min', 'energy')).toBe(15)
    expect(value('delta([energy]) / 15 min', 'power')).toBe(48)
    expect(value('[energy] + 1 MWh', 'energy')).toBe(2042)
    expect(value('[running] > 1 h', 'state')).toBe(1)
    expect(value('[running] + 30 min', 'duration')).toBe(9000)
    expect(value('[volumeFlow] * 1 h', 'volume')).toBe(2)
    expect(value('if([running] > 60, 1, 0)', 'state')).toBe(1)
    expect(value('max([power], 0.1 MW)', 'power')).toBe(100)
    expect(value('[flow] > 60 and [valve] >= 50', 'state')).toBe(1)
    expect(value('[power] ^ 2 / [power]', 'power')).toBe(60)
  })

  test('a formula that is one point says exactly what the point says', () => {
    expect(value('[running]', 'duration')).toBe(7200)
    expect(value('[valve]', 'ratio')).toBe(50)
  })

  test('what does not fit is refused with the reason and the place', () => {
    expect(faultOf('[flow] + [return]', 'temperature')).toMatchObject({ code: 'addTemperatures', at: 0, length: 17 })
    expect(faultOf('[flow] * 2', 'temperature').code).toBe('multiplyTemperature')
    expect(faultOf('[flow] + [power]')).toMatchObject({ code: 'add', params: { left: '°C', right: 'kW' } })
    expect(faultOf('[volumeFlow] * ([flow] - [return]) * 1.163', 'power')).toMatchObject({
      code: 'result',
      params: { found: 'K·m³/h', wanted: 'kW' },
    })
    expect(faultOf('[valve] / 100 * [volumeFlow]', 'flow')).toMatchObject({ code: 'result', params: { wanted: 'm³/h' } })
    expect(value('[valve] / 100 % * [volumeFlow]', 'flow')).toBe(1)
    expect(faultOf('[power] > [flow]').code).toBe('compare')
    expect(faultOf('if([power], 1, 2)').code).toBe('condition')
    expect(faultOf('[power] ^ [pump]').code).toBe('power')
    expect(faultOf('mean([flow], [power])').code).toBe('alike')
    expect(faultOf('sum({t})', 'temperature').code).toBe('addTemperatures')
    expect(faultOf('[serial] + 1').code).toBe('pointText')
    expect(faultOf('delta([flow])', 'temperatureDifference').code).toBe('register')
  })

  test('a person may vouch for the unit of the result', () => {
    const trusted = calculate('[volumeFlow] * ([flow] - [return]) * 1.163', 'power', { trusting: true })
    expect(trusted.value).toBeCloseTo(69.78, 10)
    expect(calculate('[power] * 15 min / 3600', 'energy', { trusting: true }).value).toBe(15)
  })
})

describe('what is written wrongly', () => {
  test.each([
    ['', 'empty', 0],
    ['1 +', 'ended', 3],
    ['(1 + 2', 'unclosed', 0],
    ['[flow', 'unclosed', 0],
    ['1 + $', 'sign', 4],
    ['min()', 'unexpected', 4],
    ['if(1, 2)', 'arguments', 0],
    ['1 2', 'unexpected', 2],
    ['1,163 * 2', 'unexpected', 1],
    ['foo(1)', 'name', 0],
    ['__proto__', 'name', 0],
    ['constructor(1)', 'name', 0],
    ['[nobody]', 'point', 0],
    ['{t} + 1', 'groupPlace', 0],
    ['mean({t of south})', 'tag', 5],
    ['mean({a b})', 'group', 5],
    ['lag([flow], 7 min)', 'interval', 0],
    ['lag(1, 1 h)', 'past', 4],
    ['1 < 2 < 3', 'unexpected', 6],
    ['1e999', 'number', 0],
  ] as const)('%j is %s at %d', (text, code, at) => {
    expect(faultOf(text)).toMatchObject({ code, at })
  })

  test('deep brackets and long texts end at a bound', () => {
    expect(faultOf('('.repeat(5000)).code).toBe('tooDeep')
    expect(faultOf('-'.repeat(5000)).code).toBe('tooDeep')
    expect(faultOf('1^'.repeat(5000)).code).toBe('tooDeep')
    expect(faultOf(Array(4001).fill('1').join('+')).code).toBe('tooLarge')
    expect(faultOf(' '.repeat(60_001)).code).toBe('tooLong')
    expect(value(Array(1999).fill('1').join('+'))).toBe(1999)
  })
})

describe('qualities', () => {
  test('the worst of the inputs is that of the result', () => {
    expect(calculate('[flow] - [guessed]', 'temperatureDifference')).toMatchObject({ value: 22.5, quality: 4 })
    expect(calculate('[flow] - [gone]', 'temperatureDifference')).toMatchObject({
      value: Number.NaN,
      quality: 2,
      reason: { code: 'offline', input: 1 },
    })
    expect(calculate('([flow] - [gone]) + ([flow] - [broken])', 'temperatureDifference').quality).toBe(1)
  })

  test('a group goes on without a few members and says how many there were', () => {
    expect(calculate('mean({t})', 'temperature')).toMatchObject({ value: 30, quality: 4, reason: { code: 'holes', have: 3, of: 4 } })
    expect(calculate('mean({t})', 'temperature', { share: 0.8 })).toMatchObject({
      value: Number.NaN,
      quality: 2,
      reason: { code: 'share', have: 3, of: 4 },
    })
    expect(calculate('count({t})', 'count').value).toBe(3)
    expect(calculate('max({t of north})', 'temperature').value).toBe(60)
    expect(calculate('mean({nowhere})', 'number').reason?.code).toBe('none')
  })

  test('a sum with a hole is none, and neither is one of points that are named', () => {
    expect(calculate('sum({e})', 'energy').value).toBe(14)
    expect(calculate('mean({p})', 'power', { share: 0.5 }).value).toBe(5)
    expect(calculate('sum({p})', 'power', { share: 0.5 })).toMatchObject({ value: Number.NaN, reason: { code: 'share', have: 1, of: 2 } })
    expect(calculate('mean([flow], [gone])', 'temperature').value).toBeNaN()
  })

  test('what registers went up by is summed over a group, and a register that fell has no increase', () => {
    expect(calculate('sum(delta({e}, 1 h))', 'energy').value).toBe(4)
    expect(calculate('delta([swapped])', 'energy').reason?.code).toBe('fell')
    expect(compile('sum(delta({e}, 1 h))', { is: 'energy', trusting: false, points })).toMatchObject({
      past: true,
      inputs: [{ back: 0 }, { back: 4 }, { back: 0 }, { back: 4 }],
    })
  })
})
