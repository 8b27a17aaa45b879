import { useState } from 'react'
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { protocolAt } from '#shared/acquisition/address.ts'
import type { OpenDevice } from '../../device-context.ts'
import { useAction } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useFailureText } from '../../words.ts'
import { WinkButton } from './WinkButton.tsx'
import { ProfilePicker } from './ProfilePicker.tsx'

/** Another profile for a device that is in the list already; what both profiles have goes on without a break. */
export function ProfilePanel({ device }: { device: OpenDevice }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const change = useAction('devices.change')
  const [picking, setPicking] = useState(false)
  const [unseen, setUnseen] = useState(false)
  const protocol = protocolAt(device.address)
  const close = () => {
    setPicking(false)
    change.reset()
  }
  const choose = (profile: string | null) =>
    change.mutate({ id: device.id, profile, unseen: unseen && profile !== null }, { onSuccess: () => setPicking(false) })
  return (
    <Panel title={t('about.profile')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('about.profileHint')}
        </Text>
        {picking ? (
          <>
            <ProfilePicker protocol={protocol} value={device.profile} onChoose={choose} />
            <Checkbox label={t('about.profileUnseen')} checked={unseen} onChange={(event) => setUnseen(event.currentTarget.checked)} />
            {change.error && <Failed told={tell(change.error)} />}
            <Group>
              {protocol === 'modbus' && (
                <Button variant="default" size="xs" loading={change.isPending} onClick={() => choose(null)}>
                  {t('picker.automatic')}
                </Button>
              )}
              <Button variant="subtle" size="xs" onClick={close}>
                {t('cancel')}
              </Button>
            </Group>
          </>
        ) : (
          <Group>
            <Button variant="default" onClick={() => setPicking(true)}>
              {t('about.profileChange')}
            </Button>
            {device.wink && <WinkButton address={device.address} />}
          </Group>
        )}
      </Stack>
    </Panel>
  )
}
