import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { menuTemplate } from './menu.ts'
import type { MenuEntry } from './module.ts'
import { clearUp, startDesktop, type Started, type StartOptions } from './testing/desktop.ts'
import { entryOf } from './testing/stand-in.ts'
import { openText } from './text.ts'
import { statusLine } from './tray.ts'

const { text } = openText(fileURLToPath(new URL('../../resources/locales', import.meta.url)), ['en'])
const plain = { text, platform: 'linux', developerTools: false, keepRunning: true } as const
const calls = { onKeepRunning: () => undefined, openAgain: () => undefined, quit: () => undefined }
const rolesOf = (entries: readonly MenuEntry[]): string[] =>
  entries.flatMap(({ role, submenu }) => [...(role ? [role] : []), ...rolesOf(submenu ?? [])])

const started: Started[] = []
async function start(options?: StartOptions): Promise<Started> {
  const desktop = await startDesktop(options)
  started.push(desktop)
  return desktop
}
afterEach(async () => {
  for (const desktop of started.splice(0)) await clearUp(desktop)
})

describe('the menu', () => {
  test('has developer tools only with the flag', () => {
    expect(rolesOf(menuTemplate({ ...plain, ...calls }))).not.toContain('toggleDevTools')
    expect(rolesOf(menuTemplate({ ...plain, ...calls, developerTools: true }))).toContain('toggleDevTools')
  })

  test('has no way to reload past the sign-in', () => {
    expect(rolesOf(menuTemplate({ ...plain, ...calls, developerTools: true })).filter((role) => /reload/i.test(role))).toEqual([])
  })

  test.each(['linux', 'win32', 'darwin'] as const)('on %s has zoom, full screen, copy and one way to quit', (platform) => {
    const template = menuTemplate({ ...plain, ...calls, platform })
    expect(rolesOf(template)).toEqual(
      expect.arrayContaining(['zoomIn', 'zoomOut', 'resetZoom', 'togglefullscreen', 'copy', 'paste', 'about']),
    )
    expect(template[0]?.label).toBe(platform === 'darwin' ? 'Hearthgrid' : 'File')
    expect(JSON.stringify(template).split('"Quit"')).toHaveLength(2)
  })

  test('passes the developer tools on to the page only with the flag', async () => {
    expect((await start()).window().options.webPreferences?.devTools).toBe(false)
    expect((await start({ words: ['--developer-tools'] })).window().options.webPreferences?.devTools).toBe(true)
  })

  test('opens the page again, and quits in good order', async () => {
    const desktop = await start()
    entryOf(desktop.state.menu, 'Open again').click?.()
    await expect.poll(() => desktop.serving.visits).toEqual(['/ signed in', '/ signed in'])
    entryOf(desktop.state.menu, 'Quit').click?.()
    await expect.poll(() => desktop.app.exits).toEqual([0])
    expect(desktop.serving.stops).toBe(1)
  })
})

describe('the tray', () => {
  test('shows what the program does, opens the window and quits', async () => {
    const desktop = await start()
    const [tray] = desktop.trays
    expect(tray?.toolTip).toMatch(/^Hearthgrid: Reading and storing since /)
    expect(entryOf(tray?.menu ?? [], tray?.toolTip.replace('Hearthgrid: ', '') ?? '').enabled).toBe(false)
    tray?.raise('click')
    expect(desktop.window().visible).toBe(true)
    entryOf(tray?.menu ?? [], 'Quit').click?.()
    expect(entryOf(tray?.menu ?? [], 'Quit').enabled).toBe(false)
    await expect.poll(() => desktop.app.exits).toEqual([0])
  })

  test.each([
    ['linux', '/app/resources/icons/tray.png'],
    ['win32', '/app/resources/icons/tray.ico'],
    ['darwin', '/app/resources/icons/trayTemplate.png'],
  ] as const)('takes the picture that %s wants', async (platform, picture) => {
    const desktop = await start({ platform })
    expect(desktop.trays[0]?.picture).toBe(picture)
    expect(desktop.trays[0]?.hears('click')).toBe(platform !== 'darwin')
  })

  test('missing on this desktop is no reason not to start', async () => {
    const desktop = await start({ trayFails: true })
    expect(desktop.serving.visits).toEqual(['/ signed in'])
    await expect.poll(() => desktop.log()).toContain('no tray icon')
  })

  test('writes times as the language does', () => {
    const since = new Date(2027, 0, 15, 21, 5).getTime()
    expect(statusLine({ is: 'running', since }, text, 'de')).toContain('15.01.27, 21:05')
    expect(statusLine({ is: 'starting' }, text, 'de')).toBe('Starting')
  })
})
