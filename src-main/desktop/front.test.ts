import { afterEach, beforeEach, expect, test } from 'vitest'
import { frontChannel } from './front.ts'
import { clearUp, startDesktop, type Started } from './testing/desktop.ts'

let desktop: Started
let own: string

beforeEach(async () => {
  desktop = await startDesktop()
  own = new URL(desktop.window().webContents.url).origin
  desktop.window().hide()
})
afterEach(() => clearUp(desktop))

test('a page of the program brings its hidden window to the front', () => {
  desktop.ipcMain.raise(frontChannel, { senderFrame: { origin: own, parent: null } })
  expect(desktop.window().visible).toBe(true)
  expect(desktop.window().shown).toContain('focus')
})

test.each([
  ['a foreign page', { origin: 'http://evil.example', parent: null }, []],
  ['a frame inside the page', { origin: 'own', parent: {} }, []],
  ['a page that is gone', null, []],
  ['a message with something in it', { origin: 'own', parent: null }, [1]],
])('%s does not', (_who, frame, values) => {
  const senderFrame = frame && { ...frame, origin: frame.origin === 'own' ? own : frame.origin }
  desktop.ipcMain.raise(frontChannel, { senderFrame }, ...values)
  expect(desktop.window().visible).toBe(false)
})
