import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { browserCommand, watchForSignIn } from './browser.mjs'
import { findChromium } from './chromium.mjs'
import { electronProgram, shouldFetch } from './electron.mjs'
import { findProgram } from './program.mjs'

const url = 'http://127.0.0.1:8000/?launch=abc'

/** A folder with programs of these names. */
function programs(...names: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'hearthgrid programs '))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const name of names) {
    writeFileSync(join(folder, name), '#!/bin/sh\n')
    chmodSync(join(folder, name), 0o755)
  }
  return folder
}

describe('the browser', () => {
  test('is opened by what each platform has for it, without a shell', () => {
    const folder = programs('xdg-open')
    expect(browserCommand(url, { PATH: folder, DISPLAY: ':0' }, 'linux')).toEqual([join(folder, 'xdg-open'), url])
    expect(browserCommand(url, {}, 'darwin')).toEqual(['open', url])
    expect(browserCommand(url, {}, 'win32')).toEqual(['rundll32', 'url.dll,FileProtocolHandler', url])
  })

  test('is not opened where nobody would see it', () => {
    const PATH = programs('xdg-open')
    expect(browserCommand(url, { PATH }, 'linux')).toBeNull()
    expect(browserCommand(url, { PATH: programs(), DISPLAY: ':0' }, 'linux')).toBeNull()
    expect(browserCommand(url, { PATH, WAYLAND_DISPLAY: 'w', CI: 'true' }, 'linux')).toBeNull()
    expect(browserCommand(url, { CI: '1' }, 'win32')).toBeNull()
  })

  test('gets the sign-in link once, however the words arrive', () => {
    const found: string[] = []
    const watch = watchForSignIn((link: string) => found.push(link))
    for (const piece of [
      'Hearthgrid is ready at http://127.0.0.1:8000\nSign-in link (once): http://127.0.',
      '0.1:8000/?launch=abc',
      '\nSign-in link: http://x/\n',
    ])
      watch(piece)
    expect(found).toEqual([url])
  })
})

describe('the window', () => {
  test('is Electron’s program where it lies, or where the override says', () => {
    const folder = programs('electron')
    expect(electronProgram({ ELECTRON_OVERRIDE_DIST_PATH: folder }, programs())).toBe(join(folder, 'electron'))
    expect(electronProgram({ ELECTRON_OVERRIDE_DIST_PATH: programs() }, programs())).toBeNull()
    expect(electronProgram({}, programs())).toBeNull()
  })

  test('is fetched only for a person at a screen, and only once', () => {
    const nowhere = { ELECTRON_OVERRIDE_DIST_PATH: programs(), DISPLAY: ':0' }
    expect(shouldFetch(nowhere, false)).toBe(true)
    expect(shouldFetch(nowhere, true)).toBe(false)
    expect(shouldFetch({ ...nowhere, CI: '1' }, false)).toBe(false)
    expect(shouldFetch({ ELECTRON_OVERRIDE_DIST_PATH: programs('electron'), DISPLAY: ':0' }, false)).toBe(false)
  })
})

test('a browser for the tests is the named one, else the first on the path', () => {
  const folder = programs('google-chrome', 'chromium')
  expect(findChromium({ CHROMIUM_PATH: '/opt/browser', PATH: folder })).toBe('/opt/browser')
  expect(findChromium({ PATH: folder })).toBe(join(folder, 'chromium'))
  expect(findProgram(['missing'], { PATH: folder }, 'linux')).toBeNull()
  expect(findProgram(['tool'], { PATH: programs('tool.exe') }, 'win32')).toMatch(/tool\.exe$/)
})
