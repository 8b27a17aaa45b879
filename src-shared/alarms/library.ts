import { z } from 'zod'
import { ruleContentSchema, type RuleContent } from './rule.ts'

/** What a ready-made rule is about, in the order in which the library shows them. */
export const readyGroups = ['heating', 'hotWater', 'network', 'meters', 'contact', 'program'] as const
export type ReadyGroup = (typeof readyGroups)[number]

/** A file of resources/alarms: a rule without its words, which stand in `locales/<language>/alarm-library.json`. */
export const readyFileSchema = z.strictObject({
  group: z.enum(readyGroups),
  recommended: z.boolean().describe('Suits nearly every plant as it is'),
  rule: ruleContentSchema
    .pick({ priority: true, scope: true, test: true, while: true, onDelayS: true, offDelayS: true, latched: true, respondMinutes: true })
    .strict(),
})
export type ReadyFile = z.infer<typeof readyFileSchema>

export const readyWordsSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  description: z.string().trim().min(1).max(2000),
  cause: z.string().trim().min(1).max(2000),
  consequence: z.string().trim().min(1).max(2000),
  action: z.string().trim().min(1).max(2000),
  source: z.string().trim().min(1).max(500).describe('Norm, or own judgement with its reason, that the numbers come from'),
})
export type ReadyWords = z.infer<typeof readyWordsSchema>

/** Ready-made rules from files (name without `.json` → content), by group and name. Throws an Error that names the file. */
export function readLibrary(files: ReadonlyMap<string, unknown>): ReadonlyMap<string, ReadyFile> {
  const read = [...files].map(([id, file]): [string, ReadyFile] => {
    const { data, error } = readyFileSchema.safeParse(file)
    if (!data) throw new Error(`alarms/${id}: ${z.prettifyError(error)}`)
    return [id, data]
  })
  const rank = ({ group }: ReadyFile) => readyGroups.indexOf(group)
  return new Map(read.toSorted(([a, one], [b, other]) => rank(one) - rank(other) || a.localeCompare(b)))
}

/** The rule that a person takes: the file with its words, nobody told yet. */
export function readyContent({ rule }: ReadyFile, { source: _source, ...words }: ReadyWords, enabled: boolean): RuleContent {
  return { ...rule, ...words, enabled, link: '', notify: { steps: [], resolved: true, schedule: null }, overrides: [] }
}
