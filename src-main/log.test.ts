import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LogFile } from './log.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'log-'))
const text = (place: string) => readFileSync(join(place, 'hearthgrid.log'), 'utf8')

test('an entry is one line with time, level, scope, message and fields, whatever a value holds', () => {
  const place = folder()
  const file = new LogFile(place, () => 0)
  file.scope('devices').warn('no contact', { device: 'A "b"\nfake line', tries: 3 })
  file.close()
  expect(text(place)).toBe('1970-01-01T00:00:00.000Z warn  devices no contact device="A \\"b\\" ⏎ fake line" tries=3\n')
})

test('a full file is turned over and five old ones are kept', () => {
  const place = folder()
  const file = new LogFile(place, () => 0)
  for (let i = 0; i < 80; i++) file.scope('x').info('y'.repeat(500_000))
  file.close()
  expect(readdirSync(place).sort()).toEqual(['hearthgrid.log', ...[1, 2, 3, 4, 5].map((i) => `hearthgrid.log.${i}`)])
})

test('a log that cannot be written does not end the program, and is written again once it can be', () => {
  const place = folder()
  mkdirSync(join(place, 'hearthgrid.log'))
  let now = 0
  const file = new LogFile(place, () => now)
  file.scope('x').info('lost')
  rmdirSync(join(place, 'hearthgrid.log'))
  file.scope('x').info('too soon')
  now = 10_000
  file.scope('x').info('kept')
  file.close()
  expect(text(place)).toMatch(/^\S+ info {2}x kept\n$/)
})

test('what comes after the close is dropped without harm', () => {
  const place = folder()
  const file = new LogFile(place, () => 0)
  file.scope('x').info('first')
  file.close()
  file.scope('x').info('second')
  expect(text(place)).not.toContain('second')
})
