import type { ReactNode } from 'react'
import { Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Told } from '../words.ts'
import classes from './Failed.module.css'

type FailedProps = { told: Told; onRetry?: () => void; retryLabel?: string; centred?: boolean; children?: ReactNode }

/** What went wrong, what to do about it, and the button to try again. */
export function Failed({ told, onRetry, retryLabel, centred, children }: FailedProps) {
  const { t } = useTranslation()
  return (
    <div className={classes['box']} data-centred={centred ?? undefined} role="alert" data-failure={told.code}>
      <IconAlertTriangle className={classes['icon']} size={20} stroke={1.8} aria-hidden />
      <Stack gap={4} className={classes['words']}>
        <Text fw={600}>{told.title}</Text>
        {told.hint !== null && <Text size="sm">{told.hint}</Text>}
        {children}
        {onRetry && (
          <Group mt={6}>
            <Button size="xs" variant="default" onClick={onRetry}>
              {retryLabel ?? t('retry')}
            </Button>
          </Group>
        )}
      </Stack>
    </div>
  )
}
