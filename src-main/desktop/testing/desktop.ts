import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runDesktop, type DesktopPlan } from '../run.ts'
import { Raiser } from './raise.ts'
import { servingStandIn, type ServingStandIn } from './serving.ts'
import { standInForElectron, type ElectronStandIn, type WindowStandIn } from './stand-in.ts'

const locales = fileURLToPath(new URL('../../../resources/locales', import.meta.url))

export type Started = ElectronStandIn & {
  serving: ServingStandIn
  process: Raiser
  folder: string
  printed: string[]
  clock: { now: number }
  window(): WindowStandIn
  log(): string
  remembered(): unknown
}

export type StartOptions = Partial<Omit<DesktopPlan, 'process' | 'print' | 'clock'>> & {
  serving?: ServingStandIn
  folder?: string
  trayFails?: boolean
  before?(electron: ElectronStandIn): void
}

/** A whole desktop on the stand-in for Electron and a small real server, in a folder of its own. */
export async function startDesktop({
  serving = servingStandIn(),
  folder,
  trayFails = false,
  before,
  ...changes
}: StartOptions = {}): Promise<Started> {
  const home = folder ?? mkdtempSync(join(tmpdir(), 'hearthgrid-desktop-'))
  const electron = standInForElectron(home, { trayFails })
  const process = new Raiser()
  const printed: string[] = []
  const clock = { now: Date.UTC(2027, 0, 15, 8, 0) }
  before?.(electron)
  await runDesktop(electron.electron, {
    startHost: serving.startHost,
    words: [],
    platform: 'linux',
    preload: '/app/out/main/preload.cjs',
    icons: '/app/resources/icons',
    locales,
    stopLimitMs: 5000,
    clock: () => clock.now,
    uptimeMs: () => 3_600_000,
    process,
    print: (line) => void printed.push(line),
    ...changes,
  })
  return {
    ...electron,
    serving,
    process,
    folder: home,
    printed,
    clock,
    window() {
      const [window] = electron.windows
      if (!window) throw new Error('there is no window')
      return window
    },
    log: () => readFileSync(join(home, 'Hearthgrid', 'data', 'log', 'desktop', 'hearthgrid.log'), 'utf8'),
    remembered: () => JSON.parse(readFileSync(join(home, 'Hearthgrid', 'data', 'desktop.json'), 'utf8')) as unknown,
  }
}

/** Ends the desktop if it still runs, and takes its server and its folder away. */
export async function clearUp({ app, serving, folder }: Started): Promise<void> {
  serving.release()
  if (app.hears('before-quit') && app.exits.length === 0) {
    const ended = new Promise<void>((resolve) => (app.onExit = resolve))
    app.quit()
    await ended
  }
  await serving.vanish()
  rmSync(folder, { recursive: true, force: true })
}
