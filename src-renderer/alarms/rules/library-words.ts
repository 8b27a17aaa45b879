import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import type { RuleContent } from '#shared/alarms/rule.ts'

export type ReadyRule = CallOutput<'alarms.library'>[number]

const worded = ['name', 'description', 'cause', 'consequence', 'action'] as const

/** Ready-made rules in the language of the screen, and where their numbers come from. Their words are fetched when they are first needed. */
export function useReadyWords(): { content: (ready: ReadyRule) => RuleContent; source: (ready: ReadyRule) => string } {
  const { i18n } = useTranslation('alarm-library' as 'ui')
  const { language } = i18n
  return useMemo(() => {
    const read = (key: string, english: string): string => {
      const found: unknown = i18n.getResource(language, 'alarm-library', key)
      return typeof found === 'string' ? found : english
    }
    return {
      content: ({ id, content }) => ({
        ...content,
        ...Object.fromEntries(worded.map((word) => [word, read(`${id}.${word}`, content[word])])),
      }),
      source: ({ id, source }) => read(`${id}.source`, source),
    }
  }, [i18n, language])
}
