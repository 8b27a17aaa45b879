import { expect, it } from 'vitest'
import { loadProfiles } from './load.ts'

const profile = {
  maker: 'Acme',
  model: 'One',
  title: 'Test',
  source: 'test',
  proven: 'unverified',
  protocol: 'modbus',
  firstRegister: 0,
  limits: { block: 50, gap: 0, functions: [3] },
  detect: {},
  include: [{ part: 'acme/parts/inputs' }],
  key: ['outdoor'],
  samples: [],
}
const part = { source: 'test', points: { outdoor: { at: 7, role: 'measure' } } }

it('flattens every profile with its parts, in order of ids and whatever the order of the files', () => {
  const files = new Map<string, unknown>([
    ['acme/two.json', profile],
    ['acme/one.json', { ...profile, $schema: '../../schemas/profile.schema.json' }],
    ['acme/parts/inputs.json', part],
    ['spare-parts.json', profile],
  ])
  const profiles = loadProfiles(files)
  expect(profiles.map((one) => [one.id, one.points.map((point) => point.id)])).toEqual([
    ['acme/one', ['outdoor']],
    ['acme/two', ['outdoor']],
    ['spare-parts', ['outdoor']],
  ])
  expect(profiles[0]).not.toHaveProperty('$schema')
})

it('names every file at fault with all that is wrong in it', () => {
  const files = new Map<string, unknown>([
    ['acme/one.json', { ...profile, proven: 'maybe', limits: { ...profile.limits, block: 500 } }],
    ['acme/two.json', { ...profile, key: ['indoor'] }],
    ['acme/three.json', 'nonsense'],
    ['acme/parts/inputs.json', part],
    ['acme/parts/bad.json', { source: 'test', points: { outdoor: { at: 7, role: 'measure', scale: 0, colour: 'red' } } }],
  ])
  const load = () => loadProfiles(files)
  expect(load).toThrow(/acme\/one: proven: .*; limits.block: /)
  expect(load).toThrow(/acme\/two: key names "indoor"/)
  expect(load).toThrow(/acme\/three: file: /)
  expect(load).toThrow(/acme\/parts\/bad: points.outdoor.*colour/)
})
