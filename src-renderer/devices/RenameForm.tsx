import { useState, type SyntheticEvent } from 'react'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Device } from '#shared/devices/contract.ts'
import { useAction } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'

/** Changes name and place. What was typed stays until it is saved or taken back. */
export function RenameForm({ device }: { device: Device }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const save = useAction('devices.change')
  const [name, setName] = useState(device.name)
  const [place, setPlace] = useState(device.place)
  const changed = name.trim() !== device.name || place.trim() !== device.place
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (changed && name.trim() !== '') save.mutate({ id: device.id, name, place })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t('device.name')}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.currentTarget.value)}
          error={name.trim() === '' ? t('device.nameMissing') : undefined}
        />
        <TextInput
          label={t('device.place')}
          description={t('device.placeHint')}
          value={place}
          maxLength={120}
          onChange={(event) => setPlace(event.currentTarget.value)}
        />
        {save.error && <Failed told={tell(save.error)} />}
        <Group>
          <Button type="submit" loading={save.isPending} disabled={!changed || name.trim() === ''}>
            {t('save')}
          </Button>
          {changed && (
            <Button
              variant="default"
              onClick={() => {
                setName(device.name)
                setPlace(device.place)
              }}
            >
              {t('undo')}
            </Button>
          )}
          {save.isSuccess && !changed && (
            <Text size="sm" c="dimmed" role="status">
              {t('saved')}
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  )
}
