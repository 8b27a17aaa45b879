import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Failure } from '#shared/failures.ts'
import { isMissing, replaceFile, setAside } from './disk.ts'

/**
 * One immutable file of one UTC month, sorted by series and time. It holds what batches after `after` up to `through` brought for
 * this month. `corrects`: some of its rows take the place of rows in files before it. `thinned`: rows were let go, the sums of days are
 * whole. `registers` are the series whose days are kept apart. `first`, `last`: UTC seconds.
 */
export type SealedEntry = {
  name: string
  month: string
  after: number
  through: number
  level: number
  rows: number
  bytes: number
  sha256: string
  first: number
  last: number
  zone: string
  corrects: boolean
  thinned: boolean
}

/** The sealed files that count, in order of what they hold; all batches up to `through` (`total` samples) are in them. */
export type Manifest = {
  layout: number
  owner: string
  generation: number
  through: number
  total: number
  files: SealedEntry[]
  /** Such as could not be read and are to be made anew, from the journal or a backup. */
  missing: SealedEntry[]
}

const layout = 1
const names = ['manifest', 'manifest.copy'] as const

export function sealedFolder(folder: string): string {
  return join(folder, 'sealed')
}

export function firstManifest(owner: string): Manifest {
  return { layout, owner, generation: 0, through: 0, total: 0, files: [], missing: [] }
}

/**
 * The newest of the two copies that can be read; null when there never was one, `lost` when neither can be read. A copy that cannot be read
 * is kept aside and told. Throws storage.failed for one of a newer program.
 */
export async function readManifest(folder: string, clock: () => number, notices: string[]): Promise<Manifest | 'lost' | null> {
  const found: Manifest[] = []
  let damaged = 0
  for (const name of names) {
    const path = join(sealedFolder(folder), name)
    const text = await contentOf(path)
    if (text === null) continue
    const manifest = parse(text)
    if (manifest && manifest.layout > layout) throw new Failure('storage.failed', { reason: 'newer version' })
    if (manifest) found.push(manifest)
    else {
      damaged++
      notices.push(`A list of the sealed files could not be read and was kept as ${basename(await setAside(path, clock))}`)
    }
  }
  const newest = found.sort((a, b) => b.generation - a.generation)[0]
  if (!newest && damaged > 0) return 'lost'
  // One copy is not enough for the next damage.
  if (newest && (found.length < names.length || found.some(({ generation }) => generation < newest.generation)))
    await writeManifest(folder, newest)
  return newest ?? null
}

/** Both copies, one after the other, so that no kill and no damage of one file takes both. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await mkdir(sealedFolder(folder), { recursive: true, mode: 0o700 })
  const bytes = Buffer.from(textOf(manifest))
  for (const name of names) await replaceFile(join(sealedFolder(folder), name), bytes)
}

/** The list as a file: the SHA-256 of the second line in the first. */
export function textOf(manifest: Manifest): string {
  const body = JSON.stringify(manifest)
  return `${hashOf(body)}\n${body}\n`
}

function parse(text: string): Manifest | undefined {
  const [hash, body = ''] = text.split('\n', 2)
  return hash === hashOf(body) ? (JSON.parse(body) as Manifest) : undefined
}

function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex')
}

async function contentOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}
