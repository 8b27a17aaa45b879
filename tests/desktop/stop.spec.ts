import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { isServing, notPacked, packedProgram, quit, remove, run, shellLog, startDesktop } from './program.ts'

test('quitting stores, and the next start finds everything where it was', async () => {
  const first = await startDesktop()
  expect(await quit(first)).toBe(0)
  expect(shellLog(first.folder)).toMatch(/stopped reason=quit stored=true/)
  expect(await isServing(first.url)).toBe(false)
  const second = await startDesktop(first.folder)
  expect(second.url).toBe(first.url)
  expect(await quit(second)).toBe(0)
  remove(first.folder)
})

test.describe('the packed program', () => {
  test.skip(packedProgram === null, notPacked)

  test('starts its threads out of the archive, serves, and stores when it is told to end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hearthgrid-packed-'))
    const { child, end, words } = run(packedProgram ?? '', ['--data', folder, '--print-token', '--demo', '--demo-days', '0'])
    await expect.poll(words, { timeout: 30_000 }).toContain('API token: ')
    const token = /API token: (\S+)/.exec(words())?.[1] ?? ''
    const url = /address=(http:\S+)/.exec(shellLog(folder))?.[1] ?? ''
    const answer = await fetch(`${url}/api/v1/devices`, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(200)
    const town = async (): Promise<unknown> => (await fetch(`${url}/api/v1/demo`, { headers: { authorization: `Bearer ${token}` } })).json()
    await expect.poll(town, { timeout: 60_000 }).toMatchObject({ running: true })
    child.kill('SIGTERM')
    const code = await end
    // Windows knows no request to end, only the end.
    if (process.platform !== 'win32') {
      expect(code).toBe(0)
      expect(shellLog(folder)).toMatch(/stopped reason=quit stored=true/)
    }
    remove(folder)
  })
})
