import { join } from 'node:path'
import type { Log } from '../log.ts'
import type { Shell, ShellTray } from './module.ts'
import type { Text } from './text.ts'

/** What the program is doing; `since` in UTC milliseconds. */
export type Status = { is: 'starting' | 'stopping' | 'failed' } | { is: 'running'; since: number }

export type TrayPlan = {
  icons: string
  platform: NodeJS.Platform
  language: string
  text: Text
  log: Log
  open(): void
  quit(): void
}

/** The icon beside the clock. `there` is false where the desktop has no such place; then closing the window must not hide it. */
export type TrayIcon = { there: boolean; show(status: Status): void; remove(): void }

export function createTray(electron: Pick<Shell, 'Tray' | 'Menu'>, plan: TrayPlan): TrayIcon {
  const { platform, text, open, quit, log } = plan
  let tray: ShellTray
  try {
    tray = new electron.Tray(join(plan.icons, trayPicture(platform)))
  } catch (error) {
    log.warn('this desktop shows no tray icon', { error: String(error) })
    return { there: false, show: () => undefined, remove: () => undefined }
  }
  // On macOS a click opens the menu by itself.
  if (platform !== 'darwin') tray.on('click', open)
  return {
    there: true,
    show(status) {
      const line = statusLine(status, text, plan.language)
      tray.setToolTip(`Hearthgrid: ${line}`)
      tray.setContextMenu(
        electron.Menu.buildFromTemplate([
          { label: text('tray.open'), click: open },
          { label: line, enabled: false },
          { type: 'separator' },
          { label: text('tray.quit'), enabled: status.is !== 'stopping', click: quit },
        ]),
      )
    },
    remove: () => tray.destroy(),
  }
}

export function statusLine(status: Status, text: Text, language: string): string {
  if (status.is !== 'running') return text(`tray.${status.is}`)
  const since = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(status.since)
  return text('tray.running', { since })
}

/** macOS recolours a picture whose name ends in Template; Windows wants its own container with several sizes. */
function trayPicture(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'trayTemplate.png'
  return platform === 'win32' ? 'tray.ico' : 'tray.png'
}
