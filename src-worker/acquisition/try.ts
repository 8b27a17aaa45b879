import type { Address, Task } from '#shared/acquisition/port.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import type { TestRow } from '#shared/profiles/contract.ts'
import { readOnce, type ReadOnce } from '#shared/profiles/read-once.ts'
import { askerFor, meaningIn, type Asker } from './asker.ts'
import { Links } from './links.ts'
import { usualTiming, type Timing } from './timing.ts'

/**
 * Reads every point of a profile once at an address, with the drivers and the block planning of every day, on a connection of its
 * own. Rejects with the Failure when there is no contact.
 */
export async function tryProfile(
  profile: FlatProfile,
  address: Address,
  options: { clock: () => number; secret?: string | undefined; timing?: Timing },
): Promise<ReadOnce> {
  const links = new Links(options.timing ?? usualTiming, options.clock)
  const { protocol, points, limits } = profile
  const task: Task = { device: '', address, secret: options.secret, protocol, points, series: [], limits, unserved: [], lastSlot: null }
  const asker = askerFor(task, links, { linkClosed: () => undefined })
  try {
    return protocol === 'modbus' ? await readOnce(profile, (block) => wordsOf(asker, block)) : await valuesOf(profile, asker)
  } finally {
    asker.release()
  }
}

async function wordsOf(asker: Asker, block: Parameters<Asker['read']>[1]) {
  const { data, answerMs } = await asker.read('person', block)
  return { words: data as Uint16Array, answerMs }
}

async function valuesOf({ points }: FlatProfile, asker: Asker): Promise<ReadOnce> {
  const block = { area: 'holding', address: 0, count: 0, points } as const
  const { data, answerMs } = await asker.read('person', block)
  const rows = points.map(({ id, number }, i): TestRow => {
    const { value, quality } = meaningIn(data, block, i)
    return { id, number, words: null, raw: null, value, quality, failure: null }
  })
  return { rows, answerMs, requests: 1 }
}
