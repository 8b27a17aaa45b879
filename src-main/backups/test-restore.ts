import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Backup } from '#shared/backups/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { Hold } from '#shared/history/port.ts'
import type { Host } from '../capability.ts'
import { checkDatabase } from '../database.ts'
import { countSamples } from './count.ts'
import { configPath } from './gather.ts'
import type { FileShelf, Shelved } from './shelf.ts'
import { withStore } from './second-store.ts'

type Wanted = { shelf: FileShelf; files: readonly Shelved[]; held: Pick<Hold, 'samples' | 'last'>; folder: string }

/**
 * Lays a backup out in `folder`, opens it as a start of the program would, reads everything in it and compares that with what was
 * stored when it was made. Answers what it found; only a cancelled test throws.
 */
export async function testRestore(
  host: Pick<Host, 'layout' | 'log' | 'clock' | 'timeZone'>,
  { shelf, files, held, folder }: Wanted,
  signal: AbortSignal,
  onStep: (done: number, total: number) => void,
): Promise<{ test: Backup['test']; months: Backup['months'] }> {
  const at = host.clock()
  const found: { samples: number; last: number | null; months: Backup['months'] } = { samples: 0, last: null, months: [] }
  let failure: Failure | null = null
  await rm(folder, { recursive: true, force: true })
  try {
    await shelf.layOut(files, folder, isSealed, { signal, onBytes: () => undefined })
    checkDatabase(join(folder, configPath))
    const options = { layout: host.layout, log: host.log, clock: host.clock, timeZone: host.timeZone, folder: join(folder, 'history') }
    Object.assign(found, await withStore(options, (call) => countSamples(call, host.timeZone, signal, onStep)))
    const read = found.months.reduce((sum, { samples }) => sum + samples, 0)
    if (found.samples !== held.samples || found.last !== held.last || read < held.samples)
      failure = new Failure('backup.testFailed', { expected: held.samples, found: Math.min(found.samples, read) })
  } catch (error) {
    if (error instanceof Failure && error.code === 'cancelled') throw error
    host.log.error('the test restore failed', { error: error instanceof Error ? error.message : String(error) })
    failure = error instanceof Failure ? error : new Failure('backup.testBroken', { reason: error instanceof Error ? error.message : '' })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const { samples, last, months } = found
  return { test: { at, ok: failure === null, samples, last, took: host.clock() - at, failure: failure?.report() ?? null }, months }
}

/** What nobody writes into once it is there. */
function isSealed(path: string): boolean {
  return path.startsWith('history/sealed/')
}
