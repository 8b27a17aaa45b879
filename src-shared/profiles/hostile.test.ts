import { describe, expect, test } from 'vitest'
import type { Part } from '../devices/profile.ts'
import { boundsBreach } from './bounds.ts'
import { checkPart, checkProfile } from './check.ts'
import { fileNameOf, isFileName, ownId } from './name.ts'

const point = { at: 1, role: 'measure' } as const
const sound = {
  maker: 'Acme',
  model: 'Heat One',
  title: 'One heating circuit',
  source: 'Acme, rev. 3',
  proven: 'table',
  protocol: 'modbus',
  firstRegister: 1,
  limits: { block: 50, gap: 0, functions: [3] },
  detect: {},
  points: { outdoor: point },
  key: ['outdoor'],
  samples: [],
}
const many = (count: number, make: (i: number) => unknown = (i) => ({ ...point, at: i + 1 })) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, make(i)]))
const parts = (count: number) => new Map<string, Part>([['user/acme/parts/big', { source: 'x', points: many(count) } as unknown as Part]])
const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown
const limitMs = 2000

/** What the check says, or how long it took when that was too long. */
function verdict(content: unknown, known: ReadonlyMap<string, Part> = new Map()): string {
  const start = performance.now()
  let told = 'accepted'
  try {
    checkProfile('user/acme/heat-one', content, known)
  } catch (error) {
    told = error instanceof RangeError ? `overflowed: ${error.message}` : (error as Error).message
  }
  const took = performance.now() - start
  return took < limitMs ? told : `took ${took} ms`
}

test('a sound file is accepted, and so is the largest', () => {
  expect(verdict(sound)).toBe('accepted')
  expect(verdict({ ...sound, points: many(5000), key: [] })).toBe('accepted')
})

describe('a hostile file is refused in time, with its reason', () => {
  const include = (count: number, more: object = {}) =>
    Array.from({ length: count }, (_, i) => ({ part: 'user/acme/parts/big', as: `c${i}`, ...more }))
  const text = (length: number, letter = 'a') => letter.repeat(length)

  test.each<[string, unknown, string, ReadonlyMap<string, Part>?]>([
    ['not an object', 'hello', 'Invalid input'],
    ['null', null, 'Invalid input'],
    ['a list', [sound], 'Invalid input'],
    ['a key that no file has', { ...sound, run: 'rm -rf /' }, 'Unrecognized key'],
    ['a nest a hundred thousand deep', { ...sound, points: nested(100_000) }, 'nested deeper than 12'],
    ['too many points', { ...sound, points: many(5001) }, 'points: has more than 5000 entries'],
    [
      'a million values',
      { ...sound, samples: Array.from({ length: 20 }, () => ({ registers: many(50_000, () => 1) })) },
      'more than 150000',
    ],
    ['an include bomb', { ...sound, include: include(40) }, 'points with its parts, more than 5000', parts(2000)],
    ['more includes than anybody needs', { ...sound, include: include(41) }, 'include: has more than 40', parts(1)],
    [
      'long lists of names to leave out',
      { ...sound, include: include(1, { except: Array.from({ length: 5000 }, (_, i) => `p${i}`) }) },
      'except: has more',
      parts(5000),
    ],
    ['a part that is a path', { ...sound, include: [{ part: '../../../../etc/passwd' }] }, 'there is no part "../../../../etc/passwd"'],
    ['a part of a prototype', { ...sound, include: [{ part: 'constructor' }] }, 'there is no part "constructor"'],
    ['a prototype', JSON.parse(`{"__proto__":{"polluted":1},"maker":"x"}`), 'key "__proto__"'],
    [
      'a prototype among the points',
      { ...sound, points: JSON.parse('{"__proto__":{"at":1,"role":"measure"}}') as object },
      'key "__proto__"',
    ],
    ['a constructor', { ...sound, points: { constructor: point } }, 'key "constructor"'],
    ['a text that no pattern could be slow enough for', { ...sound, points: { [text(100_000)]: point } }, 'key longer than 100'],
    ['a name that begins well and ends badly', { ...sound, points: { [`${text(99)}!`]: point } }, 'Invalid key'],
    ['a title without end', { ...sound, title: text(900_000) }, 'title: is longer than 2000'],
    ['a number beyond all measure', { ...sound, points: { outdoor: { ...point, scale: 1e300 } } }, 'scale: 1e+300 is beyond'],
    ['an infinite number', { ...sound, points: { outdoor: { ...point, offset: JSON.parse('1e999') as number } } }, 'offset: Infinity'],
    ['a register outside the device', { ...sound, points: { outdoor: { ...point, at: 70_000 } } }, 'outside the 65536 registers'],
    ['a register below the first', { ...sound, points: { outdoor: { ...point, at: 0 } } }, 'outside the 65536 registers'],
    ['five thousand points on one bit', { ...sound, points: many(5000, () => ({ ...point, bit: 3 })) }, 'has already'],
    [
      'an access code outside the device',
      { ...sound, limits: { ...sound.limits, functions: [3, 6] }, unlock: { at: 90_000, value: 1, lock: 0 } },
      'unlock lies outside',
    ],
    ['a blink outside the device', { ...sound, wink: { at: 90_000, max: 5 } }, 'wink lies outside'],
    ['a line that is asked without a pause', { ...sound, limits: { ...sound.limits, idleCloseMs: 1 } }, 'limits.idleCloseMs'],
    [
      'an id that parts make too long',
      { ...sound, points: {}, key: [], include: include(1, { as: text(99) }) },
      'name longer than 100',
      parts(1),
    ],
  ])('%s', (_, content, told, known) => {
    expect(verdict(content, known)).toContain(told)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

test('a part is held to the same bounds', () => {
  expect(() => checkPart({ source: 'x', points: many(5001) })).toThrow('points: has more than 5000')
  expect(() => checkPart({ source: 'x', points: {}, more: 1 })).toThrow('Unrecognized key')
})

test('a loop cannot come out of JSON, and would still end', () => {
  const loop: Record<string, unknown> = {}
  loop['loop'] = loop
  expect(boundsBreach(loop)).toBe('is nested deeper than 12')
})

describe('names become files of their own folder and nothing else', () => {
  test.each([
    ['Acme', 'Heat One', 'user/acme/heat-one'],
    ['Kühn & Söhne', 'Straße 7', 'user/kuhn-sohne/strasse-7'],
    ['Acme', '../../config', 'user/acme/config'],
    ['..', 'x', null],
    ['Acme', '////', null],
    ['Acme', 'parts', null],
    ['Acme', 'CON', 'user/acme/file-con'],
    ['Acme', 'a\u0000b', 'user/acme/a-b'],
    ['Acme', '...hidden', 'user/acme/hidden'],
    ['日本', 'x', null],
  ])('%s, %s', (maker, name, id) => {
    expect(ownId(maker, name)).toBe(id)
  })

  test('whatever is typed, the file name is one or nothing', () => {
    const letters = ['a', 'Z', '.', '..', '-', '/', '\\', 'con', 'ü', ' ', '\u0000', '%2e', ':', '~', '1']
    for (let i = 0; i < 20_000; i++) {
      const typed = [1, 7, 61, 331, 1999].map((step) => letters[(i * step + (i >> 3)) % letters.length] ?? '').join('')
      const name = fileNameOf(typed)
      expect(name === '' || isFileName(name), `${typed} gave ${name}`).toBe(true)
    }
  })
})
