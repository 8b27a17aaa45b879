import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isOwn, isOwnDownload, mayOpenOutside, pagePreferences } from './security.ts'
import { clearUp, startDesktop, type Started } from './testing/desktop.ts'
import { preventable } from './testing/raise.ts'

const origin = 'http://127.0.0.1:4711'
const strangers = [
  'http://127.0.0.1:4712/',
  'http://localhost:4711/',
  'https://127.0.0.1:4711/',
  'http://127.0.0.1:4711@evil.example/',
  'http://user:word@127.0.0.1:4711/',
  'http://127.0.0.1.evil.example:4711/',
  'http://evil.example/?http://127.0.0.1:4711/',
  'file:///etc/passwd',
  'blob:http://127.0.0.1:4711/9a8b',
  'data:text/html,<p>hello',
  'javascript:alert(1)',
  'about:blank',
  'view-source:http://127.0.0.1:4711/',
  'filesystem:http://127.0.0.1:4711/temporary/x',
  'hearthgrid://open',
  '//127.0.0.1:4711/',
  '',
]

describe('addresses', () => {
  test('pages of the local server are its own, whatever their path', () => {
    for (const path of ['/', '/devices/4?tab=points#s3', '/api-page/']) expect(isOwn(origin + path, origin)).toBe(true)
  })

  test.each(strangers)('%s is not a page of the local server', (address) => {
    expect(isOwn(address, origin)).toBe(false)
  })

  test('nothing is its own before the server runs', () => {
    expect(isOwn(`${origin}/`, undefined)).toBe(false)
  })

  test.each([
    ['https://hearthgrid.io/manual', true],
    ['https://docs.hearthgrid.io/', true],
    ['http://hearthgrid.io/', false],
    ['https://hearthgrid.io:8443/', false],
    ['https://hearthgrid.io@evil.example/', false],
    ['https://someone@hearthgrid.io/', false],
    ['https://evil-hearthgrid.io/', false],
    ['https://hearthgrid.io.evil.example/', false],
    ['file:///usr/bin/sh', false],
    ['smb://hearthgrid.io/share', false],
    ['javascript:alert(1)', false],
    ['https:/\\evil.example', false],
    ['not an address', false],
  ])('%s may open in the browser of the system: %s', (address, expected) => {
    expect(mayOpenOutside(address)).toBe(expected)
  })

  test.each([
    [[`${origin}/api/v1/export`], true],
    [[`blob:${origin}/9a8b`], true],
    [[`${origin}/go`, 'http://evil.example/x.exe'], false],
    [['http://evil.example/go', `${origin}/x`], false],
    [['blob:http://evil.example/9a8b'], false],
    [['data:application/octet-stream,x'], false],
    [['file:///etc/passwd'], false],
  ])('a download by way of %s is our own: %s', (chain, expected) => {
    expect(isOwnDownload({ getURLChain: () => chain, getURL: () => chain.at(-1) ?? '' }, origin)).toBe(expected)
  })
})

test('a page gets no more than a page in a browser', () => {
  expect(pagePreferences('/preload.cjs', '1.2.3', false)).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    spellcheck: false,
    devTools: false,
  })
})

