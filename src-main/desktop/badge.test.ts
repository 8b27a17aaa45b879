import { afterEach, beforeEach, expect, test } from 'vitest'
import { badgeChannel } from './badge.ts'
import { clearUp, startDesktop, type Started } from './testing/desktop.ts'

let desktop: Started
let own: string
const send = (...values: unknown[]) => desktop.ipcMain.raise(badgeChannel, { senderFrame: { origin: own, parent: null } }, ...values)

beforeEach(async () => {
  desktop = await startDesktop()
  own = new URL(desktop.window().webContents.url).origin
})
afterEach(() => clearUp(desktop))

test('a page of the program marks the icon and takes the mark away', () => {
  send(7)
  expect(desktop.app.badge).toBe(7)
  send(0)
  expect(desktop.app.badge).toBe(0)
})

test('on Windows the mark lies over the icon in the task bar, with its words', async () => {
  const windows = await startDesktop({ platform: 'win32' })
  const frame = { senderFrame: { origin: new URL(windows.window().webContents.url).origin, parent: null } }
  windows.ipcMain.raise(badgeChannel, frame, 3)
  expect(windows.window().overlay).toEqual({ picture: true, text: 'Waiting for you: 3' })
  windows.ipcMain.raise(badgeChannel, frame, 0)
  expect(windows.window().overlay).toEqual({ picture: false, text: '' })
  await clearUp(windows)
})

test.each([
  ['a foreign page', { origin: 'http://evil.example', parent: null }],
  ['a notice', { origin: 'null', parent: null }],
  ['a frame inside the page', { origin: 'own', parent: {} }],
  ['a page that is gone', null],
])('%s may not mark the icon', (_who, frame) => {
  desktop.ipcMain.raise(badgeChannel, { senderFrame: frame && { ...frame, origin: frame.origin === 'own' ? own : frame.origin } }, 7)
  expect(desktop.app.badge).toBe(0)
})

test('of a thousand messages of any shape only whole numbers from 0 to 9999 get through', () => {
  let seed = 20270115
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed / 2 ** 32
  }
  const shapes: (() => unknown)[] = [
    () => Math.floor(random() * 20_000) - 5000,
    () => random() * 100,
    () => String(Math.floor(random() * 100)),
    () => [Math.floor(random() * 100)],
    () => ({ valueOf: () => 5 }),
    () => [Number.NaN, Infinity, -0.5, 1e308, 2 ** 53][Math.floor(random() * 5)],
    () => [null, undefined, true, 5n, Symbol('5'), () => 5][Math.floor(random() * 6)],
    () => new Uint8Array(Math.floor(random() * 9)),
  ]
  let passed = 0
  for (let i = 0; i < 1000; i++) {
    const values = Array.from({ length: 1 + (i % 10 === 0 ? 1 : 0) }, () => shapes[Math.floor(random() * shapes.length)]?.())
    const [first] = values
    const good = values.length === 1 && typeof first === 'number' && Number.isInteger(first) && first >= 0 && first <= 9999
    desktop.app.badge = -1
    send(...values)
    expect(desktop.app.badge).toBe(good ? first : -1)
    if (good) passed++
  }
  expect(passed).toBeGreaterThan(20)
})
