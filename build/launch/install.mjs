import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { capture } from './child.mjs'
import { root } from './node.mjs'
import { step } from './progress.mjs'

const modules = join(root, 'node_modules')
const stampFile = join(modules, '.hearthgrid.json')

/** Brings node_modules to what package-lock.json says. Throws an Error with npm's own words when npm fails. */
export async function install() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  const wanted = { lock: createHash('sha256').update(lock).digest('hex'), machine: machine() }
  const stamp = readStamp()
  if (stamp.lock === wanted.lock && stamp.machine === wanted.machine) return
  if (!isInstalled(JSON.parse(lock.toString()), readJson(join(modules, '.package-lock.json')), process)) {
    await step('Installing the dependencies', npmCi)
  }
  writeFileSync(stampFile, JSON.stringify(wanted))
}

/** What the launcher remembers about this node_modules; empty when it is new. */
export function readStamp() {
  return readJson(stampFile) ?? {}
}

export function remember(more) {
  writeFileSync(stampFile, JSON.stringify({ ...readStamp(), ...more }))
}

/** Whether the list that npm left in node_modules holds every package of the lock that this machine can use. */
export function isInstalled(lock, installed, { platform, arch }) {
  if (!installed) return false
  const fits = (list, name) => !list || list.includes(name) || (list.some((item) => item.startsWith('!')) && !list.includes(`!${name}`))
  return Object.entries(lock.packages).every(([path, entry]) => {
    const there = installed.packages[path]
    if (there) return there.version === entry.version
    if (path === '' || entry.peer) return true
    // Which libc and whether an optional package builds at all is npm's to decide; it must only not miss by platform.
    return entry.optional === true && !(entry.os && !entry.libc && fits(entry.os, platform) && fits(entry.cpu, arch))
  })
}

async function npmCi() {
  const [command, ...args] = npmCommand()
  const shell = command === 'npm' && process.platform === 'win32'
  const result = await capture(command, [...args, 'ci', '--loglevel=error', '--no-progress'], { cwd: root, shell })
  if (result.code !== 0) {
    const words = result.text.trim().split('\n').slice(-25).join('\n')
    throw new Error(`${words}\nThe dependencies could not be installed. The lines above are what npm said.`)
  }
}

function npmCommand() {
  const node = process.env.npm_node_execpath ?? process.execPath
  const asked = process.env.npm_execpath
  if (asked && asked.endsWith('npm-cli.js')) return [node, asked]
  const folder = dirname(process.execPath)
  const near = [join(folder, 'node_modules'), join(folder, '..', 'lib', 'node_modules')]
    .map((place) => join(place, 'npm', 'bin', 'npm-cli.js'))
    .find(existsSync)
  return near ? [process.execPath, near] : ['npm']
}

// musl and glibc need different binaries of the same platform.
function machine() {
  return `${process.platform}-${process.arch}`
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}
