import { useCallback, useEffect, useReducer, useRef } from 'react'
import type { CallInput } from '#shared/api.ts'
import type { OpcuaTreeNode } from '#shared/opcua/contract.ts'
import { useHost } from '../host.ts'
import type { loginOf } from './draft.ts'

type Branch = { state: 'loading' | 'ready' | 'failed'; nodes: readonly OpcuaTreeNode[]; more: string | null; error: unknown }
type Step =
  | { kind: 'asked' }
  | { kind: 'came'; nodes: OpcuaTreeNode[]; more: string | null; on: boolean }
  | { kind: 'failed'; error: unknown }

const start: Branch = { state: 'loading', nodes: [], more: null, error: null }

function next(branch: Branch, step: Step): Branch {
  if (step.kind === 'asked') return { ...branch, state: 'loading', error: null }
  if (step.kind === 'failed') return { ...branch, state: 'failed', error: step.error }
  return { state: 'ready', nodes: step.on ? [...branch.nodes, ...step.nodes] : step.nodes, more: step.more, error: null }
}

/** What lies below a node, a page at a time: a server gives the rest of a page only once. */
export function useBranch(login: ReturnType<typeof loginOf>, node: string | undefined) {
  const { call } = useHost()
  const [branch, tell] = useReducer(next, start)
  const running = useRef<AbortController>(undefined)
  const asked = JSON.stringify({ ...login, ...(node === undefined ? {} : { node }) })
  const load = useCallback(
    (cursor?: string) => {
      running.current?.abort()
      const mine = new AbortController()
      running.current = mine
      tell({ kind: 'asked' })
      const input = { ...(JSON.parse(asked) as CallInput<'opcua.browse'>), ...(cursor === undefined ? {} : { cursor }) }
      call('opcua.browse', input, mine.signal).then(
        ({ nodes, more }) => !mine.signal.aborted && tell({ kind: 'came', nodes, more, on: cursor !== undefined }),
        (error: unknown) => !mine.signal.aborted && tell({ kind: 'failed', error }),
      )
    },
    [call, asked],
  )
  useEffect(() => {
    load()
    return () => running.current?.abort()
  }, [load])
  return { ...branch, again: () => load(), loadMore: () => branch.more !== null && load(branch.more) }
}
