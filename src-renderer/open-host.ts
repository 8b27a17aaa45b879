import { QueryCache, QueryClient } from '@tanstack/react-query'
import { livePath } from '#shared/api.ts'
import { Failure } from '#shared/failures.ts'
import { createClient } from './client.ts'
import { askAgain, kindsOf, type Host } from './host.ts'
import { createJobs } from './jobs.ts'
import { LiveFeed } from './live.ts'
import { Recorder } from './recorder.ts'
import { createTicker } from './ticker.ts'

/** A list of thousands is not asked for as often as one of ten. */
const statusEveryMs = (devices: number) => Math.max(2000, 5 * devices)

/** Makes the page's one connection to the host. Nothing is sent before something on the screen asks. */
export function openHost(clock: () => number): Host {
  const { call, now } = createClient(clock)
  const queries = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: 60_000, gcTime: 300_000, refetchOnWindowFocus: true } },
    queryCache: new QueryCache({
      onError: (error, query) => {
        const signedOut = error instanceof Failure && error.code === 'access.required'
        if (signedOut && query.queryKey[0] !== 'users.me') void askAgain(queries, ['users.me'])
      },
    }),
  })
  const jobs = createJobs()
  const deviceCount = () => queries.getQueryData<unknown[]>(['devices.list', {}])?.length ?? 0
  const contactChanged = atMostEvery(
    () => statusEveryMs(deviceCount()),
    () => void askAgain(queries, ['devices.list', 'devices.get', 'acquisition.connections']),
  )
  // A table brings hundreds a second.
  const deviceChanged = atMostEvery(
    () => Math.max(250, 5 * deviceCount()),
    () => void askAgain(queries, kindsOf('device')),
  )
  // A flood of alarms changes thousands of rows in minutes.
  const openAlarms = () => queries.getQueryData<{ open: number }>(['alarms.summary', {}])?.open ?? 0
  const alarmsChanged = atMostEvery(
    () => Math.max(250, openAlarms() / 2),
    () => void askAgain(queries, kindsOf('alarm')),
  )
  const live = new LiveFeed({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${livePath}`,
    now,
    onEvent: (event) => {
      if (event.event === 'status') contactChanged()
      else if (event.event === 'changed' && event.kind === 'device') deviceChanged()
      else if (event.event === 'changed') void askAgain(queries, kindsOf(event.kind))
      else if (event.event === 'alarms') alarmsChanged()
      else if (event.event === 'jobs') {
        jobs.take(event)
        if (event.job.startsWith('history')) void askAgain(queries, kindsOf('history'))
      }
    },
    onOpen: (again) => {
      if (again) void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'devices.readSettings' })
    },
    // A session that has ended looks like a lost connection; asking who we are tells the two apart.
    onLost: () => void askAgain(queries, ['users.me']),
  })
  return { call, live, recorder: new Recorder(live, now), jobs, ticker: createTicker(now), queries, now }
}

/** Runs `work` at once, then at most once per `pause` ms, and once more at the end when it was asked for meanwhile. */
function atMostEvery(pause: () => number, work: () => void): () => void {
  let waiting = false
  let again = false
  const run = () => {
    if (waiting) {
      again = true
      return
    }
    waiting = true
    work()
    setTimeout(() => {
      waiting = false
      if (again) {
        again = false
        run()
      }
    }, pause())
  }
  return run
}
