import { join } from 'node:path'
import type { Log } from '../log.ts'
import { answerBadge } from './badge.ts'
import { closing } from './close.ts'
import { answerFront } from './front.ts'
import { setMenu } from './menu.ts'
import type { Shell } from './module.ts'
import { lockSession, type Rules } from './security.ts'
import type { StateFile } from './state.ts'
import type { Stop } from './stop.ts'
import type { Text } from './text.ts'
import { createTray, type TrayIcon } from './tray.ts'
import { MainWindow } from './window.ts'

export type OpenPlan = {
  rules: Rules
  stop: Stop
  memory: StateFile
  developerTools: boolean
  signInUrl(): Promise<string>
  icons: string
  platform: NodeJS.Platform
  /** Folder with the log, named in messages. */
  folder: string
  text: Text
  language: string
  log: Log
  clock: () => number
}

export type Desktop = { main: MainWindow; tray: TrayIcon }

/** Once Electron is ready: menu, tray and window, each locked and tied to the others. */
export function openDesktop(electron: Shell, plan: OpenPlan): Desktop {
  const { rules, stop, memory, developerTools, icons, platform, folder, text, language, log, clock } = plan
  const { app } = electron
  const quit = () => app.quit()
  const { origin, openAgain } = rules

  const menu = () =>
    setMenu(electron, {
      text,
      platform,
      developerTools,
      keepRunning: memory.state.keepRunning,
      onKeepRunning(keepRunning) {
        memory.change({ keepRunning })
        menu()
      },
      openAgain,
      quit,
    })
  menu()
  app.setAboutPanelOptions({ applicationName: 'Hearthgrid', applicationVersion: app.getVersion(), copyright: 'Apache License 2.0' })
  lockSession(electron.session.defaultSession, rules)
  stop.heedSystem(electron.powerMonitor)

  const tray = createTray(electron, { icons, platform, language, text, log, open: () => main.show(), quit })
  const close = closing(electron, { memory, stop, text, trayIsThere: () => tray.there, hide: () => main.hide(), quit })
  const main: MainWindow = new MainWindow(electron, {
    preferences: rules.preferences,
    icon: join(icons, 'icon.png'),
    state: memory,
    origin,
    signInUrl: plan.signInUrl,
    onClose: (event) => void close(event),
    folder,
    language,
    text,
    log,
    clock,
  })
  stop.heedSession(main.window)
  answerBadge(electron, { origin, window: () => main.window, picture: join(icons, 'badge.png'), platform, text, log })
  answerFront(electron, { origin, show: () => main.show(), log })
  return { main, tray }
}
