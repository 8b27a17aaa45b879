import { z } from 'zod'
import { flatten } from './flatten.ts'
import { partSchema, profileSchema, type FlatProfile, type Part, type Profile } from './profile.ts'

/**
 * All profiles of a folder, ready for use, in order of their ids. `files` maps the path below the profiles folder, such as
 * `danfoss/ecl310-a266.1.json`, to the parsed JSON; what lies in a folder `parts` is a part. Throws one Error that names every
 * file at fault with all that is wrong in it.
 */
export function loadProfiles(files: ReadonlyMap<string, unknown>): FlatProfile[] {
  return loadShelf(files).profiles
}

export type Shelves = { profiles: FlatProfile[]; documents: Map<string, Profile>; parts: Map<string, Part> }

/** The same with the files that the profiles were made of, and the parts, by their ids. */
export function loadShelf(files: ReadonlyMap<string, unknown>): Shelves {
  const parts = new Map<string, Part>()
  const documents = new Map<string, Profile>()
  const profiles: FlatProfile[] = []
  const faults: string[] = []
  const attempt = (load: () => void) => {
    try {
      load()
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error))
    }
  }
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, content]) => [path.replace(/\.json$/, ''), content] as const)
  for (const [id, content] of sorted) if (isPart(id)) attempt(() => parts.set(id, parse(id, partSchema, content)))
  for (const [id, content] of sorted) {
    if (isPart(id)) continue
    attempt(() => {
      const document = parse(id, profileSchema, content)
      documents.set(id, document)
      profiles.push(flatten(id, document, parts))
    })
  }
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return { profiles, documents, parts }
}

const isPart = (id: string) => id.split('/').slice(0, -1).includes('parts')

function parse<T>(id: string, schema: z.ZodType<T>, content: unknown): T {
  const result = schema.safeParse(content)
  if (result.success) return result.data
  const issues = result.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'file'}: ${issue.message}`)
  throw new Error(`${id}: ${issues.join('; ')}`)
}
