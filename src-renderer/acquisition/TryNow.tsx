import { Button, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAction, useActor } from '../host.ts'
import { useFailureText } from '../words.ts'

/** Contacts an offline device at once instead of at its next turn. */
export function TryNow({ device, next }: { device: string; next: string | null }) {
  const { t } = useTranslation()
  const attempt = useAction('acquisition.tryNow')
  const tell = useFailureText()
  const { may } = useActor()
  const label = next === null ? t('communication.noNext') : t('communication.nextIn', { span: next })
  if (!may('basic')) return <span>{label}</span>
  return (
    <Tooltip label={attempt.error ? tell(attempt.error).title : label} transitionProps={{ duration: 0 }}>
      <Button size="compact-sm" variant="default" loading={attempt.isPending} onClick={() => attempt.mutate({ device })}>
        {t('communication.tryNow')}
      </Button>
    </Tooltip>
  )
}
