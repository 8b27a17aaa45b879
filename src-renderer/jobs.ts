import type { LiveEvent } from '#shared/live.ts'

export type Job = Extract<LiveEvent, { event: 'jobs' }>
export type Jobs = { take: (job: Job) => void; get: (name: string) => Job | undefined; subscribe: (listener: () => void) => () => void }

/** The newest word about each long piece of work of the host. */
export function createJobs(): Jobs {
  const jobs = new Map<string, Job>()
  const listeners = new Set<() => void>()
  return {
    take(job) {
      jobs.set(job.job, job)
      for (const listener of listeners) listener()
    },
    get: (name) => jobs.get(name),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
