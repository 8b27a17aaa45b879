import { useMemo } from 'react'
import { useFormat } from '../../words.ts'

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

/** Names of the days, 1 Monday to 7 Sunday, in the language of the screen. */
export function useWeekdays(): { short: (day: number) => string; long: (day: number) => string } {
  const { locale } = useFormat()
  return useMemo(() => {
    // The first of January 2024 was a Monday.
    const named = (weekday: 'short' | 'long') => {
      const format = new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' })
      return (day: number) => format.format(Date.UTC(2024, 0, day))
    }
    return { short: named('short'), long: named('long') }
  }, [locale])
}
