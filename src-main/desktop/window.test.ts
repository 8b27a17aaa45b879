import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { clearUp, startDesktop, type Started } from './testing/desktop.ts'
import type { WindowStandIn } from './testing/stand-in.ts'

const crash = (window: WindowStandIn, reason = 'crashed') => window.webContents.raise('render-process-gone', {}, { reason, exitCode: 139 })
const addresses = (window: WindowStandIn) => window.shown.filter((shown) => shown.startsWith('http'))
/** Long enough for everything that a crash sets off at once, so that "nothing happened" means something. */
const dust = () => new Promise((resolve) => setTimeout(resolve, 50))

let desktop: Started
let window: WindowStandIn
let own: string

beforeEach(async () => {
  desktop = await startDesktop()
  window = desktop.window()
  own = new URL(window.webContents.url).origin
})
afterEach(() => clearUp(desktop))

describe('the window', () => {
  test('says that the program starts, then signs in and shows it', () => {
    expect(Buffer.from(window.shown[0]?.split('base64,')[1] ?? '', 'base64').toString()).toContain('Hearthgrid is starting')
    expect(desktop.serving.visits).toEqual(['/ signed in'])
  })

  test('appears once there is something to see', () => {
    expect(window.options.show).toBe(false)
    expect(window.visible).toBe(false)
    window.raise('ready-to-show')
    expect(window.visible).toBe(true)
  })

  test('takes its ground from the theme, also when that changes', () => {
    expect(window.options.backgroundColor).toBe('#eceef0')
    desktop.theme.shouldUseDarkColors = true
    desktop.theme.raise('updated')
    expect(window.background).toBe('#1b1e21')
  })

  test('is throttled only while it is hidden', () => {
    desktop.state.answer = 0
    window.raise('close', { preventDefault: () => undefined })
    return expect
      .poll(() => window.webContents.throttled)
      .toBe(true)
      .then(() => {
        desktop.app.raise('second-instance')
        expect(window.webContents.throttled).toBe(false)
      })
  })

  test('comes to the front when the program is started a second time', () => {
    window.minimised = true
    desktop.app.raise('second-instance')
    expect(window).toMatchObject({ minimised: false, visible: true })
    expect(window.shown.at(-1)).toBe('focus')
  })
})

describe('when the page dies', () => {
  test.each(['crashed', 'oom', 'killed', 'abnormal-exit', 'launch-failed', 'integrity-failure'])(
    'by %s, it comes back at the same place with a new sign-in link',
    async (reason) => {
      window.webContents.raise('did-navigate-in-page', {}, `${own}/devices/4?tab=points#s3`, true)
      crash(window, reason)
      await expect.poll(() => desktop.serving.visits).toEqual(['/ signed in', '/devices/4 signed in'])
      expect(window.shown.at(-1)).toBe(`${own}/devices/4?tab=points&launch=secret2#s3`)
      expect(desktop.serving.stops).toBe(0)
      await expect.poll(() => desktop.log()).toContain(`reason=${reason} exitCode=139`)
    },
  )

  test('the used link is never part of the place to come back to', async () => {
    crash(window)
    await expect.poll(() => desktop.serving.visits).toHaveLength(2)
    crash(window)
    await expect.poll(() => addresses(window)).toEqual([1, 2, 3].map((n) => `${own}/?launch=secret${n}`))
  })

  test('an address outside or in a frame is no place to come back to', async () => {
    window.webContents.raise('did-navigate-in-page', {}, `${own}/frame`, false)
    window.webContents.raise('did-navigate', {}, 'http://evil.example/')
    crash(window)
    await expect.poll(() => desktop.serving.visits).toEqual(['/ signed in', '/ signed in'])
  })

  test('a page that ended in good order is left alone', async () => {
    crash(window, 'clean-exit')
    await dust()
    expect(desktop.serving.visits).toHaveLength(1)
  })

  test('after three times within a minute it says so instead, while the host goes on', async () => {
    for (const times of [2, 3, 4]) {
      crash(window)
      await expect.poll(() => desktop.serving.visits).toHaveLength(times)
    }
    crash(window)
    await expect.poll(() => window.notice()).toContain('The window keeps failing')
    expect(desktop.serving.visits).toHaveLength(4)
    expect(desktop.serving.stops).toBe(0)
  })

  test('the notice itself dying does not start it over and over', async () => {
    for (let times = 0; times < 6; times++) {
      crash(window)
      await dust()
    }
    const shown = window.shown.length
    crash(window)
    await dust()
    expect(window.shown).toHaveLength(shown)
  })

  test('a fault now and then never adds up to the limit', async () => {
    for (let times = 2; times < 12; times++) {
      desktop.clock.now += 21_000
      crash(window)
      await expect.poll(() => desktop.serving.visits).toHaveLength(times)
    }
  })

  test('"Open again" on the notice signs in anew instead of following the link', async () => {
    for (let times = 0; times < 4; times++) {
      crash(window)
      await dust()
    }
    expect(window.notice()).toContain(`href="${own}/"`)
    expect(window.webContents.navigate(`${own}/`).prevented).toBe(true)
    await expect.poll(() => desktop.serving.visits.length).toBe(5)
    expect(desktop.serving.visits.at(-1)).toBe('/ signed in')
  })
})

describe('when the page hangs', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  test('it is given a while, then ended and opened again', async () => {
    window.raise('unresponsive')
    vi.advanceTimersByTime(14_900)
    expect(desktop.serving.visits).toHaveLength(1)
    vi.advanceTimersByTime(200)
    vi.useRealTimers()
    await expect.poll(() => desktop.serving.visits).toEqual(['/ signed in', '/ signed in'])
  })

  test('it is left alone when it comes round', async () => {
    window.raise('unresponsive')
    vi.advanceTimersByTime(10_000)
    window.raise('responsive')
    vi.advanceTimersByTime(60_000)
    vi.useRealTimers()
    await dust()
    expect(desktop.serving.visits).toHaveLength(1)
  })
})

describe('when the page cannot be opened', () => {
  test('it says so and keeps the sign-in link out of the log', async () => {
    desktop.serving.links(`${own}/?launch=hush`)
    await desktop.serving.vanish()
    crash(window)
    await expect.poll(() => window.notice()).toContain('The page could not be opened')
    await expect.poll(() => desktop.log()).toContain('a page was not loaded code=ERR_CONNECTION_REFUSED')
    expect(desktop.log()).not.toContain('hush')
  })

  test('it tries again when a person asks, and says so when there is no way in', async () => {
    window.webContents.raise('did-fail-load', {}, -102, 'ERR_CONNECTION_REFUSED', `${own}/`, true)
    desktop.app.raise('second-instance')
    await expect.poll(() => desktop.serving.visits).toEqual(['/ signed in', '/ signed in'])
    await desktop.serving.vanish()
    window.webContents.raise('did-fail-load', {}, -102, 'ERR_CONNECTION_REFUSED', `${own}/`, true)
    desktop.app.raise('second-instance')
    await expect.poll(() => desktop.log()).toContain('no sign-in link')
    expect(window.notice()).toContain('The page could not be opened')
  })

  test('a load that another one replaced, or a frame that failed, is no trouble', () => {
    const shown = window.shown.length
    window.webContents.raise('did-fail-load', {}, -3, 'ERR_ABORTED', `${own}/`, true)
    window.webContents.raise('did-fail-load', {}, -102, 'ERR_CONNECTION_REFUSED', `${own}/frame`, false)
    expect(window.shown).toHaveLength(shown)
  })
})
