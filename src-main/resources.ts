import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Every JSON file below a folder: path without `.json`, with slashes → what it holds. Throws, naming the file, on bad JSON. */
export function readJsonFiles(folder: string): ReadonlyMap<string, unknown> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.endsWith('.json'),
  )
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const id = relative(folder, path)
        .split(sep)
        .join('/')
        .replace(/\.json$/, '')
      return [id, readJson(path)]
    }),
  )
}

export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Error(`${path} cannot be read as JSON: ${String(error)}`, { cause: error })
  }
}
