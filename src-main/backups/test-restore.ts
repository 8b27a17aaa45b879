import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Backup } from '#shared/backups/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { Hold } from '#shared/history/port.ts'
import type { Host } from '../capability.ts'
import { checkDatabase } from '../database.ts'
import { countSamples, type Counted, type Probe } from './count.ts'
import { configPath } from './gather.ts'
import type { FileShelf, Shelved } from './shelf.ts'
import { withStore } from './second-store.ts'

type Wanted = { shelf: FileShelf; files: readonly Shelved[]; held: Pick<Hold, 'samples' | 'last'>; before: Probe; folder: string }

/**
 * Lays a backup out in `folder` and opens it as a start of the program would: it must hold as many samples as were stored, the newest too,
 * and of some series no less can be read than could be in the store just before. Answers what it found; only a cancelled test throws.
 */
export async function testRestore(
  host: Pick<Host, 'layout' | 'log' | 'clock' | 'timeZone'>,
  { shelf, files, held, before, folder }: Wanted,
  signal: AbortSignal,
  onStep: (done: number, total: number) => void,
): Promise<{ test: Backup['test']; months: Backup['months']; probe: Probe }> {
  const at = host.clock()
  let found: Counted = { samples: 0, last: null, months: [], probe: { series: [], samples: 0 } }
  let failure: Failure | null = null
  await rm(folder, { recursive: true, force: true })
  try {
    await shelf.layOut(files, folder, isSealed, { signal, onBytes: () => undefined })
    checkDatabase(join(folder, configPath))
    const options = { layout: host.layout, log: host.log, clock: host.clock, timeZone: host.timeZone, folder: join(folder, 'history') }
    found = await withStore(options, (call) => countSamples(call, before.series, signal, onStep))
    const wrong = found.samples !== held.samples || found.last !== held.last
    if (wrong) failure = new Failure('backup.testFailed', { expected: held.samples, found: found.samples })
    else if (found.probe.samples < before.samples)
      failure = new Failure('backup.testFailed', { expected: before.samples, found: found.probe.samples })
  } catch (error) {
    if (error instanceof Failure && error.code === 'cancelled') throw error
    host.log.error('the test restore failed', { error: error instanceof Error ? error.message : String(error) })
    failure = error instanceof Failure ? error : new Failure('backup.testBroken', { reason: error instanceof Error ? error.message : '' })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const { samples, last, months, probe } = found
  return { test: { at, ok: failure === null, samples, last, took: host.clock() - at, failure: failure?.report() ?? null }, months, probe }
}

/** What nobody writes into once it is there. */
function isSealed(path: string): boolean {
  return path.startsWith('history/sealed/')
}
