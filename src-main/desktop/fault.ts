import type { Log } from '../log.ts'
import type { Shell } from './module.ts'
import type { Stop } from './stop.ts'
import type { Text } from './text.ts'

/** A program that failed sooner than this after its start would fail for ever. */
const soonMs = 60_000

export type FaultPlan = { stop: Stop; text: Text; folder: string; log: Log; uptimeMs(): number }

/** Takes an error that nobody caught: stores, ends and starts anew; when that happened within a minute, says so and ends. */
export function answerFault(
  electron: Pick<Shell, 'dialog'>,
  { stop, text, folder, log, uptimeMs }: FaultPlan,
): (fault: unknown) => Promise<void> {
  let telling = false
  return async (fault) => {
    log.error('an error that nobody caught', { error: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) })
    if (stop.underway || telling) return
    if (uptimeMs() >= soonMs) return stop.run('fault', { relaunch: true, code: 1 })
    telling = true
    try {
      // Not the kind that waits inside Electron: that would hold up the storing as well.
      await electron.dialog.showMessageBox({
        type: 'error',
        message: text('fatal.message'),
        detail: text('fatal.detail', { folder }),
        buttons: [text('fatal.quit')],
      })
    } catch (error) {
      // An error from here would come back here for ever.
      log.error('the fault could not be shown', { error: String(error) })
    }
    return stop.run('fault', { code: 1 })
  }
}
