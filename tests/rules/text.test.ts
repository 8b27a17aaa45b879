import { expect, test } from 'vitest'
import { projectFiles, readFiles } from './source.ts'
import { textBreaches } from './text.ts'

const halves = (...parts: string[]) => parts.join('')
const isText = (path: string) => !/\.(png|ico|icns|jpg|woff2?|ttf|gz|zip|pmtiles)$/.test(path)

test('the project speaks only of itself, and of nothing unfinished', () => {
  const files = readFiles(projectFiles().filter(isText))
  expect(files.length).toBeGreaterThan(50)
  expect(textBreaches(files)).toEqual([])
})

test.each([
  halves('see /wo', 'rk/notes.md'),
  halves("'/ho", "me/ada/data'"),
  halves('C:\\Us', 'ers\\ada'),
  halves('https://registry.', 'npmjs.org/zod'),
  halves('// TO', 'DO: later'),
  halves('FIX', 'ME'),
  halves('// oxlint-', 'disable-next-line'),
  halves('// @ts-', 'expect-error'),
  halves('test.', "only('x', () => {})"),
])('%s is found', (text) => {
  expect(textBreaches([{ path: 'src-main/a.ts', text }])).toHaveLength(1)
})

test.each([
  'join(tmpdir(), name)',
  '~/.hearthgrid',
  '/usr/bin/chromium',
  'https://example.org/home/page',
  '`${folder}/work/x`',
  'GET /api/v1/root',
])('%s is fine', (text) => {
  expect(textBreaches([{ path: 'src-main/a.ts', text }])).toEqual([])
})
