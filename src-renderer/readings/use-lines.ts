import { useMemo, useState } from 'react'
import { useQueries } from '@tanstack/react-query'
import { useHost } from '../host.ts'
import { askFor, linesOf, momentsOf, pageRowsOf, type Line, type Page, type Question } from './pages.ts'

const none: readonly number[] = []

export type Lines = {
  /** Rows that can be scrolled to; more may follow while `exact` is false. */
  count: number
  exact: boolean
  at: (index: number) => Line
  /** Rows of the table itself, without those that tell of gaps. */
  rows: number
  pending: boolean
  error: unknown
  retry: () => void
}

/** How often sums that still grow are asked for again. */
const againMs = 300_000

/** The rows of a question. Pages come when the rows from `first` to `last` are on screen; of stored samples one after another. */
export function useLines(question: Question, seen: { first: number; last: number }, live: boolean): Lines {
  const { call } = useHost()
  const moments = useMemo(() => momentsOf(question), [question])
  const pageRows = pageRowsOf(question)
  const [starts, setStarts] = useState<{ of: Question; at: readonly number[] }>({ of: question, at: [] })
  const known = starts.of === question ? starts.at : none
  const wanted = useMemo(() => {
    if (!moments) return Array.from({ length: known.length + 1 }, (_, k) => k)
    const [from, to] = [Math.floor(seen.first / pageRows), Math.floor(seen.last / pageRows)]
    return Array.from({ length: to - from + 1 }, (_, k) => from + k)
  }, [moments, known.length, seen.first, seen.last, pageRows])
  const asked = wanted.flatMap((k) => {
    const input = askFor(question, moments, known, k)
    return input ? [{ k, input }] : []
  })
  const answers = useQueries({
    queries: asked.map(({ input }) => ({
      queryKey: ['history.table', input],
      queryFn: ({ signal }: { signal: AbortSignal }) => call('history.table', input, signal),
      staleTime: 60_000,
      refetchInterval: live && moments ? againMs : (false as const),
    })),
  })
  const pages = new Map<number, Page>()
  asked.forEach(({ k }, i) => {
    const page = answers[i]?.data
    if (page) pages.set(k, page)
  })
  const parts = useParts(question, moments ? [] : asked.map(({ k }) => pages.get(k)))
  const lastPage = moments ? undefined : pages.get(known.length)
  const next = lastPage?.next ?? null
  const nearEnd = seen.last >= parts.count - pageRows / 4
  if (next !== null && nearEnd) setStarts({ of: question, at: [...known, next] })
  const failed = answers.find(({ error }) => error)
  const rest = { pending: answers.some(({ isPending }) => isPending), error: failed?.error ?? null, retry: () => void failed?.refetch() }
  if (!moments) {
    const exact = lastPage !== undefined && next === null
    return { ...rest, count: parts.count + (exact ? 0 : 1), exact, at: parts.at, rows: parts.rows }
  }
  const count = Math.max(0, moments.length - 1)
  const at = (index: number): Line => {
    const page = pages.get(Math.floor(index / pageRows))
    const row = index % pageRows
    return page && row < page.at.length ? { kind: 'row', page, row } : { kind: 'waiting', at: moments[index] ?? null }
  }
  return { ...rest, count, exact: true, at, rows: count }
}

/** The pages of stored samples one behind the other, with the gaps between their rows; each is looked through once. */
function useParts(question: Question, pages: readonly (Page | undefined)[]) {
  const [known] = useState(() => new WeakMap<Page, { before: number; lines: Line[] }>())
  let before = question.from
  let rows = 0
  const parts: Line[][] = []
  const ends: number[] = []
  for (const page of pages) {
    if (!page) continue
    const found = known.get(page)
    const lines = found?.before === before ? found.lines : linesOf(page, before, page.next === null ? question.to : null)
    known.set(page, { before, lines })
    before = page.at.at(-1) ?? before
    rows += page.at.length
    parts.push(lines)
    ends.push((ends.at(-1) ?? 0) + lines.length)
  }
  const at = (index: number): Line => {
    const k = ends.findIndex((end) => index < end)
    return parts[k]?.[index - (ends[k - 1] ?? 0)] ?? { kind: 'waiting', at: null }
  }
  return { count: ends.at(-1) ?? 0, rows, at }
}
