import type { Log } from '../log.ts'
import { isOwnPage } from './badge.ts'
import type { Shell } from './module.ts'

export const frontChannel = 'hearthgrid:show'

/** Brings the window to the front when its own page asks, such as after a click on a notice of an alarm. */
export function answerFront(
  { ipcMain }: Pick<Shell, 'ipcMain'>,
  { origin, show, log }: { origin(): string | undefined; show(): void; log: Log },
): void {
  ipcMain.on(frontChannel, (event, ...values) => {
    if (isOwnPage(event, origin()) && values.length === 0) return show()
    log.warn('a message from a page was refused', { channel: frontChannel, origin: event.senderFrame?.origin ?? 'gone' })
  })
}
