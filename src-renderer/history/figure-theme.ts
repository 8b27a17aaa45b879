import { useMemo } from 'react'
import { useComputedColorScheme, useMantineTheme } from '@mantine/core'
import type { FigureTheme } from './figure.ts'

/** The colours of the page as plotly needs them: as plain text. */
export function useFigureTheme(): FigureTheme & { dark: boolean } {
  const theme = useMantineTheme()
  const dark = useComputedColorScheme('light') === 'dark'
  return useMemo(() => {
    const tone = (name: string, shade: number) => theme.colors[name]?.[shade] ?? '#808080'
    return {
      dark,
      font: theme.fontFamily,
      text: dark ? tone('dark', 0) : tone('gray', 9),
      quiet: dark ? tone('dark', 2) : tone('gray', 6),
      line: dark ? tone('dark', 5) : tone('gray', 3),
      ground: dark ? tone('dark', 7) : tone('gray', 0),
      abnormal: tone('abnormal', dark ? 3 : 6),
      caution: tone('caution', dark ? 3 : 6),
    }
  }, [theme, dark])
}
