import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readIdentity, identityValues, identityBlocks } from '#shared/devices/identity.ts'
import { coverage } from '#shared/devices/coverage.ts'
import { detect, families, generalOf } from '#shared/devices/detect.ts'
import { loadProfiles } from '#shared/devices/load.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { limitsSchema } from '#shared/energy/limits.ts'
import { formatProfile, readProfileTexts, unformatted } from '../../build/format-profiles.ts'
import { schemaFiles, staleSchemas } from '../../build/schemas.ts'
import {
  detectBreaches,
  loadBreaches,
  quantityBreaches,
  sampleBreaches,
  unprovenWriteBreaches,
  wordBreaches,
  writeBreaches,
} from './resources.ts'
import { root } from './source.ts'

const texts = readProfileTexts()
const files = new Map([...texts].map(([path, text]) => [path, JSON.parse(text) as unknown]))
const profiles = loadProfiles(files)
const readWords = (path: string) => JSON.parse(readFileSync(join(root, 'resources', path), 'utf8')) as Record<string, string>
const [pointTexts, valueTexts, quantities] = ['locales/en/points.json', 'locales/en/values.json', 'points.json'].map(readWords) as [
  Record<string, string>,
  Record<string, string>,
  Record<string, string>,
]

function find(id: string): FlatProfile {
  const found = profiles.find((profile) => profile.id === id)
  if (!found) throw new Error(`there is no ${id}`)
  return found
}
const a266 = find('danfoss/ecl310-a266.1')
const general = find('danfoss/ecl-comfort')
const isSibling = (profile: FlatProfile) => (other: FlatProfile) => other !== profile && other.maker === profile.maker

describe('the shelf', () => {
  test('every profile and part passes the schema and flattens', () => {
    expect(loadBreaches(files)).toEqual([])
    expect(profiles.length).toBeGreaterThanOrEqual(4)
  })

  test.each(profiles)('$id: samples read true and encode back to the same words', (profile) => {
    expect(sampleBreaches(profile)).toEqual([])
  })

  test.each(profiles)('$id: ranges and OFF reach the device as they stand', (profile) => {
    expect(writeBreaches(profile)).toEqual([])
  })

  test('every profile recognises its own devices and no other', () => {
    expect(detectBreaches(profiles)).toEqual([])
  })

  test('every profile that is one of several of its maker has a general one for what it does not know', () => {
    const lonely = profiles.filter(
      (profile) => Object.keys(profile.detect).length > 0 && !generalOf(profiles, profile) && profiles.some(isSibling(profile)),
    )
    expect(lonely.map(({ id }) => id)).toEqual([])
  })

  test('what nobody has seen cannot be written in a profile that no device has proved', () => {
    expect(unprovenWriteBreaches(profiles)).toEqual([])
  })

  test('every point and value has an English text, and no text is left over', () => {
    expect(wordBreaches(profiles, pointTexts, valueTexts)).toEqual([])
  })

  test('every well-known point has one quantity', () => {
    expect(quantityBreaches(profiles, quantities)).toEqual([])
  })

  test('files have their canonical form (node build/run.mjs build/format-profiles.ts)', () => {
    expect(unformatted(texts)).toEqual([])
  })

  test('schemas are fresh (node build/run.mjs build/schemas.ts)', () => {
    expect(staleSchemas((path) => readFileSync(path, 'utf8'))).toEqual([])
  })
})

test('the worked example in docs/profiles.md is a profile in its canonical form that reads its sample true', () => {
  const [, example = ''] = /```json\n(\{\n {2}"\$schema".*?)```/s.exec(readFileSync(join(root, 'docs/profiles.md'), 'utf8')) ?? []
  const path = 'acme/heat-one.json'
  expect(unformatted(new Map([[path, example]]))).toEqual([])
  const loaded = loadProfiles(new Map([[path, JSON.parse(example)]]))
  expect(loaded.map((profile) => profile.points.length)).toEqual([6])
  expect(loaded.flatMap((profile) => [...sampleBreaches(profile), ...writeBreaches(profile)])).toEqual([])
})

