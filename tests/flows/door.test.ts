import { expect, test } from 'vitest'
import { api, apiBase, livePath } from '#shared/api.ts'
import { startWorld } from './world.ts'

test('the health of a started server needs no session, everything else does', async () => {
  const { serving } = await startWorld()
  const health = await fetch(`${serving.url}${apiBase}/health`)
  expect([health.status, await health.json()]).toEqual([200, { status: 'ready', version: expect.stringMatching(/^\d+\.\d+\.\d+/) }])
  const open = Object.values(api)
    .flatMap((rows) => Object.values(rows))
    .filter(({ role }) => role === 'public')
  expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(['GET /health', 'GET /session', 'POST /session'])
  for (const rows of Object.values(api)) {
    for (const { method, path, role } of Object.values(rows)) {
      if (role === 'public') continue
      const answer = await fetch(serving.url + apiBase + path.replaceAll(/\{\w+\}/g, 'x'), {
        method,
        ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }),
      })
      expect([method, path, answer.status]).toEqual([method, path, 401])
    }
  }
})

test('a sign-in link gives a session cookie that scripts cannot read, once', async () => {
  const { serving } = await startWorld()
  const link = new URL(await serving.signInUrl())
  const take = () =>
    fetch(`${serving.url}${apiBase}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: link.searchParams.get('launch') }),
    })
  const first = await take()
  const cookie = first.headers.get('set-cookie') ?? ''
  expect(first.status).toBe(200)
  expect(cookie).toMatch(/^hearthgrid_[0-9a-f]{8}=.*HttpOnly.*SameSite=Strict/)
  expect((await take()).status).toBe(401)
  const me = await fetch(`${serving.url}${apiBase}/session`, { headers: { cookie: cookie.split(';')[0] ?? '' } })
  expect(await me.json()).toEqual({ actor: { name: 'Administrator', role: 'admin', via: 'screen' } })
})

test('a token of another installation opens nothing here', async () => {
  const [one, two] = [await startWorld(), await startWorld()]
  const ask = (token: string) => fetch(`${one.serving.url}${apiBase}/devices`, { headers: { authorization: `Bearer ${token}` } })
  expect((await ask(one.token)).status).toBe(200)
  expect((await ask(two.token)).status).toBe(401)
})

test('a foreign Host or Origin is refused on every kind of address', async () => {
  const { serving, token } = await startWorld()
  const { request } = await import('node:http')
  const status = (path: string, headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      request(serving.url + path, { headers: { authorization: `Bearer ${token}`, ...headers } }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
        .on('error', reject)
        .end()
    })
  for (const path of [`${apiBase}/health`, `${apiBase}/devices`, `${apiBase}/openapi.json`, '/', '/api-page/', '/nothing']) {
    expect([path, await status(path, { host: `evil.example:${serving.port}` })]).toEqual([path, 403])
    expect([path, await status(path, { origin: 'http://evil.example' })]).toEqual([path, 403])
  }
  expect(await status(`${apiBase}/devices`, { 'x-forwarded-host': 'evil.example' })).toBe(200)
  const upgrade = {
    connection: 'upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  }
  expect(await status(livePath, { ...upgrade, origin: 'http://evil.example' })).toBe(403)
})

test('the live socket needs a session and closes on nonsense', async () => {
  const { serving, token } = await startWorld()
  const { WebSocket } = await import('ws')
  const address = serving.url.replace('http', 'ws') + livePath
  const refused = await new Promise((resolve) =>
    new WebSocket(address).once('unexpected-response', (_request, answer) => resolve(answer.statusCode)),
  )
  expect(refused).toBe(401)
  const socket = new WebSocket(address, { headers: { authorization: `Bearer ${token}` } })
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.once('open', () => socket.send('{"watch":["all"]}'))
  expect(await closed).toBe(1008)
})

test('the description names every operation, and bad input names the field', async () => {
  const { serving, token, call } = await startWorld()
  const description = (await (await fetch(`${serving.url}${apiBase}/openapi.json`)).json()) as {
    openapi: string
    paths: Record<string, Record<string, { operationId: string }>>
  }
  const described = Object.values(description.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId))
  const known = Object.entries(api).flatMap(([capability, rows]) => Object.keys(rows).map((key) => `${capability}.${key}`))
  expect(description.openapi).toBe('3.1.0')
  expect(described.sort()).toEqual(known.sort())
  expect(JSON.stringify(description)).not.toContain('#/$defs/')
  await expect(call('devices.probe', { host: '', port: 502, unit: 1 })).rejects.toMatchObject({
    code: 'input.invalid',
    params: { fields: expect.stringContaining('host') },
  })
  const notJson = await fetch(`${serving.url}${apiBase}/devices`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{',
  })
  expect([notJson.status, ((await notJson.json()) as { code: string }).code]).toEqual([400, 'input.invalid'])
})
