import { useMutation } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { ActedOn } from '#shared/alarms/contract.ts'
import type { AlarmRow } from '#shared/alarms/row.ts'
import type { Call } from '../../client.ts'
import { askAgain, kindsOf, useActor, useHost } from '../../host.ts'
import { actable, asksFirst, needs, type Act } from './acts.ts'

/** What a person adds: a comment or reason, and minutes on the shelf (null: until it clears). */
export type Said = { text: string; minutes: number | null }
export type Asked = { act: Act; rows: readonly AlarmRow[] }
export type Outcome = Asked & { answer: ActedOn }

const unsaid: Said = { text: '', minutes: null }

function send(call: Call, { act, rows }: Asked, { text, minutes }: Said): Promise<ActedOn> {
  const ids = rows.map(({ id }) => id)
  switch (act) {
    case 'acknowledge':
      return call('alarms.acknowledge', { ids, comment: text })
    case 'shelve':
      return call('alarms.shelve', { ids, minutes, reason: text })
    case 'remove':
      return call('alarms.remove', { ids, reason: text })
    case 'reset':
    case 'unshelve':
    case 'return':
      return call(`alarms.${act}`, { ids })
  }
}

/** Acting on alarms: what is asked before, what runs, and what came of it. */
export function useActs() {
  const { call, queries } = useHost()
  const { may } = useActor()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const mutation = useMutation<ActedOn, Error, { what: Asked; said: Said }>({
    mutationFn: ({ what, said }) => send(call, what, said),
    onSuccess: (answer, { what }) => {
      setAsked(null)
      setOutcome({ ...what, answer })
    },
    onSettled: () => void askAgain(queries, kindsOf('alarm')),
  })
  const { mutate, reset, isPending, error } = mutation
  /** Runs it on those of the rows that it fits, or asks first. Nothing happens where it fits none. */
  const start = useCallback(
    (act: Act, rows: readonly AlarmRow[]) => {
      const fitting = actable(act, rows)
      if (fitting.length === 0 || !may(needs[act])) return
      reset()
      setOutcome(null)
      if (asksFirst(act, fitting)) setAsked({ act, rows: fitting })
      else mutate({ what: { act, rows: fitting }, said: unsaid })
    },
    [may, mutate, reset],
  )
  const confirm = useCallback((what: Asked, said: Said) => mutate({ what, said }), [mutate])
  const cancel = useCallback(() => setAsked(null), [])
  const forget = useCallback(() => {
    setOutcome(null)
    reset()
  }, [reset])
  return useMemo(
    () => ({ asked, outcome, start, confirm, cancel, forget, busy: isPending, error }),
    [asked, outcome, start, confirm, cancel, forget, isPending, error],
  )
}
export type Acts = ReturnType<typeof useActs>
