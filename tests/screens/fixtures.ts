import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base, type Page } from '@playwright/test'
import type { CallInput, CallOutput, OperationName } from '#shared/api.ts'
import { request } from '../../src-renderer/client.ts'

const server = fileURLToPath(new URL('../../out/main/server.js', import.meta.url))
const startLimitMs = 60_000

/** A built Hearthgrid of its own on a free port of this machine, with an empty temporary data folder. */
export type Hearthgrid = {
  url: string
  dataFolder: string
  /** Asks an operation as the administrator, past the screens. */
  call<N extends OperationName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>
  /** An address that signs in the first browser that opens it; good once. */
  signInUrl(): Promise<string>
  /** Asks the program to end and waits until it has stored everything. The data folder stays. */
  stop(): Promise<void>
}

/** Starts the built server. `args` as on the command line, such as `--demo`; a given data folder is used as it is. */
export async function startHearthgrid(
  args: readonly string[] = [],
  dataFolder = mkdtempSync(join(tmpdir(), 'hearthgrid-screens-')),
): Promise<Hearthgrid> {
  const child = spawn(process.execPath, [server, '--port', '0', '--data', dataFolder, '--print-token', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = await started(child)
  const url = said(/ready at (http\S+)/)
  const authorization = `Bearer ${said(/API token: (\S+)/)}`

  const call = async <N extends OperationName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const { url: path, init } = request(name, input as Record<string, unknown>)
    const headers = new Headers(init.headers)
    headers.set('authorization', authorization)
    const response = await fetch(url + path, { ...init, headers })
    if (!response.ok) throw new Error(`${name} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as CallOutput<N>
  }
  if (args.includes('--demo')) await townOpen(async () => await call('simulator.status', {}))
  return {
    url,
    dataFolder,
    call,
    signInUrl: async () => url + (await call('users.createLink', {})).path,
    stop: () => ended(child),
  }
}

type Options = { demo: boolean }
type Shared = Options & { hearthgrid: Hearthgrid }

/**
 * Tests of the screens. `hearthgrid`: one empty server for the tests of a file, shared with other files that change nothing lasting.
 * `signedIn`: a page that is signed in and shows the start.
 */
export const test = base.extend<{ signedIn: Page }, Shared>({
  demo: [false, { scope: 'worker', option: true }],
  hearthgrid: [
    async ({ demo }, use) => {
      const hearthgrid = await startHearthgrid(demo ? ['--demo', '--demo-days', '7'] : [])
      await use(hearthgrid)
      await hearthgrid.stop()
      rmSync(hearthgrid.dataFolder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: startLimitMs * 2 },
  ],
  signedIn: async ({ page, hearthgrid }, use) => {
    await page.goto(await hearthgrid.signInUrl())
    await use(page)
  },
})

/** The same with the demo town. Files that use it share its server, so each leaves the town as it was. */
export const townTest = test.extend({ demo: true })

export { expect } from '@playwright/test'

/** Waits until the server has said everything that it says at its start. Answers a finder for its words. */
async function started(child: ChildProcess): Promise<(pattern: RegExp) => string> {
  let text = ''
  const ready = new Promise<void>((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`Hearthgrid did not start (${reason}):\n${text}`))
    const timer = setTimeout(() => fail('too slow'), startLimitMs)
    child.once('exit', (code) => fail(`ended with code ${code}`))
    const listen = (chunk: Buffer) => {
      text += chunk.toString()
      if (!/API token: \S+\n/.test(text)) return
      clearTimeout(timer)
      resolve()
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
  })
  await ready.catch((error: unknown) => {
    child.kill('SIGKILL')
    throw error
  })
  return (pattern) => {
    const found = pattern.exec(text)?.[1]
    if (found === undefined) throw new Error(`Hearthgrid did not say ${String(pattern)}:\n${text}`)
    return found
  }
}

/** The town opens behind the start of the program. */
async function townOpen(status: () => Promise<CallOutput<'simulator.status'>>): Promise<void> {
  const until = Date.now() + startLimitMs
  while (!(await status()).running) {
    if (Date.now() > until) throw new Error('the demo town did not open')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}
