import { useCallback, useEffect, useRef, useState } from 'react'
import { Failure, isFailureReport } from '#shared/failures.ts'
import { HostUnreachable, request } from '../client.ts'
import { useJob } from '../host.ts'
import { nameIn, type ExportChoice } from './export-choice.ts'
import type { Question } from './pages.ts'

export type Exporting = { state: 'idle' | 'running' | 'done'; share: number | null; name: string | null; error: unknown }

const idle: Exporting = { state: 'idle', share: null, name: null, error: null }

/**
 * Saves a table as a file. The browser keeps what arrives outside of this page, so that its size does not matter here, and hands over the file only
 * when all of it has come.
 */
export function useExport() {
  const [now, setNow] = useState<Exporting>(idle)
  const [job, setJob] = useState('none')
  const running = useRef<AbortController | null>(null)
  const progress = useJob(`history.export.${job}`)
  const cancel = useCallback(() => {
    running.current?.abort()
    running.current = null
    setNow(idle)
  }, [])
  useEffect(() => () => running.current?.abort(), [])
  const run = async (question: Question, choice: ExportChoice, language: string) => {
    cancel()
    const own = new AbortController()
    const name = `file-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`
    running.current = own
    setJob(name)
    setNow({ ...idle, state: 'running' })
    try {
      const saved = await fetchFile(question, choice, language, name, own.signal)
      if (!own.signal.aborted) setNow({ state: 'done', share: 1, name: saved, error: null })
    } catch (error) {
      if (!own.signal.aborted) setNow({ ...idle, error })
    }
  }
  const share = progress && now.state === 'running' ? Math.min(1, progress.done / Math.max(1, progress.total)) : now.share
  return { ...now, share, run, cancel }
}

async function fetchFile(
  { series, from, to, step, figures }: Question,
  choice: ExportChoice,
  language: string,
  job: string,
  signal: AbortSignal,
): Promise<string> {
  const words = { ...choice, bom: String(choice.bom), quality: String(choice.quality) }
  const { url } = request('history.export', { series, from, to, step, figures, ...words, language: language === 'de' ? 'de' : 'en', job })
  const answer = await fetch(url, { signal, credentials: 'same-origin' }).catch(lost)
  if (!answer.ok) {
    const body: unknown = await answer.json().catch(() => null)
    throw isFailureReport(body) ? new Failure(body.code, body.params) : new Failure('internal', { id: String(answer.status) })
  }
  const name = nameIn(answer.headers.get('content-disposition'))
  const address = URL.createObjectURL(await answer.blob().catch(lost))
  const link = Object.assign(document.createElement('a'), { href: address, download: name })
  link.click()
  // The browser needs the address until it has begun to save.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
  return name
}

function lost(error: unknown): never {
  throw error instanceof DOMException && error.name === 'AbortError' ? error : new HostUnreachable('no answer', { cause: error })
}
