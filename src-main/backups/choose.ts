import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isMissing } from './disk.ts'
import { BadIndex, decodeIndex, listBackups, type Index } from './index-file.ts'

/** Why a restore does not begin or was given up, as a sentence for a person. Nothing in the data folder was touched. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused'
}

export type Chosen = { store: string; index: Index }

/**
 * The backup that a path means: a folder that was set for backups, the folder of one installation in it, or the index of one backup.
 * Of a folder the newest whose test restore was good. Throws RestoreRefused when there is none, or when it is not clear which.
 */
export async function chooseBackup(path: string): Promise<Chosen> {
  const found = await stat(path).catch((error: unknown) => {
    if (isMissing(error)) throw new RestoreRefused(`There is nothing at ${path}.`)
    throw error
  })
  if (found.isFile()) return { store: dirname(path), index: await readIndex(path) }
  const store = await storeAt(path)
  const { indexes, bad } = await listBackups(store)
  const [worst] = bad.toSorted((a, b) => b.name.localeCompare(a.name))
  const index = indexes.find(({ test }) => test.ok) ?? indexes[0]
  if (worst && (!index || worst.name > `backup-${index.id}.json`)) {
    const earlier = index ? ` To restore an earlier one, name its file, such as ${join(store, `backup-${index.id}.json`)}.` : ''
    throw new RestoreRefused(`${join(store, worst.name)} cannot be used: ${worst.reason.message}.${earlier}`)
  }
  if (!index) throw new RestoreRefused(`There is no Hearthgrid backup in ${path}.`)
  return { store, index }
}

async function readIndex(path: string): Promise<Index> {
  try {
    return decodeIndex(await readFile(path, 'utf8'))
  } catch (error) {
    if (error instanceof BadIndex) throw new RestoreRefused(`${path} cannot be used: ${error.message}.`, { cause: error })
    throw error
  }
}

async function storeAt(path: string): Promise<string> {
  const names = await readdir(path)
  if (names.some((name) => /^backup-.*\.json$/.test(name)) || basename(path).startsWith('Hearthgrid-')) return path
  const stores = names.filter((name) => /^Hearthgrid-[0-9a-f]+$/.test(name))
  if (stores.length > 1)
    throw new RestoreRefused(
      `${path} holds backups of several installations. Name one of them: ${stores.map((name) => join(path, name)).join(', ')}.`,
    )
  return stores[0] === undefined ? path : join(path, stores[0])
}
