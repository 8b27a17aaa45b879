import { useInfiniteQuery } from '@tanstack/react-query'
import type { CallInput, CallOutput } from '#shared/api.ts'
import { useHost } from '../../host.ts'

const pageSize = 200

type Question = Omit<CallInput<'alarms.history'>, 'limit' | 'before'>

/** Occurrences of a period, page after page; asked again when alarms change. */
export function useHistory(question: Question) {
  const { call } = useHost()
  return useInfiniteQuery<CallOutput<'alarms.history'>, Error, { pages: CallOutput<'alarms.history'>[] }, unknown[], string | undefined>({
    queryKey: ['alarms.history', question],
    queryFn: ({ pageParam, signal }) => call('alarms.history', { ...question, limit: pageSize, before: pageParam }, signal),
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}
