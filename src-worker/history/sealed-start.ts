import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Failure } from '#shared/failures.ts'
import { Database } from './database.ts'
import { isMissing, setAside } from './disk.ts'
import type { Journal } from './journal.ts'
import { firstManifest, readManifest, sealedFolder, writeManifest, type Manifest } from './manifest.ts'
import { DamagedSealed, loseFile, removeUnlisted, Sealed } from './sealed.ts'
import type { StoreOptions } from './start.ts'

/**
 * The sealed files of a folder, as far as they are there whole by their size. What a kill left over goes; what is damaged is kept aside and
 * made anew later. Throws storage.failed when the list of them is lost and the journal does not have everything.
 */
export async function openSealed(options: StoreOptions, journal: Journal): Promise<Sealed> {
  const { folder, clock } = options
  const notices: string[] = []
  const manifest = await findManifest(options, journal, notices)
  await removeUnlisted(folder, manifest)
  const sealed = new Sealed(folder, manifest, notices)
  for (const entry of manifest.files) {
    if ((await sizeOf(join(sealedFolder(folder), entry.name))) !== entry.bytes) await loseFile(sealed, entry, clock)
  }
  return sealed
}

/** Opens the database on sealed files; such as it cannot attach are kept aside. */
export async function openOn(options: StoreOptions, journal: Journal, sealed: Sealed): Promise<Database> {
  for (;;) {
    try {
      // A journal that was lost does not make the sealed files another store's.
      return await Database.open({ ...options, owner: journal.owner ?? (sealed.manifest.owner || undefined), sealed })
    } catch (error) {
      if (!(error instanceof DamagedSealed)) throw error
      await loseFile(sealed, error.entry, options.clock)
    }
  }
}

async function findManifest({ folder, clock }: StoreOptions, journal: Journal, notices: string[]): Promise<Manifest> {
  const manifest = await readManifest(folder, clock, notices)
  if (manifest === null && (await sealedNames(folder)).length === 0) return firstManifest(journal.owner ?? '')
  if (manifest !== null && manifest !== 'lost' && (journal.owner === undefined || manifest.owner === journal.owner)) return manifest
  // Everything can be had again from the journal, or nobody knows what the files are worth.
  if (!journal.reaches(0)) throw new Failure('storage.failed', { reason: 'no list of the sealed files can be read' })
  notices.push(`Sealed files without a list that belongs to them were kept as ${basename(await setAside(sealedFolder(folder), clock))}`)
  const empty = firstManifest(journal.owner ?? '')
  await writeManifest(folder, empty)
  return empty
}

async function sealedNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(sealedFolder(folder))).filter((name) => name.endsWith('.duckdb'))
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}
