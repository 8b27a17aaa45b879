import type { Preventable, Shell } from './module.ts'
import type { StateFile } from './state.ts'
import type { Stop } from './stop.ts'
import type { Text } from './text.ts'

export type ClosePlan = { memory: StateFile; stop: Stop; text: Text; trayIsThere(): boolean; hide(): void; quit(): void }

/**
 * What closing the window means: the program goes on in the tray, after saying so once, or it quits in good order when the
 * person wants that or this desktop has no tray. The window itself never closes under a running program.
 */
export function closing({ dialog }: Pick<Shell, 'dialog'>, plan: ClosePlan): (event: Preventable) => Promise<void> {
  const { memory, stop, text, hide, quit } = plan
  let asking = false
  return async (event) => {
    event.preventDefault()
    if (stop.underway || asking) return
    if (!memory.state.keepRunning || !plan.trayIsThere()) return quit()
    if (memory.state.toldThatItKeepsRunning) return hide()
    asking = true
    const { response } = await dialog.showMessageBox({
      type: 'info',
      message: text('close.message'),
      detail: text('close.detail'),
      buttons: [text('close.keep'), text('close.quit')],
      defaultId: 0,
      cancelId: 0,
    })
    asking = false
    if (response === 1) return quit()
    memory.change({ toldThatItKeepsRunning: true })
    hide()
  }
}
