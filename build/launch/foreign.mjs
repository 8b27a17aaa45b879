import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { capture } from './child.mjs'
import { isDebianRoot } from './chromium.mjs'
import { root } from './node.mjs'
import { findProgram, isExecutable } from './program.mjs'
import { step } from './progress.mjs'

/** The Python that Debian's packages belong to; another may come first in PATH. */
export const systemPython = '/usr/bin/python3'

/** Debian packages of other makers' Modbus, of cables to them, of spreadsheets, of printed pages and of mail, that the tests talk to. */
const packages = {
  socat: () => hasProgram('socat'),
  mbpoll: () => hasProgram('mbpoll'),
  gcc: () => hasProgram('gcc'),
  'libc6-dev': () => existsSync('/usr/include/stdio.h'),
  'libmodbus-dev': () => existsSync('/usr/include/modbus/modbus.h'),
  'python3-pymodbus': () => hasPython('pymodbus'),
  'python3-serial-asyncio': () => hasPython('serial_asyncio'),
  'python3-openpyxl': () => hasPython('openpyxl'),
  'python3-aiosmtpd': () => hasPython('aiosmtpd'),
  'poppler-utils': () => hasProgram('pdffonts'),
}

/** Debian packages of the databases that tests/bench measures beside. */
export const databasePrograms = {
  postgresql: () => newestPostgres() !== undefined,
  'victoria-metrics': () => hasProgram('victoria-metrics'),
}

/** Serial ports without hardware, and all of these programs, are to be had on Linux only. */
export const hasForeignPeers = process.platform === 'linux'

/**
 * Those of them that are not on this machine.
 * @param {Record<string, () => boolean>} wanted
 */
export function missingPrograms(wanted = packages) {
  return Object.keys(wanted).filter((name) => !wanted[name]())
}

/**
 * Puts them on this machine where that can be done without asking. Where it cannot, the tests say themselves what is missing.
 * @param {Record<string, () => boolean>} wanted
 */
export async function installForeignPeers(wanted = packages) {
  const missing = hasForeignPeers && isDebianRoot() ? missingPrograms(wanted) : []
  if (missing.length === 0) return
  const title = 'Installing the programs of others that the tests talk to (apt-get)'
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await step(title, async () => {
    for (const args of [
      ['update', '-q'],
      ['install', '-y', '-q', '--no-install-recommends', ...missing],
    ]) {
      const result = await capture('apt-get', args, { cwd: root, env })
      if (result.code !== 0) throw new Error(`${title}: ${result.text.trim().split('\n').slice(-4).join(' ')}`)
    }
  })
}

/** Where Debian keeps the programs of the newest PostgreSQL server on this machine, or undefined. */
export function newestPostgres() {
  const home = '/usr/lib/postgresql'
  const versions = existsSync(home) ? readdirSync(home).sort((a, b) => Number(b) - Number(a)) : []
  return versions.map((version) => join(home, version, 'bin')).find((programs) => isExecutable(join(programs, 'postgres')))
}

function hasProgram(name) {
  return findProgram([name]) !== null
}

function hasPython(module) {
  if (!isExecutable(systemPython)) return false
  try {
    execFileSync(systemPython, ['-c', `import ${module}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
