import type { Trouble } from '#shared/alarms/notify.ts'
import { doubt, failed, type Delivery } from './delivery.ts'

export type Request = {
  url: string
  method: string
  headers: Record<string, string>
  body: string | Uint8Array<ArrayBuffer> | null
  signal: AbortSignal
}
export type Answer = { status: number; headers: Headers; text: string }

const patienceMs = 15_000
/** Of an answer, so much is read. */
const mostBytes = 64 * 1024

const certificate = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/
const beforeTheRequest: Record<string, Trouble> = {
  ENOTFOUND: 'hostUnknown',
  EAI_AGAIN: 'hostUnknown',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  EPROTO: 'noTls',
  ERR_SSL_WRONG_VERSION_NUMBER: 'noTls',
}

/** Asks once over HTTP, without following to other places. Returns how it failed, in place of an answer, when there is none. */
export async function request({ url, signal, ...asked }: Request): Promise<Answer | Delivery> {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return failed('badSettings', url)
  if (signal.aborted) return failed('stopped', '')
  try {
    const answer = await fetch(url, {
      ...asked,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    })
    const { status, headers } = answer
    if (status >= 300 && status < 400) {
      await answer.body?.cancel()
      return failed('redirect', `${status} ${headers.get('location') ?? ''}`)
    }
    return { status, headers, text: await readSome(answer) }
  } catch (error) {
    return troubleOf(error, signal.aborted)
  }
}

export const isDelivery = (answer: Answer | Delivery): answer is Delivery => 'is' in answer

async function readSome(answer: Response): Promise<string> {
  if (!answer.body) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of answer.body) {
    bytes += chunk.length
    text += decoder.decode(chunk, { stream: true })
    if (bytes >= mostBytes) break
  }
  return text
}

function troubleOf(error: unknown, stopped: boolean): Delivery {
  const { name, message, cause } = error as { name?: string; message?: string; cause?: { code?: string; message?: string } }
  const code = cause?.code ?? ''
  const detail = cause?.message ?? message ?? String(error)
  const before = beforeTheRequest[code]
  if (before !== undefined) return failed(before, detail)
  if (certificate.test(code)) return failed('certificate', detail)
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) return failed('noTls', detail)
  if (code === 'ERR_INVALID_ARG_VALUE' || (name === 'TypeError' && code === '')) return failed('badSettings', detail)
  if (stopped) return doubt('stopped', detail)
  return doubt(name === 'TimeoutError' || code.includes('TIMEOUT') ? 'timeout' : 'lost', detail)
}

/** What a status other than 2xx means for the next try. */
export function failedStatus({ status, text }: Answer): Delivery {
  return failed(status === 429 || status === 503 ? 'serverBusy' : 'status', `${status} ${text}`, status === 410)
}
