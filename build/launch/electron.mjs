import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { capture } from './child.mjs'
import { readStamp, remember } from './install.mjs'
import { root } from './node.mjs'
import { hasScreen } from './program.mjs'
import { step } from './progress.mjs'

const home = join(root, 'node_modules', 'electron')
const downloadLimitMs = 180_000

/** The Electron program on this machine, or null. Never loads the `electron` package, whose loading starts a download. */
export function electronProgram(env = process.env, folder = home) {
  const override = env.ELECTRON_OVERRIDE_DIST_PATH
  const pathFile = join(folder, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : executableName()
  const path = join(override || join(folder, 'dist'), name)
  return existsSync(path) ? path : null
}

/** Whether the window should be fetched now: a person at a screen, first start on these dependencies, nothing there yet. */
export function shouldFetch(env = process.env, tried = readStamp().windowTried === true) {
  return !tried && !env.CI && hasScreen(env) && existsSync(join(home, 'install.js')) && !electronProgram(env)
}

/** Tries once to fetch Electron. False when it did not come; the program then shows itself in a browser. */
export async function fetchElectron(node, limitMs = downloadLimitMs) {
  remember({ windowTried: true })
  try {
    await step('Fetching the window (Electron, once)', async () => {
      const result = await capture(node, [join(home, 'install.js')], { cwd: root, limitMs })
      if (result.code !== 0) throw new Error(result.text.trim().split('\n')[0])
    })
  } catch (error) {
    process.stderr.write(`The window could not be fetched (${error.message}). Hearthgrid starts without its own window.\n`)
    process.stderr.write('To try again later: node node_modules/electron/install.js\n')
    return false
  }
  return electronProgram() !== null
}

function executableName(platform = process.platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return platform === 'win32' ? 'electron.exe' : 'electron'
}