describe('a running desktop', () => {
  let desktop: Started
  let own: string

  beforeEach(async () => {
    desktop = await startDesktop()
    own = new URL(desktop.window().webContents.url).origin
  })
  afterEach(() => clearUp(desktop))

  test('makes its window with exactly these preferences, and the sandbox for everything', () => {
    expect(desktop.window().options.webPreferences).toEqual(pagePreferences('/app/out/main/preload.cjs', '1.2.3', false))
    expect(desktop.app.sandboxed).toBe(true)
  })

  test.each([...strangers, 'https://hearthgrid.io/'])('does not follow a page to %s', (address) => {
    expect(desktop.window().webContents.navigate(address).prevented).toBe(true)
    expect(desktop.window().webContents.navigate(address, false).prevented).toBe(!['about:blank'].includes(address))
  })

  test('follows a page within the program', () => {
    const { webContents } = desktop.window()
    expect(webContents.navigate(`${own}/devices/4`).prevented).toBe(false)
    expect(webContents.navigate(`${own}/api-page/`, false).prevented).toBe(false)
    expect(webContents.navigate('about:srcdoc', false).prevented).toBe(false)
  })

  test('lets only a frame be empty, not the window', () => {
    const details = preventable({ url: 'about:blank', isMainFrame: true })
    desktop.window().webContents.raise('will-frame-navigate', details)
    expect(details.prevented).toBe(true)
  })

  test('stops a redirect that leaves the program', () => {
    const { webContents } = desktop.window()
    for (const [url, stopped] of [
      ['http://evil.example/', true],
      ['file:///etc/passwd', true],
      [`${own}/`, false],
    ] as const) {
      const redirect = preventable({ url, isMainFrame: true })
      webContents.raise('will-redirect', redirect)
      expect(redirect.prevented).toBe(stopped)
    }
  })

  test('opens a link of the allowed sites in the browser of the system, and no other', () => {
    const { webContents } = desktop.window()
    expect(webContents.ask('https://hearthgrid.io/manual')).toEqual({ action: 'deny' })
    expect(desktop.opened).toEqual(['https://hearthgrid.io/manual'])
    for (const address of strangers) expect(webContents.ask(address)).toEqual({ action: 'deny' })
    expect(desktop.opened).toHaveLength(1)
  })

  test('gives a second window of the program the same locks', () => {
    const answer = desktop.window().webContents.ask(`${own}/api-page/`)
    expect(answer.action).toBe('allow')
    expect(answer.overrideBrowserWindowOptions?.webPreferences).toEqual(desktop.window().options.webPreferences)
    const second = new desktop.electron.BrowserWindow({})
    expect(desktop.windows[1]?.webContents.navigate('http://evil.example/').prevented).toBe(true)
    expect(desktop.windows[1]).toBe(second)
  })

  test('lets no page embed a guest', () => {
    const event = preventable()
    desktop.window().webContents.raise('will-attach-webview', event)
    expect(event.prevented).toBe(true)
  })

  test('lets the page of the program show notices, and no other', () => {
    const { session } = desktop
    const { webContents } = desktop.window()
    const asked = () => {
      let answer: boolean | undefined
      session.request?.(webContents, 'notifications', (granted) => (answer = granted))
      return answer
    }
    expect(asked()).toBe(true)
    expect(session.check?.(null, 'notifications', `${own}/`)).toBe(true)
    webContents.url = 'http://evil.example/'
    expect(asked()).toBe(false)
    expect(session.check?.(null, 'notifications', 'http://evil.example/')).toBe(false)
  })

  test.each(['media', 'geolocation', 'clipboard-read', 'hid', 'serial', 'usb', 'openExternal', 'fileSystem', 'unknown'])(
    'refuses the permission %s, asked or looked up',
    (permission) => {
      const { session } = desktop
      let answer: boolean | undefined
      session.request?.(desktop.window().webContents, permission, (granted) => (answer = granted))
      expect(answer).toBe(false)
      expect(session.check?.(null, permission, own)).toBe(false)
      expect(session.check?.(desktop.window().webContents, permission, own)).toBe(false)
    },
  )

  test('refuses every device', () => {
    const device = { deviceType: 'serial', origin: own, device: { portId: '1', portName: 'COM1' } } as never
    expect(desktop.session.device?.(device)).toBe(false)
  })

  test('cancels every request for a file page', () => {
    expect(desktop.session.refuse?.urls).toEqual(['file:///*'])
    let cancelled: boolean | undefined
    desktop.session.refuse?.listener({ url: 'file:///etc/passwd' }, ({ cancel }) => (cancelled = cancel))
    expect(cancelled).toBe(true)
  })

  test('saves what comes from the program and nothing else', () => {
    for (const [url, stopped] of [
      [`${own}/api/v1/export`, false],
      [`blob:${own}/9a8b`, false],
      ['http://evil.example/x.exe', true],
    ] as const) {
      const event = preventable()
      desktop.session.raise('will-download', event, { getURL: () => url, getURLChain: () => [url] })
      expect(event.prevented).toBe(stopped)
    }
  })

  test('writes refusals to the log without what may be secret in the address', () => {
    desktop.window().webContents.navigate('http://evil.example/path?token=hush')
    return expect.poll(() => desktop.log()).toMatch(/refused address=http:\/\/evil\.example\/path\n/)
  })
})

test('once packaged, no debugger gets in by the command line', async () => {
  const packaged = await startDesktop()
  const loose = await startDesktop({ before: ({ app }) => (app.isPackaged = false) })
  expect(packaged.app.removedSwitches).toEqual(['remote-debugging-port', 'remote-debugging-pipe'])
  expect(loose.app.removedSwitches).toEqual([])
  await clearUp(packaged)
  await clearUp(loose)
})
