import { expect, test } from '@playwright/test'
import { root } from '../../build/launch/node.mjs'
import { isServing, program, quit, remove, run, startDesktop, type Desktop } from './program.ts'

let desktop: Desktop
test.beforeEach(async () => {
  desktop = await startDesktop()
})
test.afterEach(async () => {
  if (desktop.app.process().exitCode === null) await quit(desktop)
  remove(desktop.folder)
})

test('the window opens signed in, on the server of this machine', async () => {
  const { app, page } = desktop
  await expect(page).toHaveTitle(/Hearthgrid/)
  const session = await page.evaluate(async () => (await (await fetch('/api/v1/session')).json()) as { actor: unknown })
  expect(session.actor).not.toBeNull()
  expect(page.url()).not.toContain('launch=')
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()))).toEqual([true])
})

test('the page has no more than the three words of the preload', async () => {
  const found = await desktop.page.evaluate(() => {
    const page = globalThis as unknown as Record<string, unknown>
    const bridge = page['desktop'] as Record<string, unknown>
    return {
      bridge: Object.keys(bridge).toSorted(),
      version: bridge['version'],
      node: ['require', 'process', 'Buffer', 'module'].filter((name) => name in page),
    }
  })
  expect(found).toEqual({
    bridge: ['badge', 'show', 'version'],
    version: await desktop.app.evaluate(({ app }) => app.getVersion()),
    node: [],
  })
})

test('the page cannot leave the server, open others or ask for more than to show notices', async () => {
  const { app, page, url } = desktop
  for (const address of ['http://example.com/', 'file:///etc/hosts', url.replace('127.0.0.1', 'localhost')]) {
    await page.evaluate((target) => void (location.href = target), address)
    await expect.poll(() => page.evaluate(() => location.origin)).toBe(url)
    expect(await page.evaluate((target) => window.open(target) === null, address)).toBe(true)
  }
  expect(app.windows()).toHaveLength(1)
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('granted')
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'camera', 'microphone'] as PermissionName[]
    return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state))
  })
  expect(states).toEqual(['denied', 'denied', 'denied'])
})

test('a second start leaves at once and brings the window to the front', async () => {
  await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
  const second = run(program, [root, '--data', desktop.folder])
  expect(await second.end).toBe(0)
  await expect.poll(() => desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized())).toBe(false)
  expect(await isServing(desktop.url)).toBe(true)
})

test('a crash of the page is survived, and the page returns to its place', async () => {
  const { app, url } = desktop
  await desktop.page.evaluate(() => history.pushState(null, '', '/communication'))
  const inside = (code: string) =>
    app.evaluate(({ BrowserWindow }, script) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script), code)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
  expect(await isServing(url)).toBe(true)
  await expect.poll(() => inside('location.pathname + document.readyState'), { timeout: 5000 }).toBe('/communicationcomplete')
})

test('closing the window leaves the program reading', async () => {
  const { app, url } = desktop
  await app.evaluate(({ BrowserWindow, dialog }) => {
    Object.assign(dialog, { showMessageBox: () => Promise.resolve({ response: 0 }) })
    BrowserWindow.getAllWindows()[0]?.close()
  })
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(false)
  expect(await isServing(url)).toBe(true)
})
