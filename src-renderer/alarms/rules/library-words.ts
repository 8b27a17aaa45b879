import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import type { RuleContent } from '#shared/alarms/rule.ts'

export type ReadyRule = CallOutput<'alarms.library'>[number]

const worded = ['name', 'description', 'cause', 'consequence', 'action'] as const

/** Ready-made rules in the language of the screen, and where their numbers come from. Their words are fetched when they are first needed. */
export function useReadyWords(): { content: (ready: ReadyRule) => RuleContent; source: (ready: ReadyRule) => string } {
  const { t } = useTranslation('alarm-library' as 'ui')
  return useMemo(() => {
    const read = t as unknown as (key: string, options: { defaultValue: string }) => string
    return {
      content: ({ id, content }) => ({
        ...content,
        ...Object.fromEntries(worded.map((word) => [word, read(`${id}.${word}`, { defaultValue: content[word] })])),
      }),
      source: ({ id, source }) => read(`${id}.source`, { defaultValue: source }),
    }
  }, [t])
}
