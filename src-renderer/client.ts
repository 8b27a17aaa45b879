import { api, apiBase, type CallInput, type CallOutput, type OperationName } from '#shared/api.ts'
import { Failure, isFailureReport } from '#shared/failures.ts'
import type { Operation } from '#shared/contract.ts'

/** No answer came at all: the program has stopped, or the network between it and this page is down. */
export class HostUnreachable extends Error {}

export type Call = <N extends OperationName>(operation: N, input: CallInput<N>, signal?: AbortSignal) => Promise<CallOutput<N>>

export type Client = {
  /** Rejects with a Failure, with HostUnreachable, or with an AbortError when the signal fired. */
  call: Call
  /** UTC ms by the clock of the host, so that ages are right on a phone whose clock is wrong. */
  now: () => number
}

export function createClient(clock: () => number): Client {
  let ahead = 0
  const call: Call = async (operation, input, signal) => {
    const { url, init } = request(operation, input as Record<string, unknown>)
    const response = await fetch(url, { ...init, signal: signal ?? null, credentials: 'same-origin' }).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'AbortError') throw error
      throw new HostUnreachable('no answer', { cause: error })
    })
    ahead = skew(response.headers.get('date'), clock()) ?? ahead
    const body: unknown = await response.json().catch(() => null)
    if (response.ok) return body as never
    if (isFailureReport(body)) throw new Failure(body.code, body.params)
    if (response.status === 502 || response.status === 504) throw new HostUnreachable(`status ${response.status}`)
    throw new Failure('internal', { status: response.status })
  }
  return { call, now: () => clock() - ahead }
}

/** How far this machine's clock is ahead of the host's, ms. The header knows whole seconds, so small differences are none. */
function skew(date: string | null, now: number): number | null {
  const host = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(host)) return null
  const difference = now - host
  return Math.abs(difference) < 3000 ? 0 : difference
}

/** The HTTP request that the row of the operation describes. */
export function request(name: OperationName, input: Record<string, unknown>): { url: string; init: RequestInit } {
  const row = operationAt(name)
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined))
  const path = row.path.replace(/\{(\w+)\}/g, (_whole, field: string) => {
    const value = rest.get(field)
    rest.delete(field)
    return encodeURIComponent(String(value))
  })
  if (row.method !== 'GET' && row.method !== 'DELETE') {
    const body = JSON.stringify(Object.fromEntries(rest))
    return { url: apiBase + path, init: { method: row.method, body, headers: { 'content-type': 'application/json' } } }
  }
  const query = new URLSearchParams()
  for (const [field, value] of rest) for (const item of Array.isArray(value) ? value : [value]) query.append(field, String(item))
  return { url: apiBase + path + (query.size > 0 ? `?${query}` : ''), init: { method: row.method } }
}

function operationAt(name: OperationName): Operation {
  const [capability, key] = name.split('.')
  const rows: Record<string, Record<string, Operation>> = api
  const row = rows[capability ?? '']?.[key ?? '']
  if (!row) throw new Error(`no operation ${name}`)
  return row
}
