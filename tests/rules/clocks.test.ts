import { expect, test } from 'vitest'
import { clockBreaches } from './clocks.ts'
import { codeFiles } from './source.ts'

/** The entries, each of which makes one clock and hands it on, and the file that hands the host's clock to the threads. */
const makers = [
  'src-main/server.ts',
  'src-main/desktop.ts',
  'src-main/workers.ts',
  'src-renderer/main.tsx',
  'src-worker/acquisition/worker.ts',
  'src-worker/history/worker.ts',
  'src-worker/simulator/worker.ts',
]

test('only the entries look at the clock of the machine', () => {
  expect(clockBreaches(codeFiles(), makers)).toEqual([])
})

test('a look at the clock is found in each of its forms', () => {
  const text = `const a = Date.now()\nconst b = new Date()\nconst c = { clock: Date.now }\nconst d = new Date(5)\nconst e = host.clock()\n// Date.now()`
  expect(clockBreaches([{ path: 'src-main/alarms/engine.ts', text }], makers)).toEqual([
    `src-main/alarms/engine.ts:1 looks at the machine's clock`,
    `src-main/alarms/engine.ts:2 looks at the machine's clock`,
    `src-main/alarms/engine.ts:3 looks at the machine's clock`,
  ])
  expect(clockBreaches([{ path: 'src-main/server.ts', text }], makers)).toEqual([])
})
