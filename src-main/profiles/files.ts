import { randomUUID } from 'node:crypto'
import { lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { bounds } from '#shared/profiles/bounds.ts'
import { isFileName, ownPrefix } from '#shared/profiles/name.ts'

/** A file of the folder of own profiles: what it holds, or why that cannot be known. */
export type OwnFile = { id: string; content: unknown; fault: string | null }

/** More are neither read nor made. */
export const mostFiles = 1000

/** The place of an own profile or part below `folder`. Null when the id is none, or would lead anywhere else. */
export function pathOf(folder: string, id: string): string | null {
  const [prefix, maker = '', ...rest] = id.split('/')
  const [name = '', ...more] = rest[0] === 'parts' ? rest.slice(1) : rest
  if (`${prefix}/` !== ownPrefix || more.length > 0 || ![maker, name].every(isFileName)) return null
  return join(folder, maker, ...rest.slice(0, -1), `${name}.json`)
}

/** Every `<maker>/<name>.json` and `<maker>/parts/<name>.json` below a folder, in order of ids. Never follows links out of it. */
export async function readOwnFiles(folder: string): Promise<OwnFile[]> {
  const found: string[] = []
  for (const maker of await namesIn(folder, 'folder')) {
    for (const name of await namesIn(join(folder, maker), 'file')) found.push(`${maker}/${name}`)
    for (const name of await namesIn(join(folder, maker, 'parts'), 'file')) found.push(`${maker}/parts/${name}`)
  }
  const files: OwnFile[] = []
  for (const path of found.sort().slice(0, mostFiles)) files.push(await readOwn(folder, path))
  return files
}

async function readOwn(folder: string, path: string): Promise<OwnFile> {
  const id = ownPrefix + path.slice(0, -'.json'.length)
  if (!id.split('/').every(isFileName)) {
    return { id, content: null, fault: 'names of folders and files are small letters, digits, dots and hyphens' }
  }
  try {
    const { size } = await lstat(join(folder, path))
    if (size > bounds.bytes) return { id, content: null, fault: `is larger than ${bounds.bytes} bytes` }
    return { id, content: JSON.parse(await readFile(join(folder, path), 'utf8')) as unknown, fault: null }
  } catch (error) {
    return { id, content: null, fault: `cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
}

async function namesIn(folder: string, kind: 'folder' | 'file'): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    throw error
  })
  return entries
    .filter((entry) => (kind === 'folder' ? entry.isDirectory() : entry.isFile() && entry.name.endsWith('.json')))
    .map(({ name }) => name)
}

/** Writes the whole file or nothing, whatever happens meanwhile. */
export async function writeOwn(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const beside = `${path}.${randomUUID()}.new`
  const file = await open(beside, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(beside, path)
}

export async function removeOwn(path: string): Promise<void> {
  await rm(path, { force: true })
}
