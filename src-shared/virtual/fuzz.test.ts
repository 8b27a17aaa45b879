import { expect, test } from 'vitest'
import { compile, type Points } from './compile.ts'
import { Machine } from './evaluate.ts'
import { FaultyFormula } from './fault.ts'

/** Small and repeatable (mulberry32). */
function dice(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const is = ['temperature', 'power', 'energy', 'number', 'state', 'ratio', 'flow', 'text'] as const
const points: Points = {
  point: (words) => (/^#\d$/.test(words) ? { series: Number(words[1]), is: is[Number(words[1]) % is.length] ?? 'number' } : null),
  group: (point, tag) => (tag === 'none' ? null : [1, 2, 3].map((series) => ({ series, is: point === 't' ? 'temperature' : 'energy' }))),
}
const sound = [
  '[#1] - [#2] * 3 kW / (1 h + 15 min)',
  'if([#3] > 5 and not [#4] = 0, [#3] / [#3], clamp(1, 2, 3))',
  'mean({t}) - lag([#0], 1 h) + 5 K',
  'sum(delta({e of north}, 30 min)) / 15 min',
  'median(1, 2, min([#3], 4)) ^ 2 % 7',
  'round([#5] / 100 %, 2) <> -1e3',
]
const scraps = [
  ['(', ')', '[', ']', '{', '}', ',', ';', '+', '-', '*', '/', '^', '<', '>', '=', '<=', '<>', 'and', 'or', 'not', '\\', '#', '°C', 'K'],
  [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'eval',
    'Function("return 1")()',
    '${1}',
    '`',
    '"',
    "'",
    '\0',
    '\u202e',
    '😀',
    '\n',
  ],
  [
    '[#1]',
    '[#2]',
    '{t}',
    '{e of none}',
    '[__proto__]',
    '{constructor of __proto__}',
    'if(',
    'mean(',
    'lag(',
    'delta(',
    '1e309',
    '0x10',
    '9'.repeat(40),
  ],
  ['1', '2.5', '15 min', '1 h', '%', 'kWh', 'm³', '((((((((', '----', '1^1^1^'],
].flat()

function formula(roll: (below: number) => number): string {
  if (roll(3) === 0) return Array.from({ length: roll(30) }, () => scraps[roll(scraps.length)]).join(roll(2) ? ' ' : '')
  let text = sound[roll(sound.length)] as string
  for (let changes = roll(5); changes > 0; changes--) {
    const at = roll(text.length + 1)
    const scrap = roll(4) === 0 ? String.fromCharCode(roll(0x250)) : (scraps[roll(scraps.length)] as string)
    text = text.slice(0, at) + (roll(3) === 0 ? '' : scrap) + text.slice(at + roll(4))
  }
  return text
}

test('a hundred thousand random and broken formulas end in a value, an absence or our own error', { timeout: 120_000 }, () => {
  const roll = dice(20)
  const machine = new Machine()
  let taken = 0
  for (let i = 0; i < 100_000; i++) {
    const text = formula(roll)
    try {
      const program = compile(text, { is: is[roll(is.length)] ?? 'number', trusting: roll(2) === 0, points })
      const value = Float64Array.from(program.inputs, () => [0, -1, 1e308, 20.5, Number.NaN, Infinity][roll(6)] as number)
      const quality = Uint8Array.from(program.inputs, () => [0, 0, 0, 1, 2, 3, 4, 255][roll(8)] as number)
      const outcome = machine.run(
        program,
        program.inputs.map((_, at) => at),
        { value, quality },
        0.75,
      )
      if (Number.isNaN(outcome.value) ? outcome.reason === null || outcome.quality === 0 : !Number.isFinite(outcome.value))
        throw new Error(`${text} made ${JSON.stringify(outcome)}`)
      taken++
    } catch (error) {
      if (!(error instanceof FaultyFormula)) throw new Error(`${JSON.stringify(text)} broke the reader: ${String(error)}`, { cause: error })
      if (error.fault.at < 0 || error.fault.at + error.fault.length > text.length) throw new Error(`${text} has its fault outside`)
    }
  }
  expect(taken).toBeGreaterThan(5000)
})

test('words of the language that the program is written in mean nothing', () => {
  for (const text of [
    '__proto__',
    'constructor',
    '[].constructor',
    'this',
    'eval(1)',
    'toString()',
    'globalThis.process',
    'if.constructor(1)',
  ])
    expect(() => compile(text, { is: 'number', trusting: true, points })).toThrow(FaultyFormula)
})
