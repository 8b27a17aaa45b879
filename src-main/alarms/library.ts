import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { alarms } from '#shared/alarms/contract.ts'
import { pointsNamed } from '#shared/alarms/find-points.ts'
import { readLibrary, readyContent, readyWordsSchema, type ReadyFile, type ReadyWords } from '#shared/alarms/library.ts'
import type { Rule, RuleContent } from '#shared/alarms/rule.ts'
import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { readJson, readJsonFiles } from '../resources.ts'
import { ruleDevice } from './rule-device.ts'

/** Makes a rule as a person does, and says which ready-made one it comes from. */
type Add = (content: RuleContent, library: string, context: Context) => Promise<Rule>

const wordsSchema = z.record(z.string(), readyWordsSchema)

/** Ready-made rules, and the taking of them in a language of the program. */
export function libraryOperations(host: Host, add: Add): Pick<Handlers<typeof alarms, Context>, 'library' | 'adopt'> {
  let read: ReadonlyMap<string, ReadyFile> | undefined
  const files = () => (read ??= readLibrary(readJsonFiles(join(host.layout.resources, 'alarms'))))
  const wordsIn = (language: string) => {
    const path = (tongue: string) => join(host.layout.resources, 'locales', tongue, 'alarm-library.json')
    const own = /^[a-z]{2}(-[A-Z]{2})?$/.test(language) && existsSync(path(language))
    return wordsSchema.parse(readJson(path(own ? language : 'en')))
  }
  return {
    library: async (_input, context) => {
      const words = wordsIn('en')
      const { rules } = await host.call('alarms.rules', {}, context)
      return await Promise.all(
        [...files()].map(async ([id, file]) => {
          const { devices, conditions } = await host.call(
            'alarms.effect',
            { scope: file.rule.scope, test: file.rule.test, while: file.rule.while },
            context,
          )
          return {
            id,
            group: file.group,
            recommended: file.recommended,
            source: wordsOf(words, id).source,
            content: readyContent(file, wordsOf(words, id), true),
            fits: file.rule.test.kind === 'meter' ? metersOf(host) : Math.max(devices.length, Math.min(1, conditions)),
            taken: rules.filter(({ library }) => library === id).length,
          }
        }),
      )
    },
    adopt: async ({ ids, language, enabled }, context) => {
      const words = wordsIn(language)
      const unknown = ids.find((id) => !files().has(id))
      if (unknown !== undefined) throw new Failure('notFound', { what: 'alarm rule' })
      const made: Rule[] = []
      for (const id of new Set(ids)) {
        const file = files().get(id)
        if (file) made.push(await add(readyContent(file, wordsOf(words, id), enabled), id, context))
      }
      return made
    },
  }
}

/** Devices with a register that the check of meters looks at, whether or not it has found anything. */
const metersOf = (host: Host) =>
  host.plant.all().filter((device) => ['energy', 'volume'].some((name) => pointsNamed(name, ruleDevice(device)).length > 0)).length

function wordsOf(words: Record<string, ReadyWords>, id: string): ReadyWords {
  const found = words[id]
  if (!found) throw new Error(`the ready-made rule ${id} has no words`)
  return found
}
