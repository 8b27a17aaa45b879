import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { onTestFinished } from 'vitest'
import { api, apiBase, livePath, type CallInput, type CallOutput, type OperationName } from '#shared/api.ts'
import { loadProfiles } from '#shared/devices/load.ts'
import type { LiveEvent } from '#shared/live.ts'
import { connect, type Remote } from '#shared/rpc.ts'
import type { SimulatorPort, Station } from '#shared/simulator/port.ts'
import { findLayout } from '../../src-main/layout.ts'
import { readJsonFiles } from '../../src-main/resources.ts'
import { serve, type Serving } from '../../src-main/serve.ts'

export const quarterHour = 15 * 60_000
const layout = findLayout(new URL('../../src-main/serve.ts', import.meta.url).href)
export const profiles = loadProfiles(readJsonFiles(join(layout.resources, 'profiles')))

export const newFolder = () => mkdtempSync(join(tmpdir(), 'hearthgrid-'))

/** A whole Hearthgrid on a folder, stopped at the end of the test unless the test has stopped it. */
export async function startWorld(options: { folder?: string; clock?: () => number; demoDays?: number } = {}) {
  const serving = await serve({
    dataFolder: options.folder ?? newFolder(),
    desktop: false,
    clock: options.clock ?? Date.now,
    demo: options.demoDays !== undefined,
    demoDays: options.demoDays,
  })
  let stopped = false
  const stop = async () => {
    if (stopped) return
    stopped = true
    await serving.stop()
  }
  onTestFinished(stop)
  const token = await serving.apiToken()
  return { serving, stop, token, call: caller(serving, token) }
}

/** Asks over HTTP as another program would. Rejects with { code, params } as the server sent it. */
export function caller(serving: Serving, token: string) {
  return async <N extends OperationName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const [capability, key] = name.split('.') as [keyof typeof api, string]
    const row = (api[capability] as Record<string, { method: string; path: string }>)[key]
    if (!row) throw new Error(`no operation ${name}`)
    const rest = { ...(input as Record<string, unknown>) }
    const path = row.path.replaceAll(/\{(\w+)\}/g, (_match, field: string) => {
      const value = encodeURIComponent(String(rest[field]))
      delete rest[field]
      return value
    })
    const url = new URL(serving.url + apiBase + path)
    const hasBody = row.method !== 'GET' && row.method !== 'DELETE'
    if (!hasBody)
      for (const [field, value] of Object.entries(rest)) for (const one of [value].flat()) url.searchParams.append(field, String(one))
    const answer = await fetch(url, {
      method: row.method,
      headers: { authorization: `Bearer ${token}`, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
      ...(hasBody ? { body: JSON.stringify(rest) } : {}),
    })
    const body: unknown = await answer.json()
    if (!answer.ok) throw Object.assign(new Error(`${answer.status} ${JSON.stringify(body)}`), body)
    return body as CallOutput<N>
  }
}

/** A simulated controller on a loopback port of its own, of the profile named, with the worker's own functions to poke it. */
export async function startControllers(
  stations: Partial<Station>[] = [{}],
): Promise<{ ports: number[]; simulator: Remote<SimulatorPort>; stop(): Promise<void> }> {
  const thread = new Worker(layout.worker('simulator'))
  const { call } = connect<SimulatorPort>(thread, () => undefined)
  const profile = profiles.find(({ id }) => id === 'danfoss/ecl310-a266.1')
  if (!profile) throw new Error('the A266.1 profile is missing')
  const full = stations.map((station, i) => ({
    name: `Station ${i}`,
    place: '',
    seed: i + 1,
    profile,
    orderCode: 3040,
    serial: 1000 + i,
    ...station,
  }))
  const opened = await call.open({ stations: full, ports: null, host: '127.0.0.1' })
  const stop = async () => {
    await thread.terminate()
  }
  onTestFinished(stop)
  return { ports: opened.stations.map(({ port }) => port), simulator: call, stop }
}

/** A live socket of a program with a token; `until` resolves with the first event that fits. */
export async function listen(serving: Serving, token: string) {
  const { WebSocket } = await import('ws')
  const socket = new WebSocket(serving.url.replace('http', 'ws') + livePath, { headers: { authorization: `Bearer ${token}` } })
  const events: LiveEvent[] = []
  const waiting = new Set<() => void>()
  socket.on('message', (data: unknown) => {
    events.push(JSON.parse(String(data)) as LiveEvent)
    for (const look of waiting) look()
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  onTestFinished(() => socket.terminate())
  return {
    watch: (series: number[]) => socket.send(JSON.stringify({ watch: series })),
    events,
    until: <E extends LiveEvent>(fits: (event: LiveEvent) => event is E): Promise<E> =>
      new Promise((resolve) => {
        const look = () => {
          const found = events.find(fits)
          if (!found) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
  }
}

/** Asks again every 50 ms until the answer fits. The test's own time-out is the limit. */
export async function eventually<T>(ask: () => Promise<T> | T, fits: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (fits(answer)) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