describe('what is plausible', () => {
  const limits = limitsSchema.parse(JSON.parse(readFileSync(join(root, 'resources/energy/limits.json'), 'utf8')))

  test('every class that points are of has a range, and every range is one', () => {
    expect(Object.values(limits.points).filter((name) => !limits.ranges[name])).toEqual([])
    expect(Object.entries(limits.ranges).filter(([, { min, max }]) => !(min < max))).toEqual([])
    expect(['supply', 'return'].every((name) => limits.ranges[name])).toBe(true)
  })

  test('every point with a class is a temperature that some profile has', () => {
    const ids = new Set(profiles.flatMap(({ points }) => points.map(({ id, is }) => `${id.replaceAll(/\d+(?=\.|$)/g, '')} ${is}`)))
    expect(Object.keys(limits.points).filter((id) => !ids.has(`${id} temperature`))).toEqual([])
  })
})

describe('application keys of the ECL Comfort', () => {
  const members = families(profiles).find(({ leader }) => leader === general)?.members ?? []
  const found = (key: string) => {
    const [, letter = '', type, subtype] = /^([A-Z])(\d+)\.(\d+)$/.exec(key) ?? []
    const values = {
      'identity.applicationLetter': letter.charCodeAt(0),
      'identity.applicationType': Number(type),
      'identity.applicationSubtype': Number(subtype),
      'identity.firmware': 557,
    }
    return detect(members, new Map(Object.entries(values)))
  }
  const upTo = (key: string, last: number) => Array.from({ length: last }, (_, i) => `${key}.${i + 1}`)

  test.each([
    ...[upTo('A214', 6), upTo('A314', 9), upTo('A217', 1), upTo('A317', 1), upTo('A230', 4), upTo('A231', 1), upTo('A331', 1)].flat(),
    ...[upTo('A232', 1), upTo('A332', 1), upTo('A333', 3), upTo('A237', 2), upTo('A337', 2), upTo('A247', 3), upTo('A347', 3)].flat(),
    ...[upTo('A260', 1), upTo('A266', 2), upTo('A275', 3), upTo('A375', 5), upTo('A361', 2), upTo('A367', 1), upTo('A368', 6)].flat(),
    ...[upTo('A376', 3), upTo('A377', 3), upTo('A390', 3)].flat(),
    'A266.9',
    'A266.10',
    'A376.9',
    'A376.10',
    'A390.11',
    'A390.13',
  ])('%s has a profile', (key) => {
    expect(found(key)?.recognised).toBe(true)
  })

  test('each that is sold has a line in the list of what is covered', () => {
    const sold =
      'A214 A217 A230 A231 A232 A237 A247 A255 A260 A266 A275 A302 A314 A315 A317 A319 A331 A332 A333 A337 A347 A361 A362 A363 A367 A368 A372 A375 A376 A377 A390 P318'
    const listed = new Set(coverage(members).flatMap(({ applications }) => applications))
    expect(sold.split(' ').filter((one) => !listed.has(one))).toEqual([])
    expect([...listed].filter((one) => !sold.includes(one))).toEqual([])
  })

  test.each(['A255.1', 'A266.3', 'A302.1', 'A315.1', 'A319.1', 'A362.1', 'A363.1', 'A372.1', 'P318.1'])(
    '%s, of which nothing is known, is read with the general profile',
    (key) => {
      expect(found(key)).toEqual({ profile: general, recognised: false })
    },
  )
})

test('circuits, week programs and meters of the ECL Comfort 220 stand where the maker’s list has them', () => {
  const numbers = new Map(find('danfoss/ecl220-p266').points.map(({ id, number }) => [id, number]))
  const ids = [
    'hotWater.mode',
    'circuit2.flow',
    'circuit2.valvePosition',
    'circuit2.week.sunday.stop3',
    'meter1.flowTemperature',
    'meter5.energy',
  ]
  expect(ids.map((id) => numbers.get(id))).toEqual([21000, 22100, 22700, 22930, 50017, 50429])
})

test('a TROVIS takes its access code, gives its modes back and is never set to manual', () => {
  const trovis = find('samson/trovis-5578')
  const mode = trovis.points.find(({ id }) => id === 'circuit2.mode')
  expect(trovis.unlock).toEqual({ at: 144, value: 1732, lock: 0 })
  expect(mode).toMatchObject({
    number: 40108,
    address: 107,
    write: { claim: { number: 91, address: 90, take: 0, giveBack: 1, release: 1 } },
  })
  expect(mode?.write?.only?.map((raw) => mode.values?.[raw])).toEqual(['mode.automatic', 'mode.standby', 'mode.comfort', 'mode.setback'])
})

