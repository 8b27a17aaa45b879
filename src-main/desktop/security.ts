import type * as Electron from 'electron'
import type { Log } from '../log.ts'
import type { Shell, ShellApp, ShellContents, ShellDownload, ShellSession } from './module.ts'
import { isNoticePage } from './notice.ts'

/** Sites that a link in the window may open in the system's browser. Everything else outside the program is refused. */
const sites: readonly string[] = ['hearthgrid.io', 'docs.hearthgrid.io']

export type Rules = {
  /** Origin of the local server; undefined until it runs. */
  origin(): string | undefined
  /** Called instead of following "Open again" on a notice, because the way in needs a new sign-in link. */
  openAgain(): void
  preferences: Electron.WebPreferences
  log: Log
}

/** What a page may do: nothing that a page in a browser may not, but for the few words of the preload. */
export function pagePreferences(preload: string, version: string, developerTools: boolean): Electron.WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // The spelling checker fetches its dictionaries from the internet.
    spellcheck: false,
    devTools: developerTools,
    // A live chart keeps drawing behind another window; a hidden window is throttled, see window.ts.
    backgroundThrottling: false,
    additionalArguments: [`--hearthgrid-version=${version}`],
  }
}

/** Whether an address is a page of the local server. */
export function isOwn(address: string, origin: string | undefined): boolean {
  const url = URL.parse(address)
  if (!url || origin === undefined) return false
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.origin === origin && url.username === '' && url.password === ''
}

/** Whether a link leads to one of the few sites that the system's browser is opened for. */
export function mayOpenOutside(address: string): boolean {
  const url = URL.parse(address)
  if (!url) return false
  return url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '' && sites.includes(url.hostname)
}

/** Whether every step of a download came from the local server or out of one of its pages. */
export function isOwnDownload(item: ShellDownload, origin: string | undefined): boolean {
  const steps = [...item.getURLChain(), item.getURL()]
  return steps.every((step) => isOwn(step.startsWith('blob:') ? step.slice('blob:'.length) : step, origin))
}

/** Before the app is ready: every page sandboxed, no way in for a debugger once packaged, every page locked as it is made. */
export function lockApp(app: ShellApp, electron: Pick<Shell, 'shell'>, rules: Rules): void {
  app.enableSandbox()
  if (app.isPackaged) for (const name of ['remote-debugging-port', 'remote-debugging-pipe']) app.commandLine.removeSwitch(name)
  app.on('web-contents-created', (_event, contents) => lockContents(contents, electron, rules))
}

/** No permission but to show notices of alarms, no device, no file page, no foreign download. */
export function lockSession(session: ShellSession, { origin, log }: Rules): void {
  const isGranted = (permission: string, asking: string) => permission === 'notifications' && isOwn(asking, origin())
  session.setPermissionRequestHandler((contents, permission, callback) => {
    const granted = isGranted(permission, contents.getURL())
    if (!granted) log.warn('a permission was refused', { permission })
    callback(granted)
  })
  // Looked up without a page: Electron names only the origin that asks.
  session.setPermissionCheckHandler((_contents, permission, asking) => isGranted(permission, asking))
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest({ urls: ['file:///*'] }, ({ url }, callback) => {
    log.warn('a file page was refused', { address: shown(url) })
    callback({ cancel: true })
  })
  session.on('will-download', (event, item) => {
    if (isOwnDownload(item, origin())) return
    event.preventDefault()
    log.warn('a download was refused', { address: shown(item.getURL()) })
  })
}

function lockContents(contents: ShellContents, { shell }: Pick<Shell, 'shell'>, { origin, openAgain, preferences, log }: Rules): void {
  contents.on('will-navigate', (details) => {
    if (!isOwn(details.url, origin())) return details.preventDefault()
    if (!isNoticePage(contents.getURL())) return
    details.preventDefault()
    openAgain()
  })
  contents.on('will-frame-navigate', (details) => {
    if (isOwn(details.url, origin()) || (!details.isMainFrame && isEmptyFrame(details.url))) return
    details.preventDefault()
    log.warn('a page outside the program was refused', { address: shown(details.url) })
  })
  contents.on('will-redirect', (details) => {
    if (isOwn(details.url, origin())) return
    details.preventDefault()
    log.warn('a redirect out of the program was refused', { address: shown(details.url) })
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isOwn(url, origin())) return { action: 'allow', overrideBrowserWindowOptions: { webPreferences: preferences } }
    if (mayOpenOutside(url))
      shell.openExternal(url).catch((error: unknown) => log.warn('the browser could not be opened', { error: String(error) }))
    else log.warn('a link out of the program was refused', { address: shown(url) })
    return { action: 'deny' }
  })
}

function isEmptyFrame(address: string): boolean {
  return address === 'about:blank' || address === 'about:srcdoc'
}

/** An address without what may be secret in it, short enough for a log line. */
function shown(address: string): string {
  const url = URL.parse(address)
  return url ? `${url.protocol}//${url.host}${url.protocol === 'data:' ? '' : url.pathname}`.slice(0, 200) : address.slice(0, 40)
}
