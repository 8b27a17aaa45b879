import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { api, apiBase, livePath, type CallInput, type CallOutput, type OperationName } from '#shared/api.ts'
import type { LiveEvent } from '#shared/live.ts'
import { run } from './measure.ts'

const server = join(import.meta.dirname, '..', '..', 'out', 'main', 'server.js')
/** Series that one live connection may watch. */
const mostWatched = 5000
const ticksPerSecond = 100

export type Product = Awaited<ReturnType<typeof startProduct>>

/** The built program as a process of its own with an empty data folder, and the ways to ask it as another program would. */
export async function startProduct(folder = mkdtempSync(join(tmpdir(), 'bench-product-')), args: readonly string[] = []) {
  const program = run([server, '--headless', '--data', folder, '--print-token', ...args])
  const url = (await program.line((text) => text.startsWith('Hearthgrid is ready'))).split(' ').at(-1) ?? ''
  const token = (await program.line((text) => text.startsWith('API token'))).split(' ').at(-1) ?? ''
  const pid = program.child.pid ?? 0
  const sockets: WebSocket[] = []

  const call = async <N extends OperationName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const [capability, key] = name.split('.') as [keyof typeof api, string]
    const row = (api[capability] as Record<string, { method: string; path: string }>)[key]
    if (!row) throw new Error(`no operation ${name}`)
    const fields = input as Record<string, unknown>
    const address = new URL(
      url + apiBase + row.path.replaceAll(/\{(\w+)\}/g, (_match, field: string) => encodeURIComponent(String(fields[field]))),
    )
    const asQuery = row.method === 'GET' || row.method === 'DELETE'
    if (asQuery) for (const [field, value] of Object.entries(fields)) address.searchParams.append(field, String(value))
    const answer = await fetch(address, {
      method: row.method,
      headers: { authorization: `Bearer ${token}`, ...(asQuery ? {} : { 'content-type': 'application/json' }) },
      ...(asQuery ? {} : { body: JSON.stringify(fields) }),
    })
    const body: unknown = await answer.json()
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${JSON.stringify(body)}`)
    return body as CallOutput<N>
  }

  return {
    url,
    call,
    /** The plain answer to a GET below the API. */
    ask: (path: string) => fetch(url + apiBase + path, { headers: { authorization: `Bearer ${token}` } }),
    /** Watches series over as many live connections as it takes. */
    async watch(series: readonly number[], hear: (event: LiveEvent & { event: 'readings' }) => void): Promise<void> {
      for (let from = 0; from < series.length; from += mostWatched) {
        const socket = new WebSocket(url.replace('http', 'ws') + livePath, { headers: { authorization: `Bearer ${token}` } })
        sockets.push(socket)
        await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
        socket.on('message', (data: Buffer) => {
          const event = JSON.parse(data.toString()) as LiveEvent
          if (event.event === 'readings') hear(event)
        })
        socket.send(JSON.stringify({ watch: series.slice(from, from + mostWatched) }))
      }
    },
    /** CPU of the whole process since its start, in ms; NaN where the system does not tell. */
    cpuMs: () => (process.platform === 'linux' ? cpuMsOf(pid) : Number.NaN),
    residentMib: () => (process.platform === 'linux' ? statusOf(pid, 'VmRSS') : Number.NaN),
    peakMib: () => (process.platform === 'linux' ? statusOf(pid, 'VmHWM') : Number.NaN),
    folder,
    async stop() {
      for (const socket of sockets) socket.terminate()
      await program.stop()
    },
    drop: () => rmSync(folder, { recursive: true }),
  }
}

function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond
}

function statusOf(pid: number, field: string): number {
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024
}