describe('the capture of an ECL Comfort 310 with A266.1', () => {
  const [sample] = a266.samples

  test('names the controller', () => {
    const words = identityBlocks(a266).map(({ address, count }) => {
      const registers = Array.from({ length: count }, (_, i) => sample?.registers[String(address + 1 + i)])
      return registers.every((register) => register !== undefined) ? registers : null
    })
    expect(readIdentity(a266, identityValues(a266, words))).toMatchObject({
      application: 'A266.1',
      applicationVersion: '8.00',
      firmware: '2.45',
      hardware: 'I.4',
      production: '2025-W32',
    })
  })

  test('reads what the maker’s display showed', () => {
    expect(sample?.readings).toMatchObject({
      outdoor: 21.48,
      room: null,
      'circuit1.flow': 25.56,
      'hotWater.flow': 55.37,
      'circuit1.slope': 1.2,
      'circuit1.autoSetback': -15,
      'circuit1.returnLimit.maxInfluence': -2,
      'circuit1.control.motorProtection': 540,
      'hotWater.comfort': 53,
      outputMask: 72,
    })
  })

  test('agrees with itself: the bit mask of the outputs is what the outputs are', () => {
    const bits = ['triac1', 'triac2', 'triac3', 'triac4', 'triac5', 'triac6', 'relay1', 'relay2', 'relay3', 'relay4']
    const mask = bits.reduce((sum, id, bit) => sum + (sample?.readings[id] ?? 0) * 2 ** bit, 0)
    expect(mask).toBe(sample?.readings['outputMask'])
  })
})

