import type { Merge } from './months.ts'
import { fileName } from './seal.ts'
import { writeSealed } from './sealed-file.ts'
import type { TidyOptions } from './tidy.ts'

/** Makes one file of several of a month. Questions go on with the old ones until they end. */
export async function merge({ database, sealed, timeZone }: TidyOptions, { month, files, level }: Merge): Promise<void> {
  await database.beside(async (connection) => {
    const { manifest } = sealed
    const generation = manifest.generation + 1
    const name = fileName(month, generation)
    const written = await writeSealed(connection, sealed.folder, name, {
      relations: files.map((file) => `${sealed.aliasOf(file)}.readings`),
      corrects: files.some(({ corrects }) => corrects),
      owner: database.owner,
      month,
      zone: timeZone,
      registers: sealed.registers,
    })
    const merged = new Set(files)
    const after = Math.min(...files.map((file) => file.after))
    const through = Math.max(...files.map((file) => file.through))
    const older = manifest.files.some((file) => file.month === month && !merged.has(file) && file.after < after)
    const entry = {
      name,
      month,
      after,
      through,
      level,
      ...written,
      zone: timeZone,
      corrects: older && files.some(({ corrects }) => corrects),
      thinned: false,
    }
    await sealed.attach(connection, entry)
    const place = manifest.files.findIndex((file) => merged.has(file))
    const kept = manifest.files.filter((file) => !merged.has(file))
    const behind = manifest.files.slice(0, place).filter((file) => !merged.has(file)).length
    await sealed.publish({ ...manifest, generation, files: [...kept.slice(0, behind), entry, ...kept.slice(behind)] })
    await sealed.retire(connection)
  })
}
