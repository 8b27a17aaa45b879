import { useState } from 'react'
import { Button, Group, NativeSelect, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAction, useActor, useCall } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { useFailureText } from '../../words.ts'
import { desktopBridge, permissionNow } from './permission.ts'
import { browserLabel, hasPush, subscribe } from './push.ts'

/** Signs this browser up for a recipient. Nothing where there is no web push, it is off, or nobody could be told. */
export function PushSignUp() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  // Hearthgrid's own window has no push service behind it.
  const able = may('basic') && hasPush() && desktopBridge() === undefined
  const key = useCall('alarms.pushKey', {}, { enabled: able })
  const recipients = useCall('alarms.recipients', {}, { enabled: able })
  const add = useAction('alarms.addBrowser')
  const [chosen, setChosen] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<'denied' | 'service' | null>(null)
  const id = chosen ?? recipients.data?.[0]?.id
  const publicKey = key.data?.key ?? null
  if (!able || publicKey === null || !recipients.data || id === undefined) return null
  const signUp = async () => {
    setBusy(true)
    setFault(null)
    try {
      if (permissionNow() === 'ask') await Notification.requestPermission()
      if (permissionNow() !== 'granted') return setFault('denied')
      const subscribed = await subscribe(publicKey)
      add.mutate({ id, label: browserLabel(navigator.userAgent), ...subscribed })
    } catch {
      setFault('service')
    } finally {
      setBusy(false)
    }
  }
  return (
    <div>
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label={t('alarms.device.notice.push')}
          description={t('alarms.device.notice.pushHint')}
          value={id}
          data={recipients.data.map((one) => ({ value: one.id, label: one.name }))}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        <Button variant="default" loading={busy || add.isPending} onClick={() => void signUp()}>
          {t('alarms.device.notice.signUp')}
        </Button>
      </Group>
      {fault && (
        <Text size="sm" mt={4} role="alert">
          {t(fault === 'denied' ? 'alarms.device.notice.denied' : 'alarms.device.notice.service')}
        </Text>
      )}
      {add.error && <Failed told={tell(add.error)} />}
      {add.isSuccess && (
        <Text size="sm" mt={4} role="status">
          {t('alarms.device.notice.signedUp')}
        </Text>
      )}
    </div>
  )
}
