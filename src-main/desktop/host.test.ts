import { afterEach, expect, test } from 'vitest'
import { serve } from '../serve.ts'
import { startDesktop, type Started } from './testing/desktop.ts'
import type { WindowStandIn } from './testing/stand-in.ts'
import { rmSync } from 'node:fs'

let desktop: Started
afterEach(() => rmSync(desktop.folder, { recursive: true, force: true }))

async function quit({ app }: Started): Promise<void> {
  app.quit()
  await expect.poll(() => app.exits, { timeout: 15_000 }).toEqual([0])
}

/** What the page does with the link it was opened with. */
async function signIn(window: WindowStandIn): Promise<number> {
  const address = new URL(window.shown.at(-1) ?? '')
  const token = address.searchParams.get('launch')
  const answer = await fetch(`${address.origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address.origin },
    body: JSON.stringify({ token }),
  })
  return answer.status
}

test('on the real host: signs in, comes back after a crash with a link that signs in too, and stores when it quits', async () => {
  desktop = await startDesktop({ startHost: serve })
  const window = desktop.window()
  const first = window.shown.at(-1)
  expect(await signIn(window)).toBe(200)
  expect(await signIn(window)).toBe(401)

  window.webContents.raise('render-process-gone', {}, { reason: 'crashed', exitCode: 139 })
  await expect.poll(() => window.shown.at(-1)).not.toBe(first)
  expect(await signIn(window)).toBe(200)
  expect((await fetch(new URL('/api/v1/health', first))).status).toBe(200)

  await quit(desktop)
  await expect(fetch(new URL('/api/v1/health', first))).rejects.toThrow('fetch failed')

  const again = await startDesktop({ startHost: serve, folder: desktop.folder })
  expect(new URL(again.window().shown.at(-1) ?? '').origin).toBe(new URL(first ?? '').origin)
  expect(await signIn(again.window())).toBe(200)
  await quit(again)
})
