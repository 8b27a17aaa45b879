import { useState, type SyntheticEvent } from 'react'
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAction, useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import { TokenShown } from './TokenShown.tsx'
import { zones } from './zones.ts'

/** Makes a door for a gateway, and shows its token once. */
export function AddGateway({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const about = useCall('system.about', {})
  const add = useAction('ingest.addGateway')
  const [name, setName] = useState('')
  const [zone, setZone] = useState<string | null>(null)
  const own = about.data?.timeZone ?? 'UTC'
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (name.trim() !== '') add.mutate({ name, zone: zone ?? own })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('ingest.add')}
      centered
      transitionProps={{ duration: 0 }}
      closeOnClickOutside={!add.isSuccess}
      size="lg"
    >
      {add.data ? (
        <TokenShown path={add.data.path} token={add.data.token} onDone={onClose} />
      ) : (
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              label={t('ingest.name')}
              description={t('ingest.nameHint')}
              value={name}
              maxLength={80}
              onChange={(event) => setName(event.currentTarget.value)}
              data-autofocus
            />
            <Select
              label={t('ingest.zone')}
              description={t('ingest.zoneHint')}
              data={zones(own)}
              value={zone ?? own}
              onChange={setZone}
              searchable
              allowDeselect={false}
            />
            {add.error && <Failed told={tell(add.error)} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('cancel')}
              </Button>
              <Button type="submit" loading={add.isPending} disabled={name.trim() === ''}>
                {t('ingest.add')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  )
}
