import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { flatten } from '../devices/flatten.ts'
import { loadShelf } from '../devices/load.ts'
import { checkProfile } from './check.ts'
import { expand } from './expand.ts'

const folder = join(import.meta.dirname, '../../resources/profiles')
const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'))
const { profiles, documents, parts } = loadShelf(
  new Map(paths.map((path) => [path.replaceAll('\\', '/'), JSON.parse(readFileSync(join(folder, path), 'utf8')) as unknown])),
)

test.each(profiles)('$id with its parts written out reads every point the same, without any part at hand', (profile) => {
  const document = documents.get(profile.id)
  if (!document) throw new Error('a profile without its document')
  const whole = expand(document, parts)
  expect(whole).not.toHaveProperty('include')
  expect(flatten(profile.id, whole, new Map())).toEqual(profile)
})

test('everything that comes with the program keeps within the bounds of files from outside', () => {
  for (const [id, document] of documents) expect(() => checkProfile(id, expand(document, parts), new Map())).not.toThrow()
})
