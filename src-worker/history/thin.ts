import type { SealedEntry } from './manifest.ts'
import { rangeOf } from './months.ts'
import { fileName } from './seal.ts'
import { writeThinned } from './sealed-file.ts'
import type { TidyOptions } from './tidy.ts'

/** Days that the samples of a series are kept, where that is not for ever. */
export type Keep = ReadonlyMap<number, number>

const dayMs = 24 * 3_600_000
const monthDays = 31

/** Months behind one that hold samples: a clock that jumps years ahead makes none of them, and so nothing old. */
function newerMonths(files: readonly SealedEntry[], month: string): number {
  return new Set(files.filter((file) => file.month > month).map((file) => file.month)).size
}

/**
 * Writes one month anew without the samples that are not to be kept any longer; their sums of hours, days and months stay. A month goes when all
 * of it is old enough. False when there is nothing to do.
 */
export async function thinNext({ database, sealed, clock }: TidyOptions, keep: Keep): Promise<boolean> {
  if (keep.size === 0) return false
  const shortest = Math.min(...keep.values())
  return await database.beside(async (connection) => {
    const { manifest } = sealed
    for (const entry of manifest.files) {
      const age = Math.min((clock() - rangeOf(entry.month).to) / dayMs, newerMonths(manifest.files, entry.month) * monthDays)
      if (age < shortest) continue
      const without = [...keep].filter(([, days]) => age >= days).map(([series]) => series)
      const alias = sealed.aliasOf(entry)
      const found = await connection.run(`SELECT 1 FROM ${alias}.readings WHERE series IN (${without.join(', ')}) LIMIT 1`)
      if ((await found.getRows()).length === 0) continue
      const generation = manifest.generation + 1
      const name = fileName(entry.month, generation)
      const written = await writeThinned(connection, sealed.folder, name, { alias, entry, owner: database.owner, without })
      const thinned = { ...entry, ...written, name, thinned: true }
      await sealed.attach(connection, thinned)
      await sealed.publish({ ...manifest, generation, files: manifest.files.map((file) => (file === entry ? thinned : file)) })
      await sealed.retire(connection)
      return true
    }
    return false
  })
}
