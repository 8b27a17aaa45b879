import type { Log } from '../log.ts'
import type { Shell, ShellApp, ShellWindow } from './module.ts'

export type Stoppable = { stop(): Promise<void> }

export type StopPlan = {
  /** The host, also while it is still starting; undefined before it was asked to start. */
  host(): Promise<Stoppable> | undefined
  /** Longest wait for the host. What it has acknowledged by then is on the disk anyway. */
  limitMs: number
  /** Says on the screen that the last values are being stored. */
  begin(): void
  /** Last of all: closes what the shell itself holds. */
  end(): Promise<void>
  log: Log
}

/**
 * Ends the program once, in order: say so, stop the host, close the rest, exit. However often and from wherever it is asked,
 * also by the system shutting down, the first stop goes on and nothing cuts it short but its time limit.
 */
export class Stop {
  readonly #app: ShellApp
  readonly #plan: StopPlan
  #under: Promise<void> | undefined

  constructor(app: ShellApp, plan: StopPlan) {
    this.#app = app
    this.#plan = plan
    app.on('before-quit', (event) => {
      event.preventDefault()
      void this.run('quit')
    })
  }

  get underway(): boolean {
    return this.#under !== undefined
  }

  /** Never rejects. The process exits with 0 when everything was stored, else with `code` or 1. */
  run(reason: string, { relaunch = false, code = 0 } = {}): Promise<void> {
    this.#under ??= this.#run(reason, relaunch, code)
    return this.#under
  }

  /** After the app is ready: the system may end the session under us. It waits while we store. */
  heedSystem(powerMonitor: Shell['powerMonitor']): void {
    const { log } = this.#plan
    powerMonitor.on('suspend', () => log.info('the computer goes to sleep; nothing is read until it wakes'))
    powerMonitor.on('resume', () => log.info('the computer woke up'))
    powerMonitor.on('shutdown', (event) => {
      event?.preventDefault()
      void this.run('shutdown')
    })
  }

  /** Windows tells its windows, not its programs, that the session ends. */
  heedSession(window: ShellWindow): void {
    window.on('query-session-end', (event) => {
      event.preventDefault()
      void this.run('end of session')
    })
    window.on('session-end', () => void this.run('end of session'))
  }

  async #run(reason: string, relaunch: boolean, wished: number): Promise<void> {
    const { log, begin, end } = this.#plan
    const startedAt = performance.now()
    log.info('stopping', { reason })
    begin()
    const stored = await this.#stopHost()
    log.info('stopped', { reason, stored, tookMs: Math.round(performance.now() - startedAt) })
    await end()
    if (relaunch) this.#app.relaunch()
    this.#app.exit(stored ? wished : wished || 1)
  }

  async #stopHost(): Promise<boolean> {
    const { host, limitMs, log } = this.#plan
    const starting = host()
    if (!starting) return true
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), limitMs)
    })
    const stopped = starting.then(
      (running) => running.stop().then(() => 'stopped' as const),
      // A host that never started has nothing to store, and why it did not is in the log already.
      () => 'stopped' as const,
    )
    try {
      if ((await Promise.race([stopped, late])) === 'stopped') return true
      log.error('the host did not stop in time', { limitMs })
    } catch (error) {
      log.error('the host failed while stopping', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    } finally {
      clearTimeout(timer)
    }
    return false
  }
}
