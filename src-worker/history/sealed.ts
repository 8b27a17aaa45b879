import { existsSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { setAside } from './disk.ts'
import { sealedFolder, writeManifest, type Manifest, type SealedEntry } from './manifest.ts'
import { hashOf, quoted } from './sealed-file.ts'

/** A sealed file cannot be opened. */
export class DamagedSealed extends Error {
  readonly entry: SealedEntry

  constructor(entry: SealedEntry, cause: unknown) {
    super(`${entry.name}: ${String(cause)}`, { cause })
    this.entry = entry
  }
}

export type SealedFiles = { through: number; files: readonly SealedEntry[] }

/**
 * The sealed files as questions see them. Files come and go while questions run: what a question began with stays attached and on disk
 * until it has ended.
 */
export class Sealed {
  /** Series that only count up; their days are kept apart in files written from now on. */
  registers: ReadonlySet<number> = new Set()
  readonly folder: string
  /** What happened to files, for people. */
  readonly notices: string[]
  #manifest: Manifest
  /** As it was before the last sealing, until the hot rows that are in it are gone. */
  #before: SealedFiles | undefined
  #attached = new Map<string, string>()
  #count = 0
  readonly #questions = new Set<Promise<void>>()

  constructor(folder: string, manifest: Manifest, notices: string[] = []) {
    this.folder = folder
    this.notices = notices
    this.#manifest = manifest
  }

  get manifest(): Manifest {
    return this.#manifest
  }

  /** Attaches all files to an engine that was just opened. Throws DamagedSealed for the first that it cannot. */
  async attachAll(connection: DuckDBConnection): Promise<void> {
    this.#attached = new Map()
    this.#before = undefined
    for (const entry of this.#manifest.files) await this.attach(connection, entry)
  }

  async attach(connection: DuckDBConnection, entry: SealedEntry): Promise<void> {
    const alias = `sealed${++this.#count}`
    try {
      await connection.run(`ATTACH ${quoted(join(sealedFolder(this.folder), entry.name))} AS ${alias} (READ_ONLY)`)
      const marks = await (await connection.run(`SELECT owner, name FROM ${alias}.mark`)).getRows()
      const [owner, name] = marks[0] ?? []
      if (name !== entry.name || (this.#manifest.owner !== '' && owner !== this.#manifest.owner)) throw new Error('it is another file')
    } catch (error) {
      await Promise.allSettled([connection.run(`DETACH DATABASE IF EXISTS ${alias}`)])
      throw new DamagedSealed(entry, error)
    }
    this.#attached.set(entry.name, alias)
  }

  /** Name under which the engine knows a file. */
  aliasOf(entry: SealedEntry): string {
    const alias = this.#attached.get(entry.name)
    if (alias === undefined) throw new Error(`${entry.name} is not attached`)
    return alias
  }

  /** A question begins; the function ends it. */
  enter(): () => void {
    let leave = () => {}
    const question = new Promise<void>((resolve) => (leave = resolve))
    this.#questions.add(question)
    return () => {
      this.#questions.delete(question)
      leave()
    }
  }

  /**
   * The files that belong to a state of the hot tables: `base` is what was sealed or is being sealed, `sealing` what had been before
   * while the rows in between still lie in a table of their own. `both`: that table is to be read too.
   */
  filesFor(base: number, sealing: number | null): SealedFiles & { both: boolean } {
    const now = this.#manifest
    if (now.through === base) return { ...now, both: false }
    if (sealing !== null && now.through === sealing) return { ...now, both: true }
    if (this.#before?.through === base) return { ...this.#before, both: false }
    throw new Error(`no sealed files up to ${base}; there are some up to ${now.through}`)
  }

  /** Puts a list in the place of the present one, on disk first. Its files are there and attached. */
  async publish(manifest: Manifest): Promise<void> {
    await writeManifest(this.folder, manifest)
    if (manifest.through !== this.#manifest.through) this.#before = this.#manifest
    this.#manifest = manifest
  }

  /** Lets go of the files that no question needs any more. */
  async retire(connection: DuckDBConnection): Promise<void> {
    await Promise.all(this.#questions)
    this.#before = undefined
    const kept = new Set(this.#manifest.files.map(({ name }) => name))
    for (const [name, alias] of this.#attached) {
      if (kept.has(name)) continue
      await connection.run(`DETACH ${alias}`)
      this.#attached.delete(name)
      await rm(join(sealedFolder(this.folder), name), { force: true })
    }
  }
}

/** Removes what a kill left: files that were being made, and such that were made but never listed, or no longer are. */
export async function removeUnlisted(folder: string, manifest: Manifest): Promise<void> {
  const place = sealedFolder(folder)
  await mkdir(place, { recursive: true, mode: 0o700 })
  const kept = new Set(manifest.files.map(({ name }) => name))
  for (const name of await readdir(place)) {
    if (/\.duckdb(\.new(\.wal)?|\.wal)?$/.test(name) && !kept.has(name)) await rm(join(place, name), { force: true })
  }
}

/** Takes a file that cannot be read out of the list and keeps it aside. What is missing stays known. */
export async function loseFile(sealed: Sealed, entry: SealedEntry, clock: () => number): Promise<void> {
  const path = join(sealedFolder(sealed.folder), entry.name)
  const aside = existsSync(path) ? basename(await setAside(path, clock)) : null
  sealed.notices.push(`Readings of ${entry.month} could not be read${aside ? `, kept as ${aside}` : ': the file is gone'}`)
  const { manifest } = sealed
  await sealed.publish({
    ...manifest,
    generation: manifest.generation + 1,
    files: manifest.files.filter((one) => one !== entry),
    missing: [...manifest.missing, entry],
  })
}

/** The files whose content is not what was written. */
export async function damagedFiles(sealed: Sealed): Promise<SealedEntry[]> {
  const bad: SealedEntry[] = []
  for (const entry of sealed.manifest.files) {
    const path = join(sealedFolder(sealed.folder), entry.name)
    if (!existsSync(path) || (await hashOf(path)) !== entry.sha256) bad.push(entry)
  }
  return bad
}
