import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { root } from './launch/node.mjs'

const limitMs = 120_000

/** Runs `npm start` as npm would run it, without a screen unless the surroundings say so. */
function start(args: readonly string[], surroundings: NodeJS.ProcessEnv = {}, shell: readonly string[] = []) {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, CI: _ci, INIT_CWD: _cwd, NODE_OPTIONS: _options, ...env } = process.env
  const [command = '', ...words] = [...shell, process.execPath, join(root, 'build', 'start.mjs'), ...args]
  const child = spawn(command, words, { cwd: root, env: { ...env, ...surroundings }, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  const watchers = new Set<() => void>()
  const hear = (chunk: Buffer) => {
    text += chunk.toString()
    for (const look of watchers) look()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)))
  const said = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(text)
        if (found) resolve(found[1] ?? found[0])
      }
      watchers.add(look)
      look()
      void ended.then((code) => reject(new Error(`ended with ${code} before it said ${String(pattern)}:\n${text}`)))
    })
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })
  return { child, said, ended, text: () => text }
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'hearthgrid start '))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

function program(name: string, script: string): string {
  const place = folder()
  writeFileSync(join(place, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(place, name), 0o755)
  return place
}

describe('npm start', () => {
  test('without a screen serves, says its address, and ends with code 0 when asked to', { timeout: limitMs }, async () => {
    const running = start(['--headless', '--port', '0', '--data', folder()])
    const url = await running.said(/ready at (http\S+)/)
    const health = await fetch(`${url}/api/v1/health`)
    expect(await health.json()).toMatchObject({ status: 'ready' })
    running.child.kill('SIGTERM')
    expect(await running.ended).toBe(0)
  })

  test.each([
    [['--headles'], 2, 'Unknown option --headles'],
    [['--help'], 0, 'Usage: npm start -- [options]'],
  ])('%j ends with code %i and words', async (args, code, words) => {
    const running = start(args)
    expect(await running.ended).toBe(code)
    expect(running.text()).toContain(words)
  })

  test('says so when npm kept an option for itself', async () => {
    const running = start([], { npm_config_headless: 'true' })
    expect(await running.ended).toBe(2)
    expect(running.text()).toContain('npm start -- --headless')
  })
})

// The stand-ins for a browser and for Electron are shell scripts.
describe.runIf(process.platform !== 'win32')('npm start at a screen', () => {
  test('without a window opens the browser on the sign-in link', { timeout: limitMs }, async () => {
    const place = folder()
    const note = join(place, 'opened')
    const PATH = [program('xdg-open', `echo "$1" > '${note}.part' && mv '${note}.part' '${note}'`), process.env['PATH']].join(delimiter)
    const running = start(['--browser', '--data', join(place, 'data')], { DISPLAY: ':0', PATH })
    const link = await running.said(/Sign-in link[^\n]*(http\S+)/)
    await expect.poll(() => existsSync(note), { timeout: 10_000 }).toBe(true)
    expect(readFileSync(note, 'utf8').trim()).toBe(link)
  })

  test('opens the window where Electron is, passes the words on and keeps its exit code', { timeout: limitMs }, async () => {
    const place = folder()
    const running = start(['--demo', '--data=x y'], {
      DISPLAY: ':0',
      INIT_CWD: place,
      ELECTRON_OVERRIDE_DIST_PATH: program('electron', 'for word in "$@"; do echo "<$word>"; done; exit 7'),
    })
    expect(await running.ended).toBe(7)
    expect(running.text()).toContain(`<${root}>\n<--demo>\n<--data>\n<${join(place, 'x y')}>`)
  })

  test('starts in the browser when the window’s program cannot run here', { timeout: limitMs }, async () => {
    const surroundings = {
      DISPLAY: ':0',
      PATH: '/nowhere',
      ELECTRON_OVERRIDE_DIST_PATH: program('electron', 'echo "cannot open libnss3.so"; exit 127'),
    }
    const running = start(['--data', folder()], surroundings)
    await running.said(/starts without its own window/)
    expect(await running.said(/ready at (http\S+)/)).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  test('ends when npm has been ended around it', { timeout: limitMs }, async () => {
    const shell = ['/bin/sh', '-c', '"$@"; exit 0', 'sh']
    const running = start(['--headless', '--data', folder()], { npm_lifecycle_event: 'start' }, shell)
    await running.said(/Sign-in link/)
    running.child.kill('SIGKILL')
    expect(await running.said(/Storing and stopping/)).toBeTruthy()
    await running.ended
  })
})
