import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isInstalled } from './install.mjs'
import { root } from './node.mjs'

const linux = { platform: 'linux', arch: 'x64' }
const lock = {
  packages: {
    '': { version: '1.0.0' },
    'node_modules/fastify': { version: '5.0.0' },
    'node_modules/native-linux': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'] },
    'node_modules/native-musl': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'], libc: ['musl'] },
    'node_modules/native-win': { version: '1.0.0', optional: true, os: ['win32'], cpu: ['x64'] },
    'node_modules/not-on-windows': { version: '1.0.0', optional: true, os: ['!win32'] },
  },
}
const { '': _root, 'node_modules/native-win': _win, 'node_modules/native-musl': _musl, ...here } = lock.packages

test('what npm left is enough when it holds everything for this platform', () => {
  expect(isInstalled(lock, { packages: here }, linux)).toBe(true)
})

test.each([
  ['nothing was installed', undefined],
  ['a package is missing', { packages: { ...here, 'node_modules/fastify': undefined } }],
  ['a package has another version', { packages: { ...here, 'node_modules/fastify': { version: '4.0.0' } } }],
  ['a binary of this platform is missing', { packages: { ...here, 'node_modules/native-linux': undefined } }],
  ['a package for all but another platform is missing', { packages: { ...here, 'node_modules/not-on-windows': undefined } }],
])('it is not when %s', (_name, installed) => {
  expect(isInstalled(lock, installed, linux)).toBe(false)
})

test('a folder brought from another platform is not enough', () => {
  expect(isInstalled(lock, { packages: here }, { platform: 'win32', arch: 'x64' })).toBe(false)
})

test('the dependencies that these tests run on are recognised as installed', () => {
  const list = join(root, 'node_modules', '.package-lock.json')
  expect(existsSync(list)).toBe(true)
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as object
  expect(isInstalled(read(join(root, 'package-lock.json')), read(list), process)).toBe(true)
})
