import { Stack, Switch, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../ui/Panel.tsx'
import { desktopBridge, useNoticeSetting } from './permission.ts'
import { PushSignUp } from './PushSignUp.tsx'

/** Notices of this browser: whether the computer shows alarms while the page is in the background, and web push. */
export function NoticePanel() {
  const { t } = useTranslation()
  const { on, permission, turn } = useNoticeSetting()
  const hint = {
    missing: t('alarms.device.notice.missing'),
    ask: t('alarms.device.notice.ask'),
    granted: t('alarms.device.notice.granted'),
    denied: t('alarms.device.notice.denied'),
  }[permission]
  return (
    <Panel title={t(desktopBridge() ? 'alarms.device.notice.window' : 'alarms.device.notice.title')}>
      <Stack gap="sm">
        <Switch
          label={t('alarms.device.notice.on')}
          description={hint}
          checked={on}
          disabled={permission === 'missing' || permission === 'denied'}
          onChange={(event) => void turn(event.currentTarget.checked)}
        />
        <PushSignUp />
        <Text size="xs" c="dimmed">
          {t('alarms.device.notice.own')}
        </Text>
      </Stack>
    </Panel>
  )
}
