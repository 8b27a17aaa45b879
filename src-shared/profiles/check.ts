import type { z } from 'zod'
import { flatten } from '../devices/flatten.ts'
import { partSchema, profileSchema, type FlatProfile, type Part, type Profile } from '../devices/profile.ts'
import { bounds, boundsBreach } from './bounds.ts'

export type Sound = { document: Profile; profile: FlatProfile }

/**
 * A device file from outside, held to the same schema and soundness as those that come with the program, and to bounds of size
 * before that. Throws an Error whose message names what is wrong. Nothing in the file is executed or taken for a path.
 */
export function checkProfile(id: string, content: unknown, parts: ReadonlyMap<string, Part>): Sound {
  const document = checked(profileSchema, content)
  const most = (document.include ?? []).reduce(
    (sum, { part }) => sum + Object.keys(parts.get(part)?.points ?? {}).length,
    Object.keys(document.points ?? {}).length,
  )
  if (most > bounds.points) throw new Error(`has ${most} points with its parts, more than ${bounds.points}`)
  const profile = soundly(id, () => flatten(id, document, parts))
  const long = profile.points.find((point) => point.id.length > bounds.idLength)
  if (long) throw new Error(`point "${long.id.slice(0, 20)}…" has a name longer than ${bounds.idLength} characters`)
  return { document, profile }
}

/** The same for a part. */
export function checkPart(content: unknown): Part {
  return checked(partSchema, content)
}

const mostIssues = 20

function checked<T>(schema: z.ZodType<T>, content: unknown): T {
  const breach = boundsBreach(content)
  if (breach !== null) throw new Error(breach)
  const result = schema.safeParse(content)
  if (result.success) return result.data
  const issues = result.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'file'}: ${issue.message}`)
  const more = issues.length > mostIssues ? [`and ${issues.length - mostIssues} more`] : []
  throw new Error([...issues.slice(0, mostIssues), ...more].join('; '))
}

/** Without the id in front, which the reader of the message has before him. */
function soundly<T>(id: string, attempt: () => T): T {
  try {
    return attempt()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new Error(message.startsWith(`${id}: `) ? message.slice(id.length + 2) : message, { cause: error })
  }
}
