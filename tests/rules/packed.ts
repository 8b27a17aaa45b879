import { chmodSync, cpSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Stands before the row of fuses in the real program; electron-builder looks for it. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const untouchedFuses = '101100001'

/** One file inside an archive. `at` is where its bytes begin in the archive file; undefined when it lies beside the archive. */
export type Packed = { size: number; at: number | undefined; hash: string }

type Node = { files?: Record<string, Node>; size?: number; offset?: string; unpacked?: boolean; integrity?: { hash: string } }

/** A folder that electron-builder takes for an Electron of this version: a program without code, its fuses, languages, licences. */
export function makeDistribution(folder: string, version: string, languages: readonly string[]): void {
  mkdirSync(join(folder, 'locales'), { recursive: true })
  mkdirSync(join(folder, 'resources'))
  const program = join(folder, 'electron')
  writeFileSync(
    program,
    Buffer.concat([
      Buffer.from(`stands in for Electron ${fuseSentinel}`),
      Buffer.from([1, untouchedFuses.length]),
      Buffer.from(untouchedFuses),
    ]),
  )
  chmodSync(program, 0o755)
  writeFileSync(join(folder, 'version'), version)
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), 'stands in')
  for (const language of languages) writeFileSync(join(folder, 'locales', `${language}.pak`), 'stands in')
}

/** The state of each fuse in the order of Electron: '1' on, '0' off, 'r' removed. */
export function readFuses(program: string): string {
  const bytes = readFileSync(program)
  const at = bytes.indexOf(fuseSentinel) + fuseSentinel.length
  const length = bytes[at + 1] ?? 0
  return bytes.subarray(at + 2, at + 2 + length).toString()
}

/** Every file of an asar archive by its path. */
export function readArchive(path: string): Map<string, Packed> {
  const bytes = readFileSync(path)
  const begin = 8 + bytes.readUInt32LE(4)
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Node
  const found = new Map<string, Packed>()
  const walk = (node: Node, at: string): void => {
    for (const [name, child] of Object.entries(node.files ?? {})) {
      const inner = at === '' ? name : `${at}/${name}`
      if (child.files) walk(child, inner)
      else
        found.set(inner, {
          size: child.size ?? 0,
          at: child.unpacked ? undefined : begin + Number(child.offset),
          hash: child.integrity?.hash ?? '',
        })
    }
  }
  walk(header, '')
  return found
}

export function contentOf(archive: string, { at, size }: Packed): Buffer {
  if (at === undefined) throw new Error('lies beside the archive')
  return readFileSync(archive).subarray(at, at + size)
}

/**
 * Lays the archive out as a folder of the same name, with what lies beside it beside it, so that Node can run what Electron
 * would. Inside Electron a file beside the archive can be read under both paths; so it can here.
 */
export function layOut(resources: string, target: string): string {
  const archive = join(resources, 'app.asar')
  const [app, beside] = [join(target, 'app.asar'), join(target, 'app.asar.unpacked')]
  cpSync(`${archive}.unpacked`, beside, { recursive: true })
  cpSync(beside, app, { recursive: true })
  const bytes = readFileSync(archive)
  for (const [path, { at, size }] of readArchive(archive)) {
    if (at === undefined) continue
    mkdirSync(dirname(join(app, path)), { recursive: true })
    writeFileSync(join(app, path), bytes.subarray(at, at + size))
  }
  return app
}

/** All files below a folder, with `/`, and their sizes. */
export function filesBelow(folder: string): Map<string, number> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path.slice(folder.length + 1).replaceAll('\\', '/'), statSync(path).size]
    }),
  )
}

/** Makes the import of electron mean the module at `url`. */
export function resolveHook(url: string): string {
  return `import { registerHooks } from 'node:module'
registerHooks({ resolve: (name, context, next) => (name === 'electron' ? { url: '${url}', shortCircuit: true } : next(name, context)) })`
}

/** A module like Electron's that waits for the window to sign in, says what it found, and quits. */
export function electronModule(standIn: string, userData: string): string {
  return `import { existsSync } from 'node:fs'
import { standInForElectron } from '${standIn}'
const { electron, app, windows, trays } = standInForElectron(${JSON.stringify(userData)})
app.onExit = () => process.exit(app.exits[0])
const waiting = setInterval(() => {
  const [window] = windows
  if (!window?.webContents.url.startsWith('http')) return
  clearInterval(waiting)
  const { icon, webPreferences } = window.options
  const signedIn = new URL(window.webContents.url).searchParams.has('launch')
  console.log(JSON.stringify({ signedIn, preload: existsSync(webPreferences.preload), icon: existsSync(icon), tray: existsSync(trays[0].picture) }))
  app.quit()
}, 50)
const { BrowserWindow, Menu, Tray, dialog, ipcMain, nativeImage, nativeTheme, powerMonitor, screen, session, shell } = electron
export { app, BrowserWindow, Menu, Tray, dialog, ipcMain, nativeImage, nativeTheme, powerMonitor, screen, session, shell }`
}
