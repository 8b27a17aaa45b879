import { expect, test } from 'vitest'
import { registerBreaches } from './registers.ts'
import { codeFiles } from './source.ts'

test('no register number stands in code', () => {
  expect(registerBreaches(codeFiles())).toEqual([])
})

test('a register number in code is found, a limit and a named unit are not', () => {
  const text = `read(11_229)\nconst timeoutMs = 2500\nconst top = 65535\nconst p = { at: 10201, waitMs: 1500 }\n// 10201\nconst mask = 0xff00 + Date.UTC(2024, 1)`
  const path = 'src-worker/acquisition/poller.ts'
  expect(registerBreaches([{ path, text }])).toEqual([`${path}:1 holds the number 11229`, `${path}:4 holds the number 10201`])
  expect(registerBreaches([{ path: 'src-worker/acquisition/poller.test.ts', text }])).toEqual([])
})
