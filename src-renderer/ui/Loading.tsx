import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** The grey shape of what is on its way. */
export function Loading({ rows = 6, height = 36 }: { rows?: number; height?: number }) {
  const { t } = useTranslation(undefined, { useSuspense: false })
  return (
    <Stack gap="xs" p="md" role="status" aria-busy="true">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      <Skeleton height={24} width="34%" animate={false} mb="xs" />
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} height={height} animate={false} />
      ))}
    </Stack>
  )
}
