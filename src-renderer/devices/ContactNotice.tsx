import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OpenDevice } from '../device-context.ts'
import { useAction, useActor } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { tellCode, useFailureText, useFormat, useLookup } from '../words.ts'
import classes from './DeviceFrame.module.css'

/** Why a device does not answer, and the way to try it at once. Nothing while all is well. */
export function ContactNotice({ device }: { device: OpenDevice }) {
  const { t } = useTranslation()
  const lookup = useLookup('failures')
  const format = useFormat()
  const tell = useFailureText()
  const attempt = useAction('acquisition.tryNow')
  const { may } = useActor()
  const { contact } = device
  if (contact.state !== 'offline' && contact.state !== 'degraded') return null
  const told = contact.failure
    ? tellCode(contact.failure.code, contact.failure.params, lookup, t)
    : { title: t('contact.offline'), hint: null, code: 'device.offline' }
  return (
    <div className={classes['notice']}>
      <Failed
        told={told}
        {...(may('basic') && contact.state === 'offline' ? { onRetry: () => attempt.mutate({ device: device.id }) } : {})}
        retryLabel={attempt.isPending ? t('communication.trying') : t('communication.tryNow')}
      >
        <Text size="sm" c="dimmed">
          {contact.lastAnswer === null ? t('contact.never') : t('contact.lastAnswer', { time: format.dateTime(contact.lastAnswer) })}
        </Text>
        {attempt.error && <Text size="sm">{tell(attempt.error).title}</Text>}
      </Failed>
    </div>
  )
}
