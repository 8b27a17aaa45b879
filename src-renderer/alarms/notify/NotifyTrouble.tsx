import { IconMailExclamation } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useActor, useCall } from '../../host.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import classes from './Notify.module.css'

/** Says that notices did not go out, or may not have arrived; nothing while all is well. For who may look at the outbox. */
export function NotifyTrouble() {
  const { t } = useTranslation()
  const { may } = useActor()
  const { data } = useCall('alarms.outbox', { state: 'trouble', limit: 1 }, { enabled: may('basic'), every: 30_000 })
  const count = (state: string) => data?.counts.find((one) => one.state === state)?.count ?? 0
  const [dead, uncertain] = [count('dead'), count('uncertain')]
  if (dead + uncertain === 0) return null
  const said = [
    dead > 0 ? t('alarms.notify.trouble.dead', { count: dead }) : '',
    uncertain > 0 ? t('alarms.notify.trouble.uncertain', { count: uncertain }) : '',
  ]
  return (
    <div className={classes['trouble']} role="status" data-dead={dead}>
      <IconMailExclamation size={18} stroke={1.7} aria-hidden />
      <span>{said.filter(Boolean).join(' ')}</span>
      <ButtonLink to="/alarms/notify" search={{ part: 'outbox', state: 'trouble' }} size="compact-sm" variant="default">
        {t('alarms.notify.trouble.look')}
      </ButtonLink>
    </div>
  )
}
