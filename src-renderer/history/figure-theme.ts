import { useMemo } from 'react'
import { useComputedColorScheme, useMantineTheme } from '@mantine/core'
import { priorities, type Priority } from '#shared/alarms/priority.ts'
import { variables } from '../theme.ts'
import type { FigureTheme } from './figure.ts'

export type AlarmColors = { alarm: Record<Priority, string> }

/** The colours of the page as plotly needs them: as plain text. */
export function useFigureTheme(): FigureTheme & AlarmColors & { dark: boolean } {
  const theme = useMantineTheme()
  const dark = useComputedColorScheme('light') === 'dark'
  return useMemo(() => {
    const named: Record<string, string> = variables(theme)[dark ? 'dark' : 'light']
    const tone = (name: string, shade: number) => theme.colors[name]?.[shade] ?? '#808080'
    return {
      dark,
      font: theme.fontFamily,
      text: dark ? tone('dark', 0) : tone('gray', 9),
      quiet: dark ? tone('dark', 2) : tone('gray', 6),
      line: dark ? tone('dark', 5) : tone('gray', 3),
      ground: dark ? tone('dark', 7) : tone('gray', 0),
      alarm: Object.fromEntries(priorities.map((name) => [name, named[`--hg-alarm-${name}`] ?? '#808080'])) as Record<Priority, string>,
      abnormal: tone('abnormal', dark ? 3 : 6),
      caution: tone('caution', dark ? 3 : 6),
    }
  }, [theme, dark])
}
