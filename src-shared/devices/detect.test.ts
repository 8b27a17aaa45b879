import { describe, expect, it } from 'vitest'
import { checkRequirements, detect, isBelow } from './detect.ts'
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
