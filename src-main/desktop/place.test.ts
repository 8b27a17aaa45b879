import { expect, test } from 'vitest'
import { readOptions } from './options.ts'
import { signInAt } from './place.ts'

const own = 'http://127.0.0.1:4711'
const link = `${own}/?launch=secret`

test.each([
  [link, undefined, link],
  [link, `${own}/`, link],
  [link, `${own}/devices/4?tab=points#s3`, `${own}/devices/4?tab=points&launch=secret#s3`],
  [link, `${own}/devices/4?launch=old`, `${own}/devices/4?launch=secret`],
  [link, 'http://127.0.0.1:4712/devices/4', link],
  [`${own}/sign-in/secret`, `${own}/devices/4`, `${own}/sign-in/secret`],
])('%s with the place %s leads to %s', (way, place, expected) => {
  expect(signInAt(way, place)).toBe(expected)
})

test('the command line may hold words of Chromium and of nobody', () => {
  expect(readOptions(['--no-sandbox', '/app', '--lang=de', '--inspect=0', 'stray', '-x'])).toEqual({
    data: undefined,
    host: undefined,
    port: undefined,
    demo: false,
    printToken: false,
    developerTools: false,
    trouble: undefined,
  })
})

test.each([
  [['--port', '4711'], { port: 4711 }],
  [['--port=0'], { port: 0 }],
  [['--port', '65536'], { trouble: '--port must be a number from 0 to 65535, not 65536' }],
  [['--port=-1'], { trouble: '--port must be a number from 0 to 65535, not -1' }],
  [['--port=4.5'], { trouble: '--port must be a number from 0 to 65535, not 4.5' }],
  [['--demo', '--demo-days', '7'], { demo: true, demoDays: 7 }],
  [['--demo-days=801'], { demoDays: undefined, trouble: '--demo-days must be a number from 0 to 800, not 801' }],
  [['--data='], { data: undefined, trouble: '--data needs a value' }],
  [['--host'], { host: undefined, trouble: '--host needs a value' }],
  [
    ['--data', '/srv/heat', '--demo', '--print-token', '--developer-tools'],
    { data: '/srv/heat', demo: true, printToken: true, developerTools: true },
  ],
])('%j is read as %o', (words, expected) => {
  expect(readOptions(words)).toMatchObject(expected)
})
