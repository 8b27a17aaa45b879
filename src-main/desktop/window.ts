import type * as Electron from 'electron'
import type { Log } from '../log.ts'
import type { Gone, Preventable, Shell, ShellWindow } from './module.ts'
import { isNoticePage, noticePage, type Notice } from './notice.ts'
import { signInAt } from './place.ts'
import { isOwn } from './security.ts'
import { placeOn, type StateFile } from './state.ts'
import type { Text } from './text.ts'

/** A window that fails more often than this in a minute is not opened again by itself. */
const restarts = 3
const restartSpanMs = 60_000
/** Electron calls a page unresponsive after half a minute; nobody may be there to answer a question. */
const patienceMs = 15_000
const settleMs = 500
const grounds = { light: '#eceef0', dark: '#1b1e21' }

export type WindowPlan = {
  preferences: Electron.WebPreferences
  icon: string
  state: StateFile
  origin(): string | undefined
  /** A fresh one-time sign-in link. Rejects when the host does not run. */
  signInUrl(): Promise<string>
  onClose(event: Preventable): void
  folder: string
  language: string
  text: Text
  log: Log
  clock: () => number
}

/** The one window: where it stands, what it shows, and coming back when its page dies. Acquisition does not depend on it. */
export class MainWindow {
  readonly window: ShellWindow
  readonly #plan: WindowPlan
  #notice: Notice | undefined
  #detail: string | undefined
  /** Last own page a person was on. The next sign-in link takes the place of a used one in it. */
  #place: string | undefined
  /** Counts what is to be shown, so that a slow answer to an earlier wish is dropped. */
  #turn = 0
  #failedAt: number[] = []
  #patience: NodeJS.Timeout | undefined
  #settle: NodeJS.Timeout | undefined

  constructor(electron: Pick<Shell, 'BrowserWindow' | 'nativeTheme' | 'screen'>, plan: WindowPlan) {
    this.#plan = plan
    const { state } = plan.state
    const ground = () => (electron.nativeTheme.shouldUseDarkColors ? grounds.dark : grounds.light)
    const displays = electron.screen.getAllDisplays().map(({ workArea }) => workArea)
    this.window = new electron.BrowserWindow({
      ...placeOn(displays, state.window),
      minWidth: 480,
      minHeight: 360,
      title: 'Hearthgrid',
      icon: plan.icon,
      show: false,
      backgroundColor: ground(),
      webPreferences: plan.preferences,
    })
    if (state.window?.maximised) this.window.maximize()
    electron.nativeTheme.on('updated', () => this.#alive(() => this.window.setBackgroundColor(ground())))
    this.window.once('ready-to-show', () => this.window.show())
    this.#watchPlace()
    this.#watchPage()
  }

  /** Brings the window in front, and its page back when a notice stands there that a person can do something about. */
  show(): void {
    if (this.window.isMinimized()) this.window.restore()
    this.window.show()
    this.window.focus()
    this.window.webContents.setBackgroundThrottling(false)
    if (this.#notice === 'crashed' || this.#notice === 'unreachable') void this.open()
  }

  hide(): void {
    this.#remember()
    this.window.hide()
    this.window.webContents.setBackgroundThrottling(true)
  }

  /** Signs in with a new link and returns to the page that was open before, if any. */
  async open(): Promise<void> {
    const turn = ++this.#turn
    let link: string
    try {
      link = await this.#plan.signInUrl()
    } catch (error) {
      this.#plan.log.error('no sign-in link for the window', { error: String(error) })
      if (turn === this.#turn) this.notice('unreachable')
      return
    }
    if (turn !== this.#turn) return
    this.#notice = undefined
    await this.#load(signInAt(link, this.#place))
  }

  /** Shows a page of the shell's own instead of the program's. */
  notice(notice: Notice, detail?: string): void {
    const { origin, text, language, folder } = this.#plan
    this.#turn++
    this.#notice = notice
    this.#detail = detail
    const own = origin()
    const page = noticePage(notice, text, { language, folder, detail: this.#detail, ...(own ? { link: `${own}/` } : {}) })
    void this.#load(page)
  }

  /** Forgets its timers and writes down where it stood. */
  close(): void {
    clearTimeout(this.#patience)
    this.#remember()
  }

  async #load(url: string): Promise<void> {
    try {
      await this.window.loadURL(url)
    } catch (error) {
      // The message of this error holds the address, which may be a sign-in link: it must not reach the log.
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
      this.#plan.log.warn('a page was not loaded', { code })
    }
  }

  #watchPage(): void {
    const { window } = this
    const { log } = this.#plan
    const contents = window.webContents
    contents.on('did-navigate', (_event, url) => this.#visited(url))
    contents.on('did-navigate-in-page', (_event, url, isMainFrame) => (isMainFrame ? this.#visited(url) : undefined))
    contents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
      const aborted = code === -3
      if (!isMainFrame || aborted || isNoticePage(url)) return
      log.error('the page could not be opened', { code, description })
      this.notice('unreachable')
    })
    contents.on('render-process-gone', (_event, details) => this.#gone(details))
    contents.on('will-prevent-unload', (event) => {
      if (this.#notice === 'stopping') event.preventDefault()
    })
    window.on('unresponsive', () => {
      log.warn('the window does not respond')
      clearTimeout(this.#patience)
      this.#patience = setTimeout(() => this.#alive(() => contents.forcefullyCrashRenderer()), patienceMs)
    })
    window.on('responsive', () => {
      log.info('the window responds again')
      clearTimeout(this.#patience)
    })
  }

  #watchPlace(): void {
    const later = () => {
      clearTimeout(this.#settle)
      this.#settle = setTimeout(() => this.#remember(), settleMs)
    }
    this.window.on('resize', later)
    this.window.on('move', later)
    this.window.on('close', (event) => {
      this.#remember()
      this.#plan.onClose(event)
    })
  }

  #gone({ reason, exitCode }: Gone): void {
    clearTimeout(this.#patience)
    const { log, clock } = this.#plan
    if (reason === 'clean-exit' || this.#notice === 'stopping') return
    log.error('the process of the window ended', { reason, exitCode })
    const now = clock()
    this.#failedAt = [...this.#failedAt.filter((at) => Math.abs(now - at) < restartSpanMs), now]
    // Not inside the event: Electron may not start a load while it still takes the dead page down.
    if (this.#failedAt.length <= restarts) setImmediate(() => this.#alive(() => this.#comeBack()))
    else if (this.#notice !== 'crashed') setImmediate(() => this.#alive(() => this.notice('crashed')))
    else log.error('the window stays closed until a person opens it')
  }

  #comeBack(): void {
    if (this.#notice === undefined) void this.open()
    else this.notice(this.#notice, this.#detail)
  }

  #visited(url: string): void {
    if (isOwn(url, this.#plan.origin())) this.#place = url
  }

  #remember(): void {
    clearTimeout(this.#settle)
    this.#alive(() => this.#plan.state.change({ window: { ...this.window.getNormalBounds(), maximised: this.window.isMaximized() } }))
  }

  #alive(act: () => void): void {
    if (!this.window.isDestroyed()) act()
  }
}
