import { Button, Group, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../words.ts'
import classes from './Storage.module.css'

type JobProgressProps = { label: string; done: number; total: number; onCancel?: () => void; busy?: boolean }

/** How far a long piece of work is, and the button that ends it. */
export function JobProgress({ label, done, total, onCancel, busy = false }: JobProgressProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const share = total > 0 ? Math.min(1, done / total) : 0
  return (
    <Group gap="sm" role="status">
      <Text size="sm">{label}</Text>
      <Progress value={100 * share} className={classes['progress'] ?? ''} aria-label={label} />
      <Text size="sm" className={classes['number'] ?? ''}>
        {`${format.number(Math.floor(share * 100))} %`}
      </Text>
      {onCancel && (
        <Button size="xs" variant="default" loading={busy} onClick={onCancel}>
          {t('cancel')}
        </Button>
      )}
    </Group>
  )
}
