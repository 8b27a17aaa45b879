import { randomUUID } from 'node:crypto'
import { lstat, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hold } from '#shared/history/port.ts'
import { isMissing } from './disk.ts'

/** A file to back up: its path in a data folder, where to read its first `bytes`, and its hash where that is known already. */
export type Source = { path: string; from: string; bytes: number; sha256: string | null }

export const configPath = 'config.sqlite'
/** Folders of a data folder that are small and read whole. */
const wholeFolders = ['profiles', 'opcua']

const ownPart = /^backup-[0-9a-f-]{36}\.part$/

/** A folder of the data folder for what one backup copies of it. */
export function newPart(dataFolder: string): string {
  return join(dataFolder, `backup-${randomUUID()}.part`)
}

/** Takes away such folders, as backups that the end of the program cut short have left them. */
export async function clearParts(dataFolder: string): Promise<void> {
  for (const name of await readdir(dataFolder)) if (ownPart.test(name)) await rm(join(dataFolder, name), { recursive: true, force: true })
}

/** The files of the history as they are held. */
export function historySources({ folder, files, journal }: Hold): Source[] {
  return [
    ...files.map(({ path, bytes, sha256 }) => ({ path: `history/${path}`, from: join(folder, path), bytes, sha256 })),
    ...journal.map(({ path, bytes }) => ({ path: `history/${path}`, from: join(folder, path), bytes, sha256: null })),
  ]
}

/** Settings, own profiles and what OPC UA trusts. `copyConfig` writes the configuration, all of one moment, into a new file in `into`. */
export async function otherSources(dataFolder: string, into: string, copyConfig: (path: string) => Promise<void>): Promise<Source[]> {
  await mkdir(into, { recursive: true, mode: 0o700 })
  const config = join(into, configPath)
  await copyConfig(config)
  const sources: Source[] = [{ path: configPath, from: config, bytes: (await lstat(config)).size, sha256: null }]
  for (const name of wholeFolders) sources.push(...(await filesBelow(dataFolder, name)))
  return sources
}

async function filesBelow(dataFolder: string, path: string): Promise<Source[]> {
  const entries = await readdir(join(dataFolder, path), { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
  const found: Source[] = []
  for (const entry of entries) {
    const inner = `${path}/${entry.name}`
    const from = join(dataFolder, inner)
    if (entry.isDirectory()) found.push(...(await filesBelow(dataFolder, inner)))
    else if (entry.isFile() && !entry.name.endsWith('.new'))
      found.push({ path: inner, from, bytes: (await lstat(from)).size, sha256: null })
  }
  return found
}
