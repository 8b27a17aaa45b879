import { useState, type SyntheticEvent } from 'react'
import { Button, Group, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Device } from '#shared/devices/contract.ts'
import { useAction, useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'

/** Changes name, place and labels. What was typed stays until it is saved or taken back. */
export function RenameForm({ device }: { device: Device }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const save = useAction('devices.change')
  const [name, setName] = useState(device.name)
  const [place, setPlace] = useState(device.place)
  const [tags, setTags] = useState(device.tags)
  const { data: devices = [] } = useCall('devices.list', {})
  const changed = name.trim() !== device.name || place.trim() !== device.place || tags.join('|') !== device.tags.join('|')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (changed && name.trim() !== '') save.mutate({ id: device.id, name, place, tags })
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
        <TagsInput
          label={t('device.tags')}
          description={t('device.tagsHint')}
          value={tags}
          data={[...new Set(devices.flatMap((one) => one.tags))].sort()}
          maxTags={20}
          onChange={(next) => setTags(next.map((tag) => tag.slice(0, 40)))}
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
                setTags(device.tags)
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
