import { useCallback, useEffect, useRef, useState } from 'react'
import type { RuleContent } from '#shared/alarms/rule.ts'
import type { Trial } from '#shared/alarms/trial-contract.ts'
import { useHost, useJob } from '../../host.ts'

type Run = { name: string; content: RuleContent }
type Ended = { content: RuleContent; trial: Trial | null; error: unknown }

/** A trial at a time: begun, followed and stopped here; it ends when the screen goes. */
export function useTrial() {
  const { call, now } = useHost()
  const [run, setRun] = useState<Run | null>(null)
  const [ended, setEnded] = useState<Ended | null>(null)
  const gone = useRef<AbortController | null>(null)
  const job = useJob(`alarms.trial.${run?.name ?? ''}`)
  useEffect(() => () => gone.current?.abort(), [])
  const begin = useCallback(
    (content: RuleContent, from: number, to: number) => {
      gone.current?.abort()
      const controller = new AbortController()
      gone.current = controller
      const name = `${now().toString(36)}${Math.random().toString(36).slice(2)}`
      setRun({ name, content })
      const finish = (end: Ended | null) => {
        if (gone.current !== controller) return
        gone.current = null
        setRun(null)
        if (end) setEnded(end)
      }
      call('alarms.tryRule', { content, from, to, job: name }, controller.signal).then(
        (trial) => finish({ content, trial, error: null }),
        (error: unknown) => finish(controller.signal.aborted ? null : { content, trial: null, error }),
      )
    },
    [call, now],
  )
  const stop = useCallback(() => {
    gone.current?.abort()
    gone.current = null
    setRun(null)
  }, [])
  const part = job && job.total > 0 ? job.done / job.total : 0
  return { running: run !== null, part, ended, begin, stop }
}