describe('a planted breach is found', () => {
  const copy = (): FlatProfile => structuredClone(a266)
  type Change = (profile: FlatProfile) => void
  const point = (profile: FlatProfile, id: string) => {
    const found = profile.points.find((one) => one.id === id)
    if (!found) throw new Error(`there is no ${id}`)
    return found
  }
  const after = (change: Change) => {
    const profile = copy()
    change(profile)
    return profile
  }
  const first = (profile: FlatProfile) => {
    const [sample] = profile.samples
    if (!sample) throw new Error('there is no sample')
    return sample
  }

  test.each<[string, Change, string]>([
    ['a wrong scale', (p) => (point(p, 'outdoor').scale = 0.1), 'outdoor (10201) reads 214.8, not 21.48'],
    ['a sign lost', (p) => (point(p, 'circuit1.autoSetback').as = 'uint16'), 'circuit1.autoSetback (11011) reads 65521, not -15'],
    ['a fault forgotten', (p) => (point(p, 'room').faults = []), 'room (10202) reads 192, not null'],
    ['a register that is no point', (p) => (first(p).registers['11'] = 5), 'register 11 is no point'],
    ['a coil that is no point', (p) => (first(p).coils = { 5: 1 }), 'coil 5 is no point'],
    ['a reading forgotten', (p) => delete first(p).readings['outdoor'], 'has register 10201, but no reading of outdoor'],
    ['a register forgotten', (p) => delete first(p).registers['10201'], 'reads outdoor, but has no register 10201'],
    ['words swapped', (p) => (point(p, 'identity.serial').swap = true), 'identity.serial (36) reads 3960602631, not 519186'],
  ])('in a sample: %s', (_, change, breach) => {
    expect(sampleBreaches(after(change)).join('\n')).toContain(breach)
  })

  test('in the sample of a meter: a scale, a selector, a reading forgotten', () => {
    const meter = structuredClone(find('mbus/kamstrup-multical'))
    const [sample] = meter.samples
    if (!sample) throw new Error('there is no sample')
    point(meter, 'energy').scale = 10
    point(meter, 'volume').from = 'volume/colour=1'
    delete sample.readings['power']
    expect(sampleBreaches(meter)).toEqual([
      'mbus/kamstrup-multical: volume has no selector',
      'mbus/kamstrup-multical sample 1: energy reads 373510, not 37351',
      'mbus/kamstrup-multical sample 1: has no reading of power',
    ])
  })

  test('in a sample: a value that does not encode back', () => {
    const floating = after((p) => {
      point(p, 'outdoor').faults = [19200, 2148]
      first(p).readings['outdoor'] = null
    })
    expect(sampleBreaches(floating)).toEqual(['danfoss/ecl310-a266.1 sample 1: outdoor encodes to 19200, not 2148'])
  })

  test.each<[string, Change, string]>([
    ['an end between two steps', (p) => (point(p, 'circuit1.comfort').write = { min: 5.05, max: 40, level: 'basic' }), 'exactly 5.05'],
    [
      'a step that the device does not have',
      (p) => (point(p, 'circuit1.slope').write = { min: 1, max: 4, step: 0.25, level: 'limited' }),
      'exactly 1.25',
    ],
    ['an OFF inside the range', (p) => (point(p, 'circuit1.heatCutOut').off = 20), 'is OFF by 20, inside its range'],
  ])('in a range: %s', (_, change, breach) => {
    expect(writeBreaches(after(change)).join('\n')).toContain(breach)
  })

  test('a setting that nobody has seen, writable in a profile that no device has proved', () => {
    const found = unprovenWriteBreaches([after((p) => (p.proven = 'table'))])
    expect(found).toContain('danfoss/ecl310-a266.1: circuit1.curve.minus30 can be written unverified')
  })

  test('two profiles for one application, and a profile that does not know its own sample', () => {
    const twin = { ...a266, id: 'danfoss/twin' }
    expect(detectBreaches([general, a266, twin])).toHaveLength(2)
    const stranger = after((p) => (p.detect = { ...p.detect, 'identity.applicationSubtype': 2 }))
    expect(detectBreaches([general, stranger])).toEqual(['danfoss/ecl310-a266.1 is recognised by nothing'])
    expect(detectBreaches([general, { ...twin, samples: [] }, a266])).toHaveLength(2)
  })

  test('a text missing and a text left over, of a point, a group and a value', () => {
    const { 'circuit.flow': _flow, circuit: _circuit, ...fewer } = pointTexts
    const { 'mode.comfort': _comfort, ...fewerValues } = valueTexts
    expect(wordBreaches(profiles, { ...fewer, 'boiler.flow': 'Boiler' }, { ...fewerValues, 'mode.party': 'Party' }).sort()).toEqual([
      'point boiler.flow is not used',
      'point circuit is missing',
      'point circuit.flow is missing',
      'value mode.comfort is missing',
      'value mode.party is not used',
    ])
    const titled = after((p) => Object.assign(point(p, 'outdoor'), { id: 'oddity', title: 'Oddity' }))
    expect(wordBreaches([...profiles, titled], pointTexts, valueTexts)).toEqual([])
  })

  test('a point of another quantity than its namesakes', () => {
    const odd = after((p) => (point(p, 'circuit1.flow').is = 'flow'))
    expect(quantityBreaches([...profiles, odd], quantities)).toEqual([
      'danfoss/ecl310-a266.1: circuit1.flow is flow, in points.json temperature',
    ])
    const { outdoor: _, ...fewer } = quantities
    expect(quantityBreaches(profiles, { ...fewer, boiler: 'state' })).toEqual([
      'quantity outdoor is missing',
      'quantity boiler is not used',
    ])
  })

  test('a file that is not canonical: spaces, order of keys, two points in a line', () => {
    const path = 'danfoss/parts/mbus.json'
    const text = texts.get(path) ?? ''
    expect(unformatted(new Map([[path, text]]))).toEqual([])
    expect(unformatted(new Map([[path, text.replace('{ "at"', '{"at"')]]))).toEqual([path])
    expect(unformatted(new Map([[path, text.replace('"at": 5999, "is": "state"', '"is": "state", "at": 5999')]]))).toEqual([path])
    expect(unformatted(new Map([[path, text.replaceAll(/\n +"mbus/g, ' "mbus')]]))).toEqual([path])
    expect(unformatted(new Map([[path, text.replace('../../../', '../../')]]))).toEqual([path])
  })

  test('formatting changes nothing but the form', () => {
    for (const [path, text] of texts) expect(JSON.parse(formatProfile(path, JSON.parse(text)))).toEqual(JSON.parse(text))
  })

  test('a schema that is not fresh, and a file that the schema does not allow', () => {
    expect(staleSchemas(() => '{}')).toEqual([...schemaFiles().keys()])
    const wrong = new Map([...files, ['danfoss/parts/wrong.json', { source: 'x', points: { a: { at: 1, role: 'measured' } } }]])
    expect(loadBreaches(wrong).join()).toMatch(/danfoss\/parts\/wrong: points.a.role: /)
  })
})
