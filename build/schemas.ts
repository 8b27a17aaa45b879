// Writes the JSON schemas that editors complete and check device files and simulated towns with. With --check only says which are not fresh.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { limitsSchema } from '#shared/energy/limits.ts'
import { partSchema, profileSchema } from '#shared/devices/profile.ts'
import { exerciseSchema } from '#shared/practice/exercise.ts'
import { scenarioSchema } from '#shared/simulator/scenario.ts'

const folder = join(import.meta.dirname, '..', 'resources', 'schemas')

/** File → what should be in it. */
export function schemaFiles(): ReadonlyMap<string, string> {
  const text = (title: string, schema: z.ZodType) => `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io: 'input' }) }, null, 2)}\n`
  return new Map([
    [join(folder, 'profile.schema.json'), text('Device profile', profileSchema)],
    [join(folder, 'part.schema.json'), text('Part of device profiles', partSchema)],
    [join(folder, 'scenario.schema.json'), text('Simulated town', scenarioSchema)],
    [join(folder, 'exercise.schema.json'), text('Exercise of the practice mode', exerciseSchema)],
    [join(folder, 'limits.schema.json'), text('What is plausible of meters and temperatures', limitsSchema)],
  ])
}

/** Files whose text is not the one that they should have. */
export function staleSchemas(read: (path: string) => string): string[] {
  return [...schemaFiles()].filter(([path, text]) => read(path) !== text).map(([path]) => path)
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv.includes('--check')) {
    const stale = staleSchemas((path) => readFileSync(path, 'utf8'))
    if (stale.length > 0) throw new Error(`Not fresh, run build/schemas.ts: ${stale.join(', ')}`)
  } else for (const [path, text] of schemaFiles()) writeFileSync(path, text)
}
