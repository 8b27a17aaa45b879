import { useEffect, useRef, useState } from 'react'
import { useHost } from '../../host.ts'
import { parseProgress, startProgress, type Progress } from './progress.ts'

const saveAfterMs = 600

/** How far this person is, kept by the host, so that a reload or a restart loses nothing. `ready` once it is known what was kept. */
export function useProgress(): { progress: Progress; ready: boolean; change: (next: Progress) => void } {
  const { call } = useHost()
  const [progress, setProgress] = useState<Progress>(startProgress)
  const [ready, setReady] = useState(false)
  const unsaved = useRef<Progress>(undefined)
  useEffect(() => {
    const asking = new AbortController()
    call('commissioning.draft', {}, asking.signal).then(
      ({ draft }) => {
        setProgress((now) => (now === startProgress ? (parseProgress(draft) ?? now) : now))
        setReady(true)
      },
      // Without what was kept, connecting begins anew.
      () => !asking.signal.aborted && setReady(true),
    )
    return () => asking.abort()
  }, [call])
  useEffect(() => {
    if (!unsaved.current) return undefined
    const save = () => {
      const kept = unsaved.current
      if (!kept) return
      unsaved.current = undefined
      const draft = JSON.stringify(kept) === JSON.stringify(startProgress) ? null : JSON.stringify(kept)
      // What could not be kept is kept with the next change; nothing that is on the screen is lost.
      call('commissioning.saveDraft', { draft }).catch(() => (unsaved.current ??= kept))
    }
    const timer = setTimeout(save, saveAfterMs)
    return () => clearTimeout(timer)
  }, [call, progress])
  useEffect(
    () => () => {
      const kept = unsaved.current
      if (kept) void call('commissioning.saveDraft', { draft: JSON.stringify(kept) }).catch(() => undefined)
    },
    [call],
  )
  const change = (next: Progress) => {
    unsaved.current = next
    setProgress(next)
  }
  return { progress, ready, change }
}
