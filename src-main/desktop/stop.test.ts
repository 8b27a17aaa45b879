import { afterEach, describe, expect, test } from 'vitest'
import { clearUp, startDesktop, type Started, type StartOptions } from './testing/desktop.ts'
import { preventable } from './testing/raise.ts'
import { servingStandIn } from './testing/serving.ts'
import { entryOf, type ElectronStandIn } from './testing/stand-in.ts'

const started: Started[] = []
async function start(options?: StartOptions): Promise<Started> {
  const desktop = await startDesktop(options)
  started.push(desktop)
  return desktop
}
afterEach(async () => {
  for (const desktop of started.splice(0)) await clearUp(desktop)
})

describe('quitting', () => {
  test('waits until the host has stored everything, and says so meanwhile', async () => {
    const desktop = await start({ serving: servingStandIn({ slowStop: true }) })
    desktop.app.quit()
    expect(desktop.window().notice()).toContain('Storing the last values')
    expect(desktop.trays[0]?.toolTip).toBe('Hearthgrid: Storing the last values')
    expect(desktop.app.exits).toEqual([])
    await expect.poll(() => desktop.serving.stops).toBe(1)
    expect(desktop.app.exits).toEqual([])
    desktop.serving.release()
    await expect.poll(() => desktop.app.exits).toEqual([0])
    expect(desktop.trays[0]?.destroyed).toBe(true)
    expect(desktop.log()).toMatch(/stopped reason=quit stored=true/)
  })

  test('a second quit, a closed window and the session ending do not cut it short', async () => {
    const desktop = await start({ serving: servingStandIn({ slowStop: true }) })
    desktop.app.quit()
    await expect.poll(() => desktop.serving.stops).toBe(1)
    const close = preventable()
    desktop.window().raise('close', close)
    desktop.app.quit()
    desktop.powerMonitor.raise('shutdown', preventable())
    desktop.window().raise('session-end')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(close.prevented).toBe(true)
    expect(desktop.asked).toEqual([])
    expect(desktop.app.exits).toEqual([])
    desktop.serving.release()
    await expect.poll(() => desktop.app.exits).toEqual([0])
    expect(desktop.serving.stops).toBe(1)
  })

  test('ends with an error code when the host does not stop in time', async () => {
    const desktop = await start({ serving: servingStandIn({ slowStop: true }), stopLimitMs: 80 })
    desktop.app.quit()
    await expect.poll(() => desktop.app.exits).toEqual([1])
    expect(desktop.log()).toMatch(/did not stop in time limitMs=80/)
  })

  test('ends with an error code when the host fails while stopping', async () => {
    const serving = servingStandIn()
    const desktop = await start({
      serving,
      startHost: async (options) => ({ ...(await serving.startHost(options)), stop: () => Promise.reject(new Error('disk is full')) }),
    })
    desktop.app.quit()
    await expect.poll(() => desktop.app.exits).toEqual([1])
    expect(desktop.log()).toContain('disk is full')
  })

  test('while the host is still starting, waits for it and then stops it', async () => {
    const serving = servingStandIn()
    let go = (): void => undefined
    const gate = new Promise<void>((resolve) => (go = resolve))
    let early: ElectronStandIn | undefined
    const running = startDesktop({
      serving,
      startHost: (options) => gate.then(() => serving.startHost(options)),
      before: (electron) => (early = electron),
    })
    await expect.poll(() => early?.windows.length).toBe(1)
    early?.app.quit()
    expect(early?.app.exits).toEqual([])
    go()
    started.push(await running)
    await expect.poll(() => early?.app.exits).toEqual([0])
    expect(serving.stops).toBe(1)
    expect(serving.visits).toEqual([])
  })

  test('lets a page that would rather stay not hold it up', async () => {
    const desktop = await start({ serving: servingStandIn({ slowStop: true }) })
    const running = preventable()
    desktop.window().webContents.raise('will-prevent-unload', running)
    expect(running.prevented).toBe(false)
    desktop.app.quit()
    const stopping = preventable()
    desktop.window().webContents.raise('will-prevent-unload', stopping)
    expect(stopping.prevented).toBe(true)
  })
})

describe('the computer', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('sending %s waits for the host, however often it comes', async (signal) => {
    const desktop = await start({ serving: servingStandIn({ slowStop: true }) })
    desktop.process.raise(signal)
    desktop.process.raise(signal)
    await expect.poll(() => desktop.serving.stops).toBe(1)
    expect(desktop.app.exits).toEqual([])
    desktop.serving.release()
    await expect.poll(() => desktop.app.exits).toEqual([0])
  })

  test('shutting down waits for the host', async () => {
    const desktop = await start()
    const event = preventable()
    desktop.powerMonitor.raise('shutdown', event)
    expect(event.prevented).toBe(true)
    await expect.poll(() => desktop.app.exits).toEqual([0])
    expect(desktop.serving.stops).toBe(1)
  })

  test('ending the session of Windows waits for the host', async () => {
    const desktop = await start()
    const event = preventable()
    desktop.window().raise('query-session-end', event)
    expect(event.prevented).toBe(true)
    await expect.poll(() => desktop.app.exits).toEqual([0])
  })

  test('going to sleep and waking are in the log', async () => {
    const desktop = await start()
    desktop.powerMonitor.raise('suspend')
    desktop.powerMonitor.raise('resume')
    await expect.poll(() => desktop.log()).toMatch(/goes to sleep[\s\S]*woke up/)
    expect(desktop.app.exits).toEqual([])
  })
})

