import { appendFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { fingerprint, isStale, markBuilt } from './stale.mjs'

let folder = ''
const source = () => join(folder, 'src-main', 'devices', 'store.ts')

function build(): void {
  const before = fingerprint(folder)
  markBuilt({ seen: before.seen, read: before.read() }, folder)
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hearthgrid-stale-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'src-main', 'devices'), { recursive: true })
  writeFileSync(source(), 'export const a = 1')
  writeFileSync(join(folder, 'package-lock.json'), '{}')
})

test('what was never built is stale, and no longer after a build', () => {
  expect(isStale(folder)).toBe(true)
  build()
  expect(isStale(folder)).toBe(false)
})

test('a changed, a new and a removed source make it stale', () => {
  build()
  appendFileSync(source(), '\n')
  expect(isStale(folder)).toBe(true)
  build()
  writeFileSync(join(folder, 'src-main', 'log.ts'), '')
  expect(isStale(folder)).toBe(true)
  build()
  rmSync(source())
  expect(isStale(folder)).toBe(true)
})

test('other dependencies make it stale', () => {
  build()
  writeFileSync(join(folder, 'package-lock.json'), '{"packages":{}}')
  expect(isStale(folder)).toBe(true)
})

test('a source whose time alone has changed does not, and is not read again', () => {
  build()
  utimesSync(source(), new Date(0), new Date(0))
  expect(isStale(folder)).toBe(false)
  const seen = fingerprint(folder).seen
  expect(isStale(folder)).toBe(false)
  expect(fingerprint(folder).seen).toBe(seen)
})

test('a test beside the source does not', () => {
  build()
  writeFileSync(join(folder, 'src-main', 'devices', 'store.test.ts'), 'test()')
  expect(isStale(folder)).toBe(false)
})
