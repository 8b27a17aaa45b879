// Everything the shell uses of Electron, and nothing else: what is missing here cannot be called by mistake. Compiled against
// Electron's own types in desktop.ts, so a name or an event that Electron does not have is an error there.
import type * as Electron from 'electron'

export type Preventable = { preventDefault(): void }
export type Navigation = Preventable & { url: string; isMainFrame: boolean }
export type Gone = Pick<Electron.RenderProcessGoneDetails, 'reason' | 'exitCode'>
export type Permission = string

export type ShellContents = Pick<
  Electron.WebContents,
  'getURL' | 'setWindowOpenHandler' | 'forcefullyCrashRenderer' | 'setBackgroundThrottling'
> & {
  on(event: 'will-navigate', listener: (details: Navigation) => void): unknown
  on(event: 'will-frame-navigate', listener: (details: Navigation) => void): unknown
  on(event: 'will-redirect', listener: (details: Navigation) => void): unknown
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown
  on(event: 'will-prevent-unload', listener: (event: Preventable) => void): unknown
  on(event: 'did-navigate', listener: (event: object, url: string) => void): unknown
  on(event: 'did-navigate-in-page', listener: (event: object, url: string, isMainFrame: boolean) => void): unknown
  on(
    event: 'did-fail-load',
    listener: (event: object, code: number, description: string, url: string, isMainFrame: boolean) => void,
  ): unknown
  on(event: 'render-process-gone', listener: (event: object, details: Gone) => void): unknown
}

export type ShellWindow = Pick<
  Electron.BrowserWindow,
  | 'show'
  | 'hide'
  | 'focus'
  | 'restore'
  | 'maximize'
  | 'isMinimized'
  | 'isMaximized'
  | 'isDestroyed'
  | 'getNormalBounds'
  | 'setBackgroundColor'
  | 'setOverlayIcon'
  | 'loadURL'
> & {
  webContents: ShellContents
  on(event: 'close', listener: (event: Preventable) => void): unknown
  on(event: 'resize', listener: () => void): unknown
  on(event: 'move', listener: () => void): unknown
  on(event: 'unresponsive', listener: () => void): unknown
  on(event: 'responsive', listener: () => void): unknown
  on(event: 'query-session-end', listener: (event: Preventable) => void): unknown
  on(event: 'session-end', listener: () => void): unknown
  once(event: 'ready-to-show', listener: () => void): unknown
}

export type ShellDownload = Pick<Electron.DownloadItem, 'getURL' | 'getURLChain'>

export type ShellSession = Pick<Electron.Session, 'setDevicePermissionHandler'> & {
  setPermissionRequestHandler(
    handler: (contents: ShellContents, permission: Permission, callback: (granted: boolean) => void) => void,
  ): void
  setPermissionCheckHandler(handler: (contents: ShellContents | null, permission: Permission, requestingOrigin: string) => boolean): void
  webRequest: {
    onBeforeRequest(
      filter: Electron.WebRequestFilter,
      listener: (details: { url: string }, callback: (response: Electron.CallbackResponse) => void) => void,
    ): void
  }
  on(event: 'will-download', listener: (event: Preventable, item: ShellDownload) => void): unknown
}

export type ShellApp = Pick<
  Electron.App,
  | 'isPackaged'
  | 'enableSandbox'
  | 'requestSingleInstanceLock'
  | 'quit'
  | 'exit'
  | 'relaunch'
  | 'getPath'
  | 'setPath'
  | 'getVersion'
  | 'getPreferredSystemLanguages'
  | 'setBadgeCount'
  | 'setAboutPanelOptions'
> & {
  commandLine: Pick<Electron.CommandLine, 'removeSwitch'>
  whenReady(): Promise<void>
  on(event: 'before-quit', listener: (event: Preventable) => void): unknown
  on(event: 'second-instance', listener: () => void): unknown
  on(event: 'activate', listener: () => void): unknown
  on(event: 'window-all-closed', listener: () => void): unknown
  on(event: 'web-contents-created', listener: (event: object, contents: ShellContents) => void): unknown
  on(event: 'child-process-gone', listener: (event: object, details: { type: string; reason: string; exitCode: number }) => void): unknown
}

/** Made by `buildFromTemplate` and handed on; nothing inside it is touched. */
export type ShellMenu = object
export type MenuEntry = Omit<Electron.MenuItemConstructorOptions, 'click' | 'submenu'> & { click?: () => void; submenu?: MenuEntry[] }

export type ShellTray = Pick<Electron.Tray, 'setToolTip' | 'destroy'> & {
  setContextMenu(menu: ShellMenu | null): void
  on(event: 'click', listener: () => void): unknown
}

/** The frame that sent a message; null once it is gone. */
export type Sender = { senderFrame: { origin: string; parent: object | null } | null }

export type Shell = {
  app: ShellApp
  BrowserWindow: new (options: Electron.BrowserWindowConstructorOptions) => ShellWindow
  Menu: { buildFromTemplate(template: MenuEntry[]): ShellMenu; setApplicationMenu(menu: ShellMenu | null): void }
  Tray: new (image: string) => ShellTray
  dialog: Pick<Electron.Dialog, 'showErrorBox'> & { showMessageBox(options: Electron.MessageBoxOptions): Promise<{ response: number }> }
  ipcMain: { on(channel: string, listener: (event: Sender, ...values: unknown[]) => void): unknown }
  nativeImage: Pick<typeof Electron.nativeImage, 'createFromPath'>
  nativeTheme: Pick<Electron.NativeTheme, 'shouldUseDarkColors'> & { on(event: 'updated', listener: () => void): unknown }
  powerMonitor: {
    on(event: 'suspend', listener: () => void): unknown
    on(event: 'resume', listener: () => void): unknown
    on(event: 'shutdown', listener: (event?: Preventable) => void): unknown
  }
  screen: { getAllDisplays(): Pick<Electron.Display, 'workArea'>[] }
  session: { defaultSession: ShellSession }
  shell: Pick<Electron.Shell, 'openExternal'>
}
