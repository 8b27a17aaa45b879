import { describe, expect, it } from 'vitest'
import { checkRequirements, detect, families, generalOf, isBelow } from './detect.ts'
import { flatten } from './flatten.ts'
import { identityBlocks, identityValues, readIdentity } from './identity.ts'
import { profileSchema, type FlatProfile } from './profile.ts'

const identity = {
  'identity.orderCode': { at: 19, role: 'identity', text: 'orderCode' },
  'identity.hardware': { at: 34, role: 'identity', as: 'uint16', text: 'revision' },
  'identity.firmware': { at: 35, role: 'identity', as: 'uint16', text: 'version' },
  'identity.serial': { at: 36, role: 'identity', as: 'uint32', text: 'serial' },
  'identity.applicationLetter': { at: 2060, role: 'identity', text: 'letter' },
  'identity.applicationType': { at: 2061, role: 'identity' },
  'identity.applicationSubtype': { at: 2062, role: 'identity' },
  'identity.applicationVersion': { at: 2063, role: 'identity', as: 'uint16', text: 'version' },
  'identity.production': { at: 2099, role: 'identity', as: 'uint16', text: 'yearWeek' },
}

function profile(id: string, with_: Record<string, unknown>): FlatProfile {
  const raw = profileSchema.parse({
    maker: 'Danfoss',
    model: 'ECL Comfort',
    models: { 3040: 'ECL Comfort 310' },
    title: id,
    source: 'test',
    proven: 'field',
    protocol: 'modbus',
    firstRegister: 1,
    limits: { block: 50, gap: 0, functions: [3, 6] },
    detect: {},
    requires: {
      'identity.firmware': { min: '1.11', updatedBelow: '1.30' },
      'identity.applicationVersion': { min: '1.04' },
    },
    points: { ...identity, outdoor: { at: 10201, role: 'measure' } },
    key: [],
    samples: [],
    ...with_,
  })
  return flatten(id, raw, new Map())
}

const key = (type: number, subtype: number) => ({
  'identity.applicationLetter': 65,
  'identity.applicationType': type,
  'identity.applicationSubtype': subtype,
})
const a266 = profile('ecl310-a266.1', { detect: key(266, 1) })
const a237 = profile('ecl310-a237.1', { detect: key(237, 1), proven: 'unverified' })
const general = profile('ecl-comfort', {
  fallback: true,
  plausible: {
    'identity.applicationLetter': [65, 90],
    'identity.applicationType': [100, 999],
    'identity.applicationSubtype': [1, 99],
    'identity.firmware': [256, 0x0963],
  },
})
const profiles = [general, a237, a266]

const words = [[3040], [18692, 557, 7, 60434], [65, 266, 1, 2048], [6432]]
const values = identityValues(a266, words)
const without = (...ids: string[]) => new Map([...values].filter(([id]) => !ids.includes(id)))
const changed = (change: Record<string, number>) => new Map([...values, ...Object.entries(change)])

describe('identity', () => {
  it('asks for the identity points alone, in as few reads as there are blocks', () => {
    expect(identityBlocks(a266)).toEqual([
      { area: 'holding', address: 18, count: 1 },
      { area: 'holding', address: 33, count: 4 },
      { area: 'holding', address: 2059, count: 4 },
      { area: 'holding', address: 2098, count: 1 },
    ])
  })

  it('reads who the device is', () => {
    expect(readIdentity(a266, values)).toEqual({
      maker: 'Danfoss',
      model: 'ECL Comfort 310',
      application: 'A266.1',
      applicationVersion: '8.00',
      firmware: '2.45',
      hardware: 'I.4',
      orderCode: '087H3040',
      serial: '519186',
      production: '2025-W32',
    })
  })

  it('asks for other points too when they tell the device from others', () => {
    const by = profile('by-clock', {
      detect: { outdoor: 5 },
      requires: {},
      points: { outdoor: { at: 7, role: 'measure' }, other: { at: 8, role: 'measure' } },
    })
    expect(identityBlocks(by)).toEqual([{ area: 'holding', address: 6, count: 1 }])
  })

  it('takes an application that stands in one piece', () => {
    const points = { 'identity.application': { at: 40, as: 'uint32', role: 'identity', text: 'letters' } }
    const one = profile('one', { points, requires: {} })
    expect(readIdentity(one, identityValues(one, [[0x4131, 0x3330]])).application).toBe('A130')
    expect(readIdentity(one, identityValues(one, [[0, 0]])).application).toBeNull()
  })

  it('leaves empty what the device refused or cannot mean', () => {
    const some = identityValues(a266, [null, [18692, 557, 7, 60434], null, [0]])
    expect(readIdentity(a266, some)).toEqual({
      maker: 'Danfoss',
      model: 'ECL Comfort',
      application: null,
      applicationVersion: null,
      firmware: '2.45',
      hardware: 'I.4',
      orderCode: null,
      serial: '519186',
      production: null,
    })
    expect(identityValues(a266, [[]]).size).toBe(0)
  })
})

