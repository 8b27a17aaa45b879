// Stands in for the Electron module where its binary is not there: records what the shell asks and raises what Electron would.
// It is held to the same types as the module itself, see ../module.ts.
import type * as Electron from 'electron'
import type { MenuEntry, Shell, ShellContents, ShellSession, ShellTray, ShellWindow } from '../module.ts'
import { preventable, Raiser, type Prevented } from './raise.ts'

type OpenHandler = (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse
type Rectangle = { x: number; y: number; width: number; height: number }

export class ContentsStandIn extends Raiser implements ShellContents {
  url = ''
  throttled = false
  #open: OpenHandler = () => {
    throw new Error('no handler for new windows')
  }

  getURL = (): string => this.url
  setWindowOpenHandler = (handler: OpenHandler): void => {
    this.#open = handler
  }
  setBackgroundThrottling = (allowed: boolean): void => {
    this.throttled = allowed
  }
  forcefullyCrashRenderer = (): void => this.raise('render-process-gone', {}, { reason: 'killed', exitCode: 9 })

  /** What the shell answers when a page asks for a new window. */
  ask(url: string): Electron.WindowOpenHandlerResponse {
    return this.#open({ url, frameName: '', features: '', disposition: 'new-window', referrer: { url: '', policy: 'no-referrer' } })
  }

  /** A page wants to go somewhere, as far as the shell lets it. */
  navigate(url: string, isMainFrame = true): Prevented {
    const details = preventable({ url, isMainFrame })
    if (isMainFrame) this.raise('will-navigate', details)
    this.raise('will-frame-navigate', details)
    return details
  }
}

export class WindowStandIn extends Raiser implements ShellWindow {
  readonly options: Electron.BrowserWindowConstructorOptions
  readonly webContents = new ContentsStandIn()
  readonly shown: string[] = []
  background = ''
  overlay: { picture: boolean; text: string } | undefined
  visible = false
  minimised = false
  maximised = false
  destroyed = false
  bounds: Rectangle

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super()
    this.options = options
    const { x = 0, y = 0, width = 800, height = 600 } = options
    this.bounds = { x, y, width, height }
  }

  show = (): void => void (this.visible = true)
  hide = (): void => void (this.visible = false)
  focus = (): void => void this.shown.push('focus')
  restore = (): void => void (this.minimised = false)
  maximize = (): void => void (this.maximised = true)
  isMinimized = (): boolean => this.minimised
  isMaximized = (): boolean => this.maximised
  isDestroyed = (): boolean => this.destroyed
  getNormalBounds = (): Rectangle => this.bounds
  setBackgroundColor = (colour: string): void => void (this.background = colour)
  setOverlayIcon = (picture: Electron.NativeImage | null, text: string): void => void (this.overlay = { picture: picture !== null, text })

  /** Really asks the address, so that a used sign-in link or a host that is gone shows. */
  loadURL = async (url: string): Promise<void> => {
    this.shown.push(url)
    if (!url.startsWith('data:')) {
      try {
        await (await fetch(url)).text()
      } catch {
        this.webContents.raise('did-fail-load', {}, -102, 'ERR_CONNECTION_REFUSED', url, true)
        throw Object.assign(new Error(`ERR_CONNECTION_REFUSED (-102) loading '${url}'`), { code: 'ERR_CONNECTION_REFUSED' })
      }
    }
    this.webContents.url = url
    this.webContents.raise('did-navigate', {}, url)
  }

  /** The text of the notice that stands in the window, if one does. */
  notice(): string {
    const [, data] = /^data:text\/html;charset=utf-8;base64,(.*)$/.exec(this.shown.at(-1) ?? '') ?? []
    return data === undefined ? '' : Buffer.from(data, 'base64').toString()
  }
}

export class TrayStandIn extends Raiser implements ShellTray {
  readonly picture: string
  menu: MenuEntry[] = []
  toolTip = ''
  destroyed = false

  constructor(picture: string) {
    super()
    this.picture = picture
  }
  setToolTip = (text: string): void => void (this.toolTip = text)
  destroy = (): void => void (this.destroyed = true)
  setContextMenu = (menu: object | null): void => void (this.menu = templateOf(menu))
}

export class SessionStandIn extends Raiser implements ShellSession {
  request: Parameters<ShellSession['setPermissionRequestHandler']>[0] | undefined
  check: Parameters<ShellSession['setPermissionCheckHandler']>[0] | undefined
  device: Parameters<ShellSession['setDevicePermissionHandler']>[0] | undefined
  refuse: { urls: string[]; listener: Parameters<ShellSession['webRequest']['onBeforeRequest']>[1] } | undefined

