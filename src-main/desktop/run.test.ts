import { mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { clearUp, startDesktop, type Started, type StartOptions } from './testing/desktop.ts'

const started: Started[] = []
async function start(options?: StartOptions): Promise<Started> {
  const desktop = await startDesktop(options)
  started.push(desktop)
  return desktop
}
afterEach(async () => {
  for (const desktop of started.splice(0)) await clearUp(desktop)
})

describe('starting', () => {
  test('asks the host for loopback, any port and the data folder of this user', async () => {
    const desktop = await start()
    const { clock, ...asked } = desktop.serving.asked[0] ?? { clock: Date.now }
    expect(asked).toEqual({ dataFolder: join(desktop.folder, 'Hearthgrid', 'data'), port: 0, demo: false, desktop: true })
    expect(clock()).toBe(desktop.clock.now)
    expect(statSync(join(desktop.folder, 'Hearthgrid', 'data')).mode & 0o777).toBe(0o700)
  })

  test('hands on what the command line says', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hearthgrid-elsewhere-'))
    const data = join(folder, 'heat')
    const desktop = await start({
      folder,
      words: ['--no-sandbox', '.', '--data', data, '--host', '::1', '--port=0', '--demo', '--print-token'],
    })
    expect(desktop.serving.asked[0]).toMatchObject({ dataFolder: data, address: '::1', port: 0, demo: true })
    expect(desktop.app.paths['userData']).toBe(join(data, 'window'))
    expect(desktop.printed).toEqual(['API token: token-of-the-command-line'])
  })

  test('a second program on the same folder leaves before it touches anything', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hearthgrid-second-'))
    const desktop = await start({ folder, before: ({ app }) => (app.isFirst = false) })
    expect(desktop.app.quits).toBe(1)
    expect(desktop.serving.asked).toEqual([])
    expect(desktop.windows).toEqual([])
    expect(statSync(join(folder, 'Hearthgrid', 'data'), { throwIfNoEntry: false })).toBeUndefined()
  })

  test('a data folder that cannot be made is a message and the end, not a program without a window', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hearthgrid-refused-'))
    mkdirSync(join(folder, 'Hearthgrid'))
    writeFileSync(join(folder, 'Hearthgrid', 'data'), 'a file in the place of the folder')
    const desktop = await start({ folder })
    expect(desktop.boxes).toEqual([expect.stringMatching(/^Hearthgrid: EEXIST.*data/)])
    expect(desktop.app.exits).toEqual([1])
    expect(desktop.windows).toEqual([])
  })

  test('says what stood in the way, and starts nothing behind it', async () => {
    const desktop = await start({ startHost: () => Promise.reject(new Error('config.sqlite was written by a newer Hearthgrid <9.1>')) })
    expect(desktop.window().notice()).toContain('Hearthgrid could not start')
    expect(desktop.window().notice()).toContain('written by a newer Hearthgrid &#60;9.1&#62;')
    expect(desktop.window().notice()).toContain(join(desktop.folder, 'Hearthgrid', 'data', 'log'))
    expect(desktop.trays[0]?.toolTip).toBe('Hearthgrid: Not running: see the window')
    desktop.app.quit()
    await expect.poll(() => desktop.app.exits).toEqual([0])
  })

  test('a word it cannot follow is a message, not a guess', async () => {
    const desktop = await start({ words: ['--port', 'eighty'] })
    expect(desktop.window().notice()).toContain('--port must be a number from 0 to 65535, not eighty')
    expect(desktop.serving.asked).toEqual([])
  })

  test('the death of another process of the window system is in the log', async () => {
    const desktop = await start()
    desktop.app.raise('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 5 })
    desktop.app.raise('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit', exitCode: 0 })
    await expect.poll(() => desktop.log()).toContain('type=GPU reason=crashed exitCode=5')
    expect(desktop.log()).not.toContain('Utility')
  })
})

describe('the port', () => {
  const portOf = (desktop: Started) => desktop.serving.asked[0]?.port

  test('of last time is taken again, so that the page finds what it remembers', async () => {
    const first = await start()
    await first.serving.vanish()
    const second = await start({ folder: first.folder })
    expect(portOf(second)).toBeGreaterThan(0)
    expect(first.remembered()).toMatchObject({ port: portOf(second) })
  })

  test('is any free one when another program has it now', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const folder = mkdtempSync(join(tmpdir(), 'hearthgrid-port-'))
    mkdirSync(join(folder, 'Hearthgrid', 'data'), { recursive: true })
    writeFileSync(
      join(folder, 'Hearthgrid', 'data', 'desktop.json'),
      JSON.stringify({ keepRunning: true, toldThatItKeepsRunning: false, port }),
    )
    const desktop = await start({ folder })
    expect(portOf(desktop)).toBe(0)
    expect(desktop.remembered()).not.toMatchObject({ port })
    await new Promise((resolve) => other.close(resolve))
  })
})
