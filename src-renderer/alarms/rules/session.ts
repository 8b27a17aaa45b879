import { useEffect, useState } from 'react'
import type { RuleContent } from '#shared/alarms/rule.ts'
import { alarmKinds } from '#shared/alarms/rule.ts'

const place = (key: string) => `hearthgrid.alarmRule.${key}`

/** What was typed so far, kept for this window so that a reload loses nothing. `version` is that of the rule it was begun with. */
export type Kept = { content: RuleContent; version: number }

/** What was kept for the rule, or null when there is nothing or not what this version writes. */
export function readKept(text: string | null): Kept | null {
  if (text === null) return null
  try {
    const { content, version } = JSON.parse(text) as Partial<Kept>
    const sound =
      typeof version === 'number' &&
      typeof content === 'object' &&
      typeof content.name === 'string' &&
      alarmKinds.includes(content.test?.kind) &&
      typeof content.scope?.by === 'string' &&
      Array.isArray(content.while) &&
      Array.isArray(content.overrides) &&
      Array.isArray(content.notify?.steps)
    return sound ? { content, version } : null
  } catch {
    return null
  }
}

/** A rule while it is worked on. `forget` after it was saved or thrown away. */
export function useDraft(key: string, start: Kept) {
  const [draft, setDraft] = useState<Kept>(() => readKept(sessionStorage.getItem(place(key))) ?? start)
  const changed = !isSame(draft.content, start.content)
  useEffect(() => {
    if (changed) sessionStorage.setItem(place(key), JSON.stringify(draft))
    else sessionStorage.removeItem(place(key))
  }, [changed, draft, key])
  const put = (change: Partial<RuleContent>) => setDraft(({ content, version }) => ({ version, content: { ...content, ...change } }))
  return { draft, changed, put, set: setDraft, forget: () => sessionStorage.removeItem(place(key)) }
}

/** Whether two rules say the same, whatever the order of their fields. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b))
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  )
}

/** What of a rule differs between two versions. */
export function changedFields(before: RuleContent, after: RuleContent): (keyof RuleContent)[] {
  return (Object.keys(before) as (keyof RuleContent)[]).filter((field) => !isSame(before[field], after[field]))
}
