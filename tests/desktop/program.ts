import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { electronProgram } from '../../build/launch/electron.mjs'
import { root } from '../../build/launch/node.mjs'

/** Chromium refuses its sandbox to the administrator of a Linux machine. */
const asRoot = process.platform === 'linux' && process.getuid?.() === 0
const flags = asRoot ? ['--no-sandbox'] : []

/** These tests run only where Electron is on the machine, see playwright.config.ts. */
export const program: string = electronProgram() ?? ''

export const packedProgram: string | null =
  [
    ['linux-unpacked', 'hearthgrid'],
    ['win-unpacked', 'Hearthgrid.exe'],
    ['mac', 'Hearthgrid.app', 'Contents', 'MacOS', 'Hearthgrid'],
    ['mac-arm64', 'Hearthgrid.app', 'Contents', 'MacOS', 'Hearthgrid'],
  ]
    .map((parts) => join(root, 'dist', ...parts))
    .find((path) => existsSync(path)) ?? null
export const notPacked = 'nothing is packed in dist/; npm run package -- --dir does it'

export type Desktop = { app: ElectronApplication; page: Page; folder: string; url: string }

/** Starts the desktop on a fresh folder, or on one that is there, and waits for the program's own page. */
export async function startDesktop(folder = mkdtempSync(join(tmpdir(), 'hearthgrid-electron-'))): Promise<Desktop> {
  const app = await _electron.launch({ executablePath: program, args: [...flags, root, '--data', folder], cwd: root })
  const page = await app.firstWindow()
  await page.waitForURL(/^http:\/\/127\.0\.0\.1:/)
  return { app, page, folder, url: new URL(page.url()).origin }
}

/** A start of a program by hand, with what it says and how it ends. */
export function run(executable: string, args: readonly string[]): { child: ChildProcess; words(): string; end: Promise<number | null> } {
  const child = spawn(executable, [...flags, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let words = ''
  child.stdout?.on('data', (chunk: Buffer) => (words += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()))
  const end = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return { child, words: () => words, end }
}

/** Asks the program to quit and resolves with its exit code, without waiting for an answer that cannot come any more. */
export async function quit({ app }: Desktop): Promise<number | null> {
  const child = app.process()
  const end = new Promise<number | null>((resolve) => child.once('close', resolve))
  await app.evaluate(({ app: electron }) => void setTimeout(() => electron.quit(), 0))
  return end
}

export const shellLog = (folder: string): string => readFileSync(join(folder, 'log', 'desktop', 'hearthgrid.log'), 'utf8')
export const isServing = (url: string): Promise<boolean> =>
  fetch(`${url}/api/v1/health`).then(
    ({ ok }) => ok,
    () => false,
  )
export const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true })
