import { useEffect, useState } from 'react'
import type { Line, LineMessage } from '#shared/acquisition/line.ts'
import { useHost } from '../host.ts'

const everyMs = 1000
const shownMessages = 1000

export type Looked = {
  line: Line | null
  /** Oldest first. */
  messages: readonly LineMessage[]
  /** Messages that passed too fast to be kept. */
  lost: number
  error: Error | null
}

/** The line of a device, asked for every second while this is mounted; that is what makes the program listen. */
export function useLine(device: string): Looked {
  const { call } = useHost()
  const [looked, setLooked] = useState<Looked>({ line: null, messages: [], lost: 0, error: null })
  useEffect(() => {
    const gone = new AbortController()
    let since = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      try {
        const line = await call('acquisition.line', { device, since }, gone.signal)
        since = line.next
        setLooked((before) => ({
          line,
          messages: [...before.messages, ...line.messages].slice(-shownMessages),
          lost: before.lost + line.lost,
          error: null,
        }))
      } catch (error) {
        if (gone.signal.aborted) return
        setLooked((before) => ({ ...before, error: error instanceof Error ? error : new Error(String(error)) }))
      }
      if (!gone.signal.aborted) timer = setTimeout(() => void ask(), everyMs)
    }
    void ask()
    return () => {
      gone.abort()
      clearTimeout(timer)
    }
  }, [call, device])
  return looked
}
