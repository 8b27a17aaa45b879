import { expect, it } from 'vitest'
import { coverage } from './coverage.ts'
import { loadProfiles } from './load.ts'

const identity = {
  'identity.applicationLetter': { at: 2060, role: 'identity', text: 'letter' },
  'identity.applicationType': { at: 2061, role: 'identity' },
  'identity.applicationSubtype': { at: 2062, role: 'identity' },
  outdoor: { at: 10201, role: 'measure' },
  room: { at: 10202, role: 'measure', unverified: true },
}
const whole = { 'identity.application': { at: 40, as: 'uint32', role: 'identity', text: 'letters' } }
const base = {
  maker: 'Acme',
  model: 'Ten',
  title: 'Test',
  source: 'the list',
  proven: 'table',
  protocol: 'modbus',
  firstRegister: 1,
  limits: { block: 50, gap: 0, functions: [3] },
  detect: {},
  points: identity,
  key: [],
  samples: [],
}
const key = (type: number, subtype?: number) => ({
  'identity.applicationLetter': 65,
  'identity.applicationType': type,
  ...(subtype === undefined ? {} : { 'identity.applicationSubtype': subtype }),
})
const profiles = loadProfiles(
  new Map<string, unknown>([
    ['acme/a1000.json', { ...base, detect: key(1000, 1), variants: { 'identity.applicationSubtype': [2, 10] }, proven: 'field' }],
    ['acme/a231.json', { ...base, detect: key(231), variants: { 'identity.applicationType': [331] } }],
    ['acme/general.json', { ...base, fallback: true, covers: ['A255'], plausible: { outdoor: [0, 1] }, proven: 'field' }],
    ['acme/a130.json', { ...base, model: 'Nine', points: whole, detect: { 'identity.application': 0x41313330 } }],
    ['other/valve.json', { ...base, maker: 'Other', proven: 'unverified' }],
  ]),
)

it('has one line for each profile, by maker, controller and application', () => {
  expect(coverage(profiles).map(({ profile, applications, subtypes, found }) => [profile, applications, subtypes, found])).toEqual([
    ['acme/a130', ['A130'], [], 'recognised'],
    ['acme/general', [], [], 'general'],
    ['acme/a231', ['A231', 'A331'], [], 'recognised'],
    ['acme/general', ['A255'], [], 'general'],
    ['acme/a1000', ['A1000'], [1, 2, 10], 'recognised'],
    ['other/valve', [], [], 'byHand'],
  ])
})

it('says how sure each is, where it comes from and how many of its points nobody has verified', () => {
  const row = coverage(profiles).find(({ profile }) => profile === 'acme/a1000')
  expect(row).toMatchObject({
    maker: 'Acme',
    controller: 'Ten',
    title: 'Test',
    proof: 'field',
    source: 'the list',
    points: 5,
    unverified: 1,
  })
})

it('has a line, as unverified, for each key of which nothing more is known than what all have in common', () => {
  const rows = coverage(profiles).filter(({ profile }) => profile === 'acme/general')
  expect(rows.map(({ applications, proof }) => [applications, proof])).toEqual([
    [[], 'field'],
    [['A255'], 'unverified'],
  ])
})
