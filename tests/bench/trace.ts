import type { Browser, Page } from '@playwright/test'
import { sleep } from './measure.ts'

type TraceEvent = { name: string; ph: string; dur?: number; tdur?: number; pid: number; tid: number; args?: { name?: string } }

/** A task: how long it took, and for how long of it a processor worked on it, ms. */
export type Task = { took: number; worked: number }

/** The tasks of the page's main thread over a stretch of time; scripts, layout and painting included. */
export async function mainThreadTasks(browser: Browser, page: Page, ms: number): Promise<Task[]> {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline', 'devtools.timeline', '__metadata'] })
  await sleep(ms)
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  const mains = trace.traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
  // The page that works is the one whose main thread has the most to do.
  const byThread = mains.map(({ pid, tid }) =>
    trace.traceEvents.flatMap((event): Task[] =>
      event.pid === pid && event.tid === tid && event.ph === 'X' && event.name === 'RunTask'
        ? [{ took: (event.dur ?? 0) / 1000, worked: (event.tdur ?? event.dur ?? 0) / 1000 }]
        : [],
    ),
  )
  const [busiest] = byThread.sort((a, b) => total(b) - total(a))
  if (!busiest || busiest.length === 0) throw new Error('the trace has no task of the page')
  return busiest
}

function total(tasks: readonly Task[]): number {
  return tasks.reduce((all, { worked }) => all + worked, 0)
}
