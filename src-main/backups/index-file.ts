import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { backupSchema } from '#shared/backups/contract.ts'
import { isMissing } from './disk.ts'

export const format = 'Hearthgrid backup'
/** Of the index and the folder around it. */
export const layout = 1

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** Names that a data folder has, and nothing that leads out of it. */
const path = z
  .string()
  .max(500)
  .regex(/^(config\.sqlite|(history|profiles|opcua)\/[^/\\\0]+(\/[^/\\\0]+)*)$/)
  .refine((text) => !text.split('/').some((part) => /^\.+$/.test(part)))

const indexSchema = backupSchema.extend({
  format: z.literal(format),
  layout: z.literal(layout),
  installation: z.string(),
  timeZone: z.string(),
  configLayout: z.number().int().describe('Steps that the configuration file has gone through'),
  owner: z.string().describe('The store that the history belongs to'),
  manifest: z.string().nullable(),
  probe: z.object({ series: z.array(z.number().int()), samples: z.number().int() }).describe('What was read of some series in the test'),
  files: z.array(z.object({ path, bytes: z.number().int().nonnegative(), sha256 })),
})
/** One backup: what belongs to it, and what it held when it was made. */
export type Index = z.infer<typeof indexSchema>

/** Why an index is not taken. */
export class BadIndex extends Error {
  readonly why: 'foreign' | 'newer' | 'damaged'

  constructor(why: BadIndex['why'], message: string) {
    super(message)
    this.why = why
  }
}

export function indexName(id: string): string {
  return `backup-${id}.json`
}

/** As text, with a hash of itself at its end. */
export function encodeIndex(index: Index): string {
  return `${JSON.stringify({ ...index, check: checkOf(index) }, null, 1)}\n`
}

/** Throws BadIndex for a file of something else, of a newer program, or one that was changed. */
export function decodeIndex(text: string): Index {
  const { check, ...index } = objectOf(text)
  if (index['format'] !== format) throw new BadIndex('foreign', 'it is no index of a Hearthgrid backup')
  if (typeof index['layout'] === 'number' && index['layout'] > layout)
    throw new BadIndex('newer', `it was written by Hearthgrid ${String(index['version'])}, which is newer than this program`)
  if (check !== checkOf(index)) throw new BadIndex('damaged', 'its own hash does not fit')
  const parsed = indexSchema.safeParse(index)
  if (!parsed.success) throw new BadIndex('damaged', z.prettifyError(parsed.error))
  return parsed.data
}

function checkOf(index: object): string {
  return createHash('sha256').update(JSON.stringify(index)).digest('hex')
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch (error) {
    throw new BadIndex('damaged', `it cannot be read: ${error instanceof Error ? error.message : ''}`)
  }
  throw new BadIndex('foreign', 'it is no index of a Hearthgrid backup')
}

/** The backups of a folder, newest first, and the names of indexes that cannot be taken. An absent folder has none. */
export async function listBackups(store: string): Promise<{ indexes: Index[]; bad: { name: string; reason: BadIndex }[] }> {
  const names = await readdir(store).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
  const indexes: Index[] = []
  const bad: { name: string; reason: BadIndex }[] = []
  for (const name of names.filter((one) => /^backup-[\w-]+\.json$/.test(one))) {
    try {
      indexes.push(decodeIndex(await readFile(join(store, name), 'utf8')))
    } catch (error) {
      if (!(error instanceof BadIndex)) throw error
      bad.push({ name, reason: error })
    }
  }
  return { indexes: indexes.toSorted((a, b) => b.at - a.at), bad }
}
