import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { capture } from './child.mjs'
import { root } from './node.mjs'
import { findProgram, isExecutable } from './program.mjs'
import { step } from './progress.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable', 'microsoft-edge']

/** Flags for a browser that needs no network, no graphics card and no user of its own. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A browser of the Chromium family on this machine: the named one, the system's, then Playwright's own. Null without one. */
export function findChromium(env = process.env) {
  const named = env.CHROMIUM_PATH
  if (named) return named
  return findProgram(names, env) ?? fixedPlaces(env).find(isExecutable) ?? playwrightsOwn()
}

/** Puts a browser on this machine. Throws an Error that says what to do when none can be had. */
export async function installChromium(node) {
  const troubles = []
  for (const { title, commands } of ways(node)) {
    try {
      await step(title, async () => {
        for (const [command, ...args] of commands) {
          const result = await capture(command, args, { cwd: root, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
          if (result.code !== 0) throw new Error(`${title}: ${lastWords(result.text)}`)
        }
      })
    } catch (error) {
      troubles.push(error.message)
    }
    const found = findChromium()
    if (found) return found
  }
  throw new Error(
    [...troubles, 'No browser for the screen tests. Install Chromium, Chrome or Edge, or set CHROMIUM_PATH to one.'].join('\n'),
  )
}

// What a tool said last, without the stack of its own calls.
function lastWords(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s*at /.test(line))
  return lines.slice(-4).join(' ')
}

function ways(node) {
  const own = [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium']
  const playwright = { title: 'Installing Chromium for the screen tests (Playwright)', commands: [[node, ...own]] }
  if (!isDebianRoot()) return [playwright]
  const packages = ['apt-get', 'install', '-y', '-q', '--no-install-recommends', 'chromium']
  return [{ title: 'Installing Chromium for the screen tests (apt-get)', commands: [['apt-get', 'update', '-q'], packages] }, playwright]
}

/** Whether packages can be installed here without asking anybody. */
export function isDebianRoot() {
  if (process.platform !== 'linux' || process.getuid() !== 0 || !findProgram(['apt-get'])) return false
  return existsSync('/etc/os-release') && /^ID=.?debian/m.test(readFileSync('/etc/os-release', 'utf8'))
}

function fixedPlaces(env) {
  if (process.platform === 'darwin')
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  if (process.platform !== 'win32') return []
  const bases = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean)
  const below = [
    ['Google', 'Chrome', 'Application', 'chrome.exe'],
    ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ]
  return below.flatMap((parts) => bases.map((base) => join(base, ...parts)))
}

function playwrightsOwn() {
  try {
    const path = createRequire(import.meta.url)('@playwright/test').chromium.executablePath()
    return isExecutable(path) ? path : null
  } catch {
    return null
  }
}
