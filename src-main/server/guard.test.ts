import { expect, test } from 'vitest'
import { isForUs, namesOf } from './guard.ts'

const names = namesOf('127.0.0.1', 4711)

test.each([
  [{ host: '127.0.0.1:4711' }, true],
  [{ host: 'LOCALHOST:4711' }, true],
  [{ host: '[::1]:4711' }, true],
  [{ host: '127.0.0.1:4711', origin: 'http://localhost:4711' }, true],
  [{ host: '127.0.0.1:4712' }, false],
  [{ host: 'evil.example:4711' }, false],
  [{ host: '127.0.0.1' }, false],
  [{}, false],
  [{ host: '127.0.0.1:4711', origin: 'http://evil.example' }, false],
  [{ host: '127.0.0.1:4711', origin: 'null' }, false],
  [{ host: '127.0.0.1:4711', origin: '127.0.0.1:4711' }, false],
  [{ host: '127.0.0.1:4711', origin: 'http://127.0.0.1:4711.evil.example' }, false],
])('headers %o are for us: %s', (headers, expected) => {
  expect(isForUs(headers, names)).toBe(expected)
})
