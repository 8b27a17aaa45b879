import { randomUUID } from 'node:crypto'
import * as threads from 'node:worker_threads'

/** How long a thread that owns the name may take to say so. */
const askMs = 700

/** Resolves when another can take it. */
export type Release = () => Promise<void>
type Locks = {
  request(name: string, options: { ifAvailable: true }, work: (lock: unknown) => Promise<void> | void): Promise<unknown>
}
type Word = { ask: string } | { owned: string }

/**
 * Takes a name for this thread among all threads of this process; the end of the thread gives it back. Undefined when another
 * thread has it. Node has locks for this from 24.5 on; before, the threads ask each other.
 */
export function takeThread(name: string, locks: Locks | null = locksOf(threads)): Promise<Release | undefined> {
  return locks ? takeLock(locks, name) : askAround(name)
}

function locksOf(found: object): Locks | null {
  return 'locks' in found ? (found.locks as Locks) : null
}

function takeLock(locks: Locks, name: string): Promise<Release | undefined> {
  return new Promise((resolve, reject) => {
    const over: Promise<unknown> = locks.request(`hearthgrid ${name}`, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(undefined)
      return new Promise<void>((free) =>
        resolve(async () => {
          free()
          await over
        }),
      )
    })
    over.catch(reject)
  })
}

/** Of two threads that ask at the same time the one with the lower word gets the name. */
function askAround(name: string): Promise<Release | undefined> {
  const channel = new threads.BroadcastChannel(`hearthgrid ${name}`)
  const mine = randomUUID()
  return new Promise((resolve) => {
    let refused = false
    const refuse = () => {
      refused = true
      channel.close()
      resolve(undefined)
    }
    let owned = false
    channel.onmessage = (message) => {
      const word = (message as { data: Word }).data
      if (refused) return
      if ('owned' in word) {
        if (word.owned === mine) refuse()
      } else if (owned || mine < word.ask) channel.postMessage({ owned: word.ask } satisfies Word)
      else refuse()
    }
    channel.postMessage({ ask: mine } satisfies Word)
    setTimeout(() => {
      if (refused) return
      owned = true
      channel.unref()
      resolve(async () => channel.close())
    }, askMs)
  })
}
