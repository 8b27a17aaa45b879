import { createContext, use, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor } from '../../host.ts'
import { useFormat } from '../../words.ts'
import { useAlarmWords } from '../words.ts'
import { acts, needs } from './acts.ts'

/** What every row needs to speak, made once for a list: a fast scroll makes hundreds of rows. */
export function useMakeRowContext() {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useAlarmWords()
  const { may } = useActor()
  const allowed = acts.filter((act) => may(needs[act])).join()
  return useMemo(() => {
    const names = allowed.split(',')
    return { t, format, words, allowed: acts.filter((act) => names.includes(act)) }
  }, [t, format, words, allowed])
}
export type RowContext = ReturnType<typeof useMakeRowContext>

export const RowContext = createContext<RowContext | undefined>(undefined)

export function useRowContext(): RowContext {
  const context = use(RowContext)
  if (!context) throw new Error('no RowContext above')
  return context
}