  setPermissionRequestHandler: ShellSession['setPermissionRequestHandler'] = (handler) => void (this.request = handler)
  setPermissionCheckHandler: ShellSession['setPermissionCheckHandler'] = (handler) => void (this.check = handler)
  setDevicePermissionHandler: ShellSession['setDevicePermissionHandler'] = (handler) => void (this.device = handler)
  webRequest: ShellSession['webRequest'] = {
    onBeforeRequest: ({ urls }, listener) => void (this.refuse = { urls, listener }),
  }
}

class MenuStandIn {
  readonly template: MenuEntry[]
  constructor(template: MenuEntry[]) {
    this.template = template
  }
}

export function templateOf(menu: object | null): MenuEntry[] {
  return menu instanceof MenuStandIn ? menu.template : []
}

/** The entry with these words, however deep. Throws when there is none. */
export function entryOf(menu: readonly MenuEntry[], label: string): MenuEntry {
  const all = (entries: readonly MenuEntry[]): MenuEntry[] => entries.flatMap((entry) => [entry, ...all(entry.submenu ?? [])])
  const found = all(menu).find((entry) => entry.label === label)
  if (!found) throw new Error(`no menu entry ${label}`)
  return found
}

export class AppStandIn extends Raiser {
  readonly paths: Record<string, string>
  readonly removedSwitches: string[] = []
  readonly exits: number[] = []
  isPackaged = true
  sandboxed = false
  isFirst = true
  relaunched = false
  quits = 0
  badge = 0

  constructor(userData: string) {
    super()
    this.paths = { userData, appData: userData }
  }

  readonly commandLine = { removeSwitch: (name: string): void => void this.removedSwitches.push(name) }
  enableSandbox = (): void => void (this.sandboxed = true)
  requestSingleInstanceLock = (): boolean => this.isFirst
  whenReady = (): Promise<void> => Promise.resolve()
  getPath = (name: string): string => this.paths[name] ?? ''
  setPath = (name: string, path: string): void => void (this.paths[name] = path)
  getVersion = (): string => '1.2.3'
  getPreferredSystemLanguages = (): string[] => ['en-GB']
  setAboutPanelOptions = (): void => undefined
  setBadgeCount = (count = 0): boolean => {
    this.badge = count
    return true
  }
  relaunch = (): void => void (this.relaunched = true)
  onExit = (): void => undefined
  exit = (code = 0): void => {
    this.exits.push(code)
    this.onExit()
  }

  /** Quits as Electron does: the event first, and the end only when nobody objects. */
  quit = (): void => {
    this.quits++
    if (!this.hears('before-quit')) return
    const event = preventable()
    this.raise('before-quit', event)
    if (!event.prevented) this.exits.push(-1)
  }
}

/** One Electron for one test. `trayFails` is a desktop without a place for tray icons. */
export function standInForElectron(userData: string, { trayFails = false } = {}) {
  const app = new AppStandIn(userData)
  const session = new SessionStandIn()
  const ipcMain = new Raiser()
  const powerMonitor = new Raiser()
  const theme = Object.assign(new Raiser(), { shouldUseDarkColors: false })
  const windows: WindowStandIn[] = []
  const trays: TrayStandIn[] = []
  const asked: Electron.MessageBoxOptions[] = []
  const opened: string[] = []
  const boxes: string[] = []
  const state = {
    menu: [] as MenuEntry[],
    answer: 0 as number | Promise<number>,
    dialogFails: false,
    displays: [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
  }

  const electron: Shell = {
    app,
    BrowserWindow: class extends WindowStandIn {
      constructor(options: Electron.BrowserWindowConstructorOptions) {
        super(options)
        windows.push(this)
        if (app.hears('web-contents-created')) app.raise('web-contents-created', {}, this.webContents)
      }
    },
    Menu: {
      buildFromTemplate: (template) => new MenuStandIn(template),
      setApplicationMenu: (menu) => void (state.menu = templateOf(menu)),
    },
    Tray: class extends TrayStandIn {
      constructor(picture: string) {
        if (trayFails) throw new Error('no place for a tray icon')
        super(picture)
        trays.push(this)
      }
    },
    dialog: {
      showErrorBox: (title, content) => void boxes.push(`${title}: ${content}`),
      showMessageBox: (options) => {
        asked.push(options)
        if (state.dialogFails) throw new TypeError('dialog cannot be used before the app is ready')
        return Promise.resolve(state.answer).then((response) => ({ response }))
      },
    },
    ipcMain,
    nativeImage: { createFromPath: () => ({}) as Electron.NativeImage },
    nativeTheme: theme,
    powerMonitor,
    screen: { getAllDisplays: () => state.displays },
    session: { defaultSession: session },
    shell: {
      openExternal: (url) => {
        opened.push(url)
        return Promise.resolve()
      },
    },
  }
  return { electron, app, session, ipcMain, powerMonitor, theme, windows, trays, asked, boxes, opened, state }
}

export type ElectronStandIn = ReturnType<typeof standInForElectron>
