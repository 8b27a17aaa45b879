import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { capture, follow } from './child.mjs'
import { electronProgram } from './electron.mjs'
import { hasForeignPeers } from './foreign.mjs'
import { environment, root } from './node.mjs'
import { hasScreen } from './program.mjs'
import { step } from './progress.mjs'
import { countPlaywright, countVitest, tally } from './results.mjs'

const results = join(root, 'tests', '.results')
const tool = (...path) => join(root, 'node_modules', ...path)

export const rooms = ['src-shared', 'src-main', 'src-worker', 'src-renderer', 'tests']
const testedFolders = ['src-shared', 'src-main', 'src-worker', 'src-renderer', 'build', 'tests/rules', 'tests/flows', 'tests/chaos']
const screenSizes = ['desktop-size', 'phone-size']

/** No colour codes in what is not a terminal, such as the log of a build server. */
const plain = process.stdout.isTTY || process.env.FORCE_COLOR ? {} : { NO_COLOR: '1' }

export function types(node) {
  return check('Types', async () => {
    const runs = await Promise.all(rooms.map((room) => runTool(node, [tool('typescript', 'bin', 'tsc'), '-p', room, '--pretty', 'false'])))
    return runs.find(({ code }) => code !== 0) ? { code: 1, text: runs.map(({ text }) => text).join('') } : { code: 0, text: '' }
  })
}

export function lint(node) {
  return check('Lint', () => runTool(node, [tool('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings', '--format=unix']))
}

export function format(node) {
  return check('Format', () => runTool(node, [tool('oxfmt', 'bin', 'oxfmt'), '--check', '.']))
}

export async function vitest(node) {
  const report = freshReport('vitest.json')
  const args = [tool('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await follow(node, args, { cwd: root, env: environment(node, plain) })
  return withForeign(countVitest(read(report), code, testedFolders))
}

export async function playwright(node, chromium) {
  const report = freshReport('playwright.json')
  const args = [tool('@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json']
  const env = environment(node, { ...plain, PLAYWRIGHT_JSON_OUTPUT_NAME: report, CHROMIUM_PATH: chromium })
  const code = await follow(node, args, { cwd: root, env })
  return withDesktop(countPlaywright(read(report), code, screenSizes))
}

// The files of tests/desktop count as skipped where the window cannot open.
function withDesktop(count) {
  const folder = join(root, 'tests', 'desktop')
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.spec.ts')) : []
  if (files.length === 0 || (hasScreen() && electronProgram() !== null)) return count
  const note = `tests/desktop (${files.length} files) needs Electron and a screen`
  return { ...count, skipped: count.skipped + files.length, notes: [...count.notes, note] }
}

// Without Linux there are no serial ports without hardware, and vitest.config.ts leaves these files out.
function withForeign(count) {
  if (hasForeignPeers) return count
  const files = readdirSync(join(root, 'tests', 'flows', 'foreign')).filter((file) => file.endsWith('.test.ts'))
  const note = `tests/flows/foreign (${files.length} files) needs Linux: Modbus and serial lines were not tried against other makers' programs`
  return { ...count, skipped: count.skipped + files.length, notes: [...count.notes, note] }
}

async function check(title, run) {
  let text = ''
  try {
    await step(title, async () => {
      const result = await run()
      text = result.text.trim()
      if (result.code !== 0) throw new Error(text || `ended with code ${result.code}`)
    })
    return tally(1, 0, 0)
  } catch (error) {
    process.stdout.write(`${error.message}\n`)
    return tally(0, 1, 0)
  }
}

function runTool(node, args) {
  return capture(node, args, { cwd: root, env: environment(node) })
}

function freshReport(name) {
  mkdirSync(results, { recursive: true })
  const path = join(results, name)
  rmSync(path, { force: true })
  return path
}

function read(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}
