// Rewrites every profile and part in the one form that they have: one point a line. With --check only says which differ.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { partSchema, profileSchema } from '#shared/devices/profile.ts'

export const profilesFolder = join(import.meta.dirname, '..', 'resources', 'profiles')
const width = 140

/**
 * A profile or part as its file should read: keys in the order of the schema, one point a line, samples filled to the width.
 * `path` is the path below the profiles folder, such as `danfoss/ecl310-a266.1.json`. Throws a ZodError when it is neither.
 */
export function formatProfile(path: string, content: unknown): string {
  const folders = path.split('/').slice(0, -1)
  const kind = folders.includes('parts') ? 'part' : 'profile'
  const $schema = `${'../'.repeat(folders.length + 1)}schemas/${kind}.schema.json`
  const rest = kind === 'part' ? partSchema.parse(content) : profileSchema.parse(content)
  return `${lay({ ...ordered(topKeys, rest), $schema }, ordered)}\n`

  function lay(top: Record<string, unknown>, sort: typeof ordered): string {
    const { $schema: schema, ...others } = top
    return block('', { $schema: schema, ...others }, (key, value) => {
      if (key === 'points') return block('  ', value as object, (_, point) => inline(sort(pointKeys, point)))
      if (key === 'include') return list('  ', value as unknown[], (item) => inline(sort(includeKeys, item)))
      if (key === 'samples') return list('  ', value as unknown[], (item) => sample(sort(sampleKeys, item)))
      const short = inline(value)
      return short.length + key.length + 6 <= width || typeof value !== 'object'
        ? short
        : block('  ', value as object, (_, inner) => inline(inner))
    })
  }
}

/** Path below the profiles folder of every file whose text is not what `formatProfile` gives. */
export function unformatted(files: ReadonlyMap<string, string>): string[] {
  return [...files].filter(([path, text]) => formatProfile(path, JSON.parse(text)) !== text).map(([path]) => path)
}

export function readProfileTexts(folder = profilesFolder): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'))
  return new Map(
    paths.sort().map((path) => [relative(folder, join(folder, path)).split(sep).join('/'), readFileSync(join(folder, path), 'utf8')]),
  )
}

const topKeys = [...new Set([...Object.keys(profileSchema.shape), ...Object.keys(partSchema.shape)])]
const pointKeys = Object.keys(partSchema.shape.points.valueType.shape)
const includeKeys = Object.keys(profileSchema.shape.include.unwrap().element.shape)
const sampleKeys = Object.keys(profileSchema.shape.samples.element.shape)

function ordered(keys: readonly string[], value: unknown): Record<string, unknown> {
  const entries = Object.entries(value as object)
  return Object.fromEntries(entries.sort(([a], [b]) => keys.indexOf(a) - keys.indexOf(b)))
}

function sample(value: Record<string, unknown>): string {
  return block('    ', value, (_, inner) => (typeof inner === 'object' && inner !== null ? filled('      ', inner) : inline(inner)))
}

function block(indent: string, value: object, write: (key: string, value: unknown) => string): string {
  const lines = Object.entries(value).map(([key, inner]) => `${indent}  ${JSON.stringify(key)}: ${write(key, inner)}`)
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`
}

function list(indent: string, value: readonly unknown[], write: (item: unknown) => string): string {
  const lines = value.map((item) => `${indent}  ${write(item)}`)
  return lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n${indent}]`
}

/** Pairs of key and value, as many in a line as fit. */
function filled(indent: string, value: object): string {
  const lines: string[] = []
  let line = ''
  for (const [key, inner] of Object.entries(value)) {
    const pair = `${JSON.stringify(key)}: ${inline(inner)}`
    if (line !== '' && indent.length + 2 + line.length + 2 + pair.length + 1 > width) {
      lines.push(`${line},`)
      line = pair
    } else line = line === '' ? pair : `${line}, ${pair}`
  }
  if (line !== '') lines.push(line)
  return lines.length === 0 ? '{}' : `{\n${lines.map((one) => `${indent}  ${one}`).join('\n')}\n${indent}}`
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const pairs = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${inline(inner)}`)
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`
}

if (process.argv[1] === import.meta.filename) {
  const files = readProfileTexts()
  const wrong = unformatted(files)
  if (process.argv.includes('--check')) {
    if (wrong.length > 0) throw new Error(`Not in the form of build/format-profiles.ts: ${wrong.join(', ')}`)
  } else for (const path of wrong) writeFileSync(join(profilesFolder, path), formatProfile(path, JSON.parse(files.get(path) ?? '')))
}
