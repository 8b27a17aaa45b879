import { useCallback, useEffect, useRef, useState } from 'react'
import type { CallInput, CallOutput } from '#shared/api.ts'
import { flatten } from '#shared/devices/flatten.ts'
import type { Point, Profile } from '#shared/devices/profile.ts'
import type { ProfileDocument, TestRow } from '#shared/profiles/contract.ts'
import { useHost } from '../host.ts'

type Address = CallInput<'profiles.testRead'>['address']

export type Tested = {
  answer: Omit<CallOutput<'profiles.testRead'>, 'rows'> & { total: number; good: number }
  rows: ReadonlyMap<string, { row: TestRow; point: Point | undefined }>
  /** UTC ms. */
  at: number
}

export type TestRead = {
  reading: boolean
  error: unknown
  tested: Tested | null
  read: (address: Address, document: ProfileDocument) => void
  forget: () => void
}

/** Reads every point at an address when asked; what came stays until the next answer. */
export function useTestRead(): TestRead {
  const { call, now } = useHost()
  const [state, setState] = useState<{ reading: boolean; error: unknown; tested: Tested | null }>({
    reading: false,
    error: null,
    tested: null,
  })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const read = useCallback(
    (address: Address, document: ProfileDocument) => {
      running.current?.abort()
      const abort = new AbortController()
      running.current = abort
      setState((before) => ({ ...before, reading: true, error: null }))
      call('profiles.testRead', { address, document }, abort.signal).then(
        (answer) => setState({ reading: false, error: null, tested: testedOf(document, answer, now()) }),
        (error: unknown) => {
          if (!abort.signal.aborted) setState((before) => ({ ...before, reading: false, error }))
        },
      )
    },
    [call, now],
  )
  const forget = useCallback(() => setState((before) => ({ ...before, error: null, tested: null })), [])
  return { ...state, read, forget }
}

function testedOf(document: ProfileDocument, { rows, ...answer }: CallOutput<'profiles.testRead'>, at: number): Tested {
  // The host has held the file to its check before it read with it.
  const points = new Map(flatten('test', document as Profile, new Map()).points.map((point) => [point.id, point]))
  return {
    answer: { ...answer, total: rows.length, good: rows.filter(({ quality }) => quality === 'good').length },
    rows: new Map(rows.map((row) => [row.id, { row, point: points.get(row.id) }])),
    at,
  }
}
