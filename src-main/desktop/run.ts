import { answerFault } from './fault.ts'
import { openDesktop, type Desktop } from './open.ts'
import type { Shell } from './module.ts'
import { prepare, type Prepared } from './prepare.ts'
import { lockApp, pagePreferences, type Rules } from './security.ts'
import { startOn, type HostStart, type StartedHost } from './start.ts'
import { Stop } from './stop.ts'

export type DesktopPlan = {
  startHost: HostStart
  /** Words of the command line behind the program's name. */
  words: readonly string[]
  platform: NodeJS.Platform
  preload: string
  icons: string
  locales: string
  /** Longest wait for the host when the program ends. */
  stopLimitMs: number
  clock: () => number
  uptimeMs(): number
  /** Where signals arrive, and errors that nobody caught. */
  process: { on(event: string, listener: (what: unknown) => void): unknown }
  print(line: string): void
}

/** Runs the desktop: one program at a time, the host beside it, one window on the host, and a stop in good order. */
export async function runDesktop(electron: Shell, plan: DesktopPlan): Promise<void> {
  const { app } = electron
  const { clock, platform, icons } = plan
  let prepared: Prepared | undefined
  try {
    prepared = prepare(app, plan.words, plan.locales, clock)
  } catch (error) {
    electron.dialog.showErrorBox('Hearthgrid', error instanceof Error ? error.message : String(error))
    return app.exit(1)
  }
  if (!prepared) return app.quit()
  const { options, dataFolder, folder, file, log, memory, text, language } = prepared

  let starting: Promise<StartedHost> | undefined
  let origin: string | undefined
  let desktop: Desktop | undefined
  const openAgain = () => {
    if (origin !== undefined && !stop.underway) void desktop?.main.open()
  }
  const stop = new Stop(app, {
    host: () => starting,
    limitMs: plan.stopLimitMs,
    begin() {
      desktop?.tray.show({ is: 'stopping' })
      desktop?.main.notice('stopping')
    },
    async end() {
      desktop?.main.close()
      desktop?.tray.remove()
      file.close()
    },
    log,
  })
  const fault = answerFault(electron, { stop, text, folder, log, uptimeMs: plan.uptimeMs })
  for (const event of ['uncaughtException', 'unhandledRejection']) plan.process.on(event, (error) => void fault(error))
  const preferences = pagePreferences(plan.preload, app.getVersion(), options.developerTools)
  const rules: Rules = { origin: () => origin, openAgain, preferences, log }
  lockApp(app, electron, rules)
  app.on('second-instance', () => desktop?.main.show())
  app.on('activate', () => desktop?.main.show())
  // Heard so that Electron does not quit by itself: a hidden or failing window is no reason to stop reading devices.
  app.on('window-all-closed', () => undefined)
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log.error('a process of the window system ended', { type, reason, exitCode })
  })

  await app.whenReady()
  // Electron obeys the first signal only and lets the second one kill; taken over now that its own listeners stand.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) plan.process.on(signal, () => void stop.run(signal))
  if (stop.underway) return
  const host = () => starting ?? Promise.reject(new Error('the host was not started'))
  desktop = openDesktop(electron, {
    developerTools: options.developerTools,
    signInUrl: async () => (await host()).signInUrl(),
    rules,
    stop,
    memory,
    icons,
    platform,
    folder,
    text,
    language,
    log,
    clock,
  })
  desktop.tray.show({ is: 'starting' })
  desktop.main.notice('starting')
  starting = startOn({ startHost: plan.startHost, options, dataFolder, memory, clock })
  try {
    const started = await starting
    origin = new URL(started.url).origin
    log.info('running', { version: app.getVersion(), address: started.url })
    if (options.printToken) plan.print(`API token: ${await started.apiToken()}`)
  } catch (error) {
    log.error('the host did not start', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    if (stop.underway) return
    desktop.tray.show({ is: 'failed' })
    return desktop.main.notice('failed', error instanceof Error ? error.message : String(error))
  }
  if (stop.underway) return
  desktop.tray.show({ is: 'running', since: clock() })
  await desktop.main.open()
}
