import { useState } from 'react'
import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PresetContent, PresetKind } from '#shared/presets/contract.ts'
import { useAction, useActor } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'

/** Keeps what the screen shows under a new name. */
export function PresetForm({ kind, content }: { kind: PresetKind; content: PresetContent }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const add = useAction('presets.add')
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const keep = () => add.mutate({ kind, name: name.trim(), shared, content }, { onSuccess: () => setName('') })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') keep()
      }}
    >
      <Stack gap="xs">
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            label={t('presets.keep')}
            placeholder={t('presets.name')}
            value={name}
            maxLength={80}
            onChange={(event) => setName(event.currentTarget.value)}
            flex={1}
          />
          <Button type="submit" disabled={name.trim() === ''} loading={add.isPending}>
            {t('save')}
          </Button>
        </Group>
        {may('full') && (
          <Checkbox size="sm" label={t('presets.forAll')} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
        )}
        {add.error && <Failed told={tell(add.error)} />}
      </Stack>
    </form>
  )
}
