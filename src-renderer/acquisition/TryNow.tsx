import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAction, useActor } from '../host.ts'
import { useFailureText } from '../words.ts'
import classes from './TryNow.module.css'

/** When an offline device is tried again by itself, and the button that does it at once. */
export function TryNow({ device, next }: { device: string; next: string | null }) {
  const { t } = useTranslation()
  const attempt = useAction('acquisition.tryNow')
  const tell = useFailureText()
  const { may } = useActor()
  return (
    <span className={classes['next']}>
      <span className={classes['when']} title={t('communication.hint.next')}>
        {attempt.error ? tell(attempt.error).title : next === null ? null : t('communication.nextIn', { span: next })}
      </span>
      {may('basic') && (
        <Button size="compact-sm" variant="default" loading={attempt.isPending} onClick={() => attempt.mutate({ device })}>
          {t('communication.tryNow')}
        </Button>
      )}
    </span>
  )
}