describe('detection', () => {
  it('recognises the profile whose application is exactly the one answered', () => {
    expect(detect(profiles, values)).toEqual({ profile: a266, recognised: true })
    expect(detect(profiles, changed({ 'identity.applicationType': 237 }))).toEqual({ profile: a237, recognised: true })
  })

  it('prefers the profile that asks for more', () => {
    const narrow = profile('narrow', { detect: { ...key(266, 1), 'identity.firmware': 557 } })
    expect(detect([...profiles, narrow], values)?.profile.id).toBe('narrow')
    expect(detect([narrow, ...profiles], values)?.profile.id).toBe('narrow')
  })

  it('takes the general profile for an application that none knows', () => {
    expect(detect(profiles, changed({ 'identity.applicationSubtype': 9 }))).toEqual({ profile: general, recognised: false })
    expect(detect([a266, a237], changed({ 'identity.applicationSubtype': 9 }))).toBeNull()
  })

  it('takes a profile for several subtypes, and for no others', () => {
    const several = profile('several', { detect: key(214, 1), variants: { 'identity.applicationSubtype': [2, 6] } })
    const found = (subtype: number) =>
      detect([general, several], changed({ 'identity.applicationType': 214, 'identity.applicationSubtype': subtype }))
    expect([1, 2, 3, 6].map((subtype) => found(subtype)?.profile.id)).toEqual(['several', 'several', 'ecl-comfort', 'several'])
  })

  it('holds a recognised profile to what is plausible for it', () => {
    const pump = profile('pump', { detect: { 'identity.orderCode': 1 }, plausible: { 'identity.applicationType': [1, 247] } })
    const answered = (type: number) => new Map(Object.entries({ 'identity.orderCode': 1, 'identity.applicationType': type }))
    expect(detect([pump], answered(5))).toEqual({ profile: pump, recognised: true })
    expect(detect([pump], answered(0))).toBeNull()
    expect(detect([pump], new Map([['identity.orderCode', 1]]))).toBeNull()
  })

  it('recognises nothing in what no ECL answers', () => {
    const unknown = { 'identity.applicationType': 999 }
    expect(detect(profiles, changed(unknown))?.recognised).toBe(false)
    expect(detect(profiles, changed({ ...unknown, 'identity.applicationLetter': 0 }))).toBeNull()
    expect(detect(profiles, changed({ ...unknown, 'identity.applicationLetter': 97 }))).toBeNull()
    expect(detect(profiles, changed({ 'identity.applicationType': 0 }))).toBeNull()
    expect(detect(profiles, changed({ ...unknown, 'identity.firmware': 0 }))).toBeNull()
    expect(detect(profiles, changed({ ...unknown, 'identity.firmware': 0x01ff }))).toBeNull()
    expect(detect(profiles, without('identity.applicationType'))).toBeNull()
    expect(detect(profiles, new Map())).toBeNull()
  })
})

describe('families', () => {
  const elsewhere = { 'identity.applicationType': { at: 40, role: 'identity' } }
  const newer = profile('newer', { fallback: true, plausible: { 'identity.applicationType': [1, 9] }, points: elsewhere, requires: {} })
  const a130 = profile('a130', { detect: { 'identity.applicationType': 3 }, points: elsewhere, requires: {} })
  const pump = profile('pump', { maker: 'Acme', detect: { 'identity.applicationType': 1 } })
  const byHand = profile('by-hand', {})
  const all = [pump, byHand, newer, a130, a266, general, a237]
  const ids = (of: readonly FlatProfile[]) => of.map(({ id }) => id)

  it('are of one maker and read the same registers; who has no general profile is a family of its own', () => {
    expect(families(all).map(({ leader, members }) => [leader.id, ids(members)])).toEqual([
      ['ecl-comfort', ['ecl-comfort', 'ecl310-a266.1', 'ecl310-a237.1']],
      ['newer', ['newer', 'a130']],
      ['pump', ['pump']],
    ])
  })

  it('have a general profile for each member', () => {
    expect(ids([generalOf(all, a266), generalOf(all, general), generalOf(all, a130)].filter((one) => one !== null))).toEqual([
      'ecl-comfort',
      'ecl-comfort',
      'newer',
    ])
    expect([generalOf(all, pump), generalOf(all, byHand)]).toEqual([null, null])
  })
})

describe('requirements', () => {
  const notices = (change: Record<string, number>) => checkRequirements(a266, changed(change), readIdentity(a266, changed(change)))

  it('has nothing to say of a controller that the maker supports', () => {
    expect(notices({})).toEqual([])
    expect(notices({ 'identity.firmware': 0x011e })).toEqual([])
    expect(notices({ 'identity.applicationVersion': 0x0104 })).toEqual([])
  })

  it('refuses firmware below the lowest', () => {
    expect(notices({ 'identity.firmware': 0x010a })).toEqual([{ code: 'firmwareTooOld', params: { found: '1.10', needed: '1.11' } }])
  })

  it('says that the application key lifts older firmware', () => {
    const lifted = (found: string) => [{ code: 'firmwareLifted', params: { found, needed: '1.30' } }]
    expect(notices({ 'identity.firmware': 0x010b })).toEqual(lifted('1.11'))
    expect(notices({ 'identity.firmware': 0x011d })).toEqual(lifted('1.29'))
  })

  it('says that the application key is too old', () => {
    expect(notices({ 'identity.applicationVersion': 0x0103 })).toEqual([
      { code: 'applicationTooOld', params: { found: '1.03', needed: '1.04' } },
    ])
  })

  it('is silent about a version that the device does not tell', () => {
    const some = without('identity.firmware', 'identity.applicationVersion')
    expect(checkRequirements(a266, some, readIdentity(a266, some))).toEqual([])
  })

  it('says when the key is unknown and when the profile is unproven', () => {
    const known = readIdentity(general, values)
    expect(checkRequirements(general, values, known)).toEqual([{ code: 'keyUnknown', params: { application: 'A266.1' } }])
    expect(checkRequirements(a237, values, known)).toEqual([{ code: 'unprovenProfile', params: { profile: 'ecl310-a237.1' } }])
  })

  it('counts both numbers of a version as whole numbers', () => {
    expect(isBelow('1.9', '1.10')).toBe(true)
    expect(isBelow('2.00', '1.11')).toBe(false)
    expect(isBelow('1.11', '1.11')).toBe(false)
  })
})
