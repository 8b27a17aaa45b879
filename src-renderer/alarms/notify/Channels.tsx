import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useActor, useCall } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { useFailureText } from '../../words.ts'
import { GeneralForm } from './GeneralForm.tsx'
import { MailForm } from './MailForm.tsx'
import { SmsForm } from './SmsForm.tsx'
import classes from './Notify.module.css'

/** The ways on which notices leave: mail server, SMS gateway, web push. Administrators change them. */
export function Channels() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const { data, error, refetch } = useCall('alarms.channels', {}, { onOpen: true })
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={6} height={48} />
  const locked = !may('admin')
  return (
    <>
      {locked && (
        <Text size="sm" c="dimmed" mb="sm">
          {t('alarms.notify.channels.locked')}
        </Text>
      )}
      <div className={classes['forms']}>
        <MailForm settings={data.mail} locked={locked} />
        <SmsForm settings={data.sms} locked={locked} />
        <GeneralForm settings={data.general} locked={locked} />
      </div>
      <Text size="sm" c="dimmed" mt="sm">
        {t('alarms.notify.channels.testHint')}
      </Text>
    </>
  )
}