describe('an error that nobody caught', () => {
  test.each(['uncaughtException', 'unhandledRejection'])('as %s stores, ends and starts anew', async (event) => {
    const desktop = await start()
    desktop.process.raise(event, new Error('nobody expected this'))
    await expect.poll(() => desktop.app.exits).toEqual([1])
    expect(desktop.app.relaunched).toBe(true)
    expect(desktop.serving.stops).toBe(1)
    expect(desktop.log()).toContain('nobody expected this')
  })

  test('soon after the start is told to a person and not tried again', async () => {
    const desktop = await start({ uptimeMs: () => 59_000 })
    desktop.process.raise('uncaughtException', new Error('nobody expected this'))
    await expect.poll(() => desktop.app.exits).toEqual([1])
    expect(desktop.app.relaunched).toBe(false)
    expect(desktop.asked[0]?.message).toBe('Hearthgrid has stopped')
    expect(desktop.serving.stops).toBe(1)
  })

  test('is told once, however many follow while the message stands', async () => {
    let read = (): void => undefined
    const answer = new Promise<number>((resolve) => (read = () => resolve(0)))
    const desktop = await start({ uptimeMs: () => 59_000, before: ({ state }) => void (state.answer = answer) })
    desktop.process.raise('uncaughtException', new Error('first'))
    desktop.process.raise('unhandledRejection', new Error('second'))
    expect(desktop.asked).toHaveLength(1)
    expect(desktop.app.exits).toEqual([])
    read()
    await expect.poll(() => desktop.app.exits).toEqual([1])
  })

  test('ends the program also when it cannot be told', async () => {
    const desktop = await start({ uptimeMs: () => 59_000, before: ({ state }) => (state.dialogFails = true) })
    desktop.process.raise('uncaughtException', new Error('first'))
    desktop.process.raise('unhandledRejection', new Error('second'))
    await expect.poll(() => desktop.app.exits).toEqual([1])
    expect(desktop.asked).toHaveLength(1)
    expect(desktop.log()).toMatch(/first[\s\S]*second/)
  })

  test('while stopping is written down and changes nothing', async () => {
    const desktop = await start({ serving: servingStandIn({ slowStop: true }) })
    desktop.app.quit()
    desktop.process.raise('uncaughtException', 'odd')
    desktop.serving.release()
    await expect.poll(() => desktop.app.exits).toEqual([0])
    expect(desktop.app.relaunched).toBe(false)
    expect(desktop.log()).toContain('error=odd')
  })
})

describe('closing the window', () => {
  const closeIt = (desktop: Started) => {
    const event = preventable()
    desktop.window().raise('close', event)
    expect(event.prevented).toBe(true)
  }

  test('hides it, says once that reading goes on, and is remembered', async () => {
    const desktop = await start()
    closeIt(desktop)
    await expect.poll(() => desktop.window().webContents.throttled).toBe(true)
    expect(desktop.asked.map(({ message }) => message)).toEqual(['Hearthgrid goes on without its window'])
    expect(desktop.window().visible).toBe(false)
    entryOf(desktop.trays[0]?.menu ?? [], 'Open Hearthgrid').click?.()
    expect(desktop.window().visible).toBe(true)
    closeIt(desktop)
    expect(desktop.window().visible).toBe(false)
    expect(desktop.asked).toHaveLength(1)
    expect(desktop.serving.stops).toBe(0)
    const again = await start({ folder: desktop.folder })
    closeIt(again)
    expect(again.asked).toEqual([])
  })

  test('quits instead when the person says so there', async () => {
    const desktop = await start({ before: ({ state }) => (state.answer = 1) })
    closeIt(desktop)
    await expect.poll(() => desktop.app.exits).toEqual([0])
    expect(desktop.serving.stops).toBe(1)
  })

  test('quits when the setting in the menu says so', async () => {
    const desktop = await start()
    const setting = 'Keep running when the window is closed'
    expect(entryOf(desktop.state.menu, setting).checked).toBe(true)
    entryOf(desktop.state.menu, setting).click?.()
    expect(entryOf(desktop.state.menu, setting).checked).toBe(false)
    expect(desktop.remembered()).toMatchObject({ keepRunning: false })
    closeIt(desktop)
    await expect.poll(() => desktop.app.exits).toEqual([0])
    expect(desktop.asked).toEqual([])
  })

  test('quits where there is no tray to come back from', async () => {
    const desktop = await start({ trayFails: true })
    closeIt(desktop)
    await expect.poll(() => desktop.app.exits).toEqual([0])
  })

  test('asks once, however often it is closed meanwhile', async () => {
    const desktop = await start()
    closeIt(desktop)
    closeIt(desktop)
    await expect.poll(() => desktop.window().webContents.throttled).toBe(true)
    expect(desktop.asked).toHaveLength(1)
  })

  test('losing every window does not end the program', async () => {
    const desktop = await start()
    desktop.app.raise('window-all-closed')
    expect(desktop.app.quits).toBe(0)
  })
})
