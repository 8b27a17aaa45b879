import type { Log } from '../log.ts'
import type { Sender, Shell, ShellWindow } from './module.ts'
import type { Text } from './text.ts'

export const badgeChannel = 'hearthgrid:badge'

export type BadgePlan = {
  origin(): string | undefined
  window(): ShellWindow | undefined
  /** Picture laid over the task bar's icon on Windows. */
  picture: string
  platform: NodeJS.Platform
  text: Text
  log: Log
}

/** Takes the message of a page how many things wait for a person, 0 to 9999. Anything else is refused. */
export function answerBadge(electron: Pick<Shell, 'app' | 'ipcMain' | 'nativeImage'>, plan: BadgePlan): void {
  electron.ipcMain.on(badgeChannel, (event, ...values) => {
    const [count] = values
    if (!isOwnPage(event, plan.origin()) || values.length !== 1 || !isCount(count)) {
      plan.log.warn('a message from a page was refused', { channel: badgeChannel, origin: event.senderFrame?.origin ?? 'gone' })
      return
    }
    if (plan.platform !== 'win32') {
      electron.app.setBadgeCount(count)
      return
    }
    const picture = count > 0 ? electron.nativeImage.createFromPath(plan.picture) : null
    plan.window()?.setOverlayIcon(picture, count > 0 ? plan.text('badge.open', { count }) : '')
  })
}

/** Whether a message comes from the page of the program itself, and not from a frame inside it. */
export function isOwnPage({ senderFrame }: Sender, origin: string | undefined): boolean {
  return senderFrame !== null && senderFrame.parent === null && origin !== undefined && senderFrame.origin === origin
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 9999
}
