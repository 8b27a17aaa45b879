import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { HistoryPort, HistoryStatus, SealedFile } from '#shared/history/port.ts'
import type { Remote } from '#shared/rpc.ts'

const yearMs = 365.25 * 24 * 3_600_000
const dayMs = 24 * 3_600_000
const wholeLevel = 9

type Month = { month: string; files: number; rows: number; bytes: number; whole: boolean }

/** How large everything in a data folder is. `status`: as the host tells it, with what waits in memory. */
export async function measureStorage(dataFolder: string, call: Remote<HistoryPort>, status: HistoryStatus) {
  const { state, notice, samples, first, last, waiting, hot, sealed } = status
  const points = (await call.latest({})).series.length
  const sealedBytes = sum(sealed.map(({ bytes }) => bytes))
  const settings = sum(await Promise.all(['config.sqlite', 'config.sqlite-wal'].map((name) => sizeOf(join(dataFolder, name)))))
  const sizes = { exports: await bytesBelow(join(dataFolder, 'exports')), log: await bytesBelow(join(dataFolder, 'log')) }
  const all = await bytesBelow(dataFolder)
  const hotBytes = Math.max(0, status.databaseBytes - sealedBytes)
  const known = sealedBytes + hotBytes + status.journalBytes + settings + sizes.exports + sizes.log
  const { bavail, bsize } = await statfs(dataFolder)
  const sealedRows = sum(sealed.map(({ rows }) => rows))
  const perSample = sealedRows > 0 ? sealedBytes / sealedRows : null
  return {
    state,
    notice,
    samples,
    first,
    last,
    points,
    waiting,
    hot,
    bytes: { sealed: sealedBytes, hot: hotBytes, journal: status.journalBytes, settings, ...sizes, other: Math.max(0, all - known) },
    free: bavail * bsize,
    perSample,
    perPointYear: perPointYear(status, points, perSample),
    months: monthsOf(sealed),
  }
}

/** From what was stored so far: samples of a point in the time that is stored, and what a sample takes. */
function perPointYear({ samples, first, last }: HistoryStatus, points: number, perSample: number | null): number | null {
  if (perSample === null || first === null || last === null || last - first < dayMs || points === 0) return null
  return perSample * (samples / points) * (yearMs / (last - first))
}

function monthsOf(files: readonly SealedFile[]): Month[] {
  const months = new Map<string, Month>()
  for (const { month, level, rows, bytes } of files) {
    const known = months.get(month) ?? { month, files: 0, rows: 0, bytes: 0, whole: false }
    months.set(month, {
      month,
      files: known.files + 1,
      rows: known.rows + rows,
      bytes: known.bytes + bytes,
      whole: known.files === 0 && level === wholeLevel,
    })
  }
  return [...months.values()].toSorted((a, b) => b.month.localeCompare(a.month))
}

/** Second names of files that are held for a backup take no room of their own. */
async function bytesBelow(folder: string): Promise<number> {
  let bytes = 0
  const entries = await readdir(folder, { withFileTypes: true }).catch(whenMissing([]))
  for (const entry of entries) {
    if (entry.isDirectory()) bytes += entry.name === 'held' ? 0 : await bytesBelow(join(folder, entry.name))
    else if (entry.isFile()) bytes += await sizeOf(join(folder, entry.name))
  }
  return bytes
}

async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(({ size }) => size, whenMissing(0))
}

function whenMissing<T>(otherwise: T): (error: unknown) => T {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise
    throw error
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
