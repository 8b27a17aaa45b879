import { useState } from 'react'
import { ActionIcon, Button, Group, Menu, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Preset, PresetContent } from '#shared/presets/contract.ts'
import { useAction, useActor } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import classes from './PresetRow.module.css'

type PresetRowProps = { preset: Preset; content: PresetContent; onOpen: (content: PresetContent) => void }

/** One preset: opens on a click; what else can be done with it stands behind the dots. */
export function PresetRow({ preset, content, onOpen }: PresetRowProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const change = useAction('presets.change')
  const remove = useAction('presets.remove')
  const [asking, setAsking] = useState<'name' | 'remove' | null>(null)
  const { id, missing } = preset
  const done = { onSuccess: () => setAsking(null) }
  const drop = () => {
    const series = preset.content.series.filter((one) => !missing.includes(one))
    change.mutate({ id, content: { ...preset.content, series } })
  }
  return (
    <Stack gap={4}>
      <Group gap={4} wrap="nowrap">
        <UnstyledButton className={classes['open']} onClick={() => onOpen(preset.content)} data-preset={preset.name}>
          <span>{preset.name}</span>
          {preset.shared && <span className={classes['owner']}>{preset.owner}</span>}
        </UnstyledButton>
        {(preset.mayChange || preset.mayRemove) && (
          <Menu position="bottom-end" withinPortal={false} transitionProps={{ duration: 0 }}>
            <Menu.Target>
              <ActionIcon variant="subtle" aria-label={t('presets.more', { name: preset.name })}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {preset.mayChange && (
                <>
                  <Menu.Item onClick={() => change.mutate({ id, content })}>{t('presets.replace')}</Menu.Item>
                  <Menu.Item onClick={() => setAsking('name')}>{t('presets.rename')}</Menu.Item>
                </>
              )}
              {preset.mayChange && may('full') && (!preset.shared || preset.mayRemove) && (
                <Menu.Item onClick={() => change.mutate({ id, shared: !preset.shared })}>
                  {preset.shared ? t('presets.unshare') : t('presets.share')}
                </Menu.Item>
              )}
              {preset.mayRemove && <Menu.Item onClick={() => setAsking('remove')}>{t('presets.remove')}</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      {missing.length > 0 && (
        <Group gap="xs" justify="space-between">
          <Text size="xs" c="dimmed">
            {t('presets.missing', { count: missing.length })}
          </Text>
          {preset.mayChange && (
            <Button size="compact-xs" variant="default" onClick={drop} loading={change.isPending}>
              {t('presets.dropMissing')}
            </Button>
          )}
        </Group>
      )}
      {asking === 'name' && <NameField before={preset.name} onSave={(name) => change.mutate({ id, name }, done)} busy={change.isPending} />}
      {asking === 'remove' && (
        <Group gap="xs" justify="space-between">
          <Text size="sm">{t('presets.sure', { name: preset.name })}</Text>
          <Group gap="xs">
            <Button size="compact-sm" variant="default" onClick={() => setAsking(null)}>
              {t('cancel')}
            </Button>
            <Button size="compact-sm" loading={remove.isPending} onClick={() => remove.mutate({ id }, done)}>
              {t('presets.remove')}
            </Button>
          </Group>
        </Group>
      )}
      {(change.error ?? remove.error) && <Failed told={tell(change.error ?? remove.error)} />}
    </Stack>
  )
}

function NameField({ before, onSave, busy }: { before: string; onSave: (name: string) => void; busy: boolean }) {
  const { t } = useTranslation()
  const [name, setName] = useState(before)
  return (
    <Group gap="xs" wrap="nowrap">
      <TextInput
        aria-label={t('presets.name')}
        value={name}
        maxLength={80}
        onChange={(event) => setName(event.currentTarget.value)}
        flex={1}
        autoFocus
      />
      <Button size="sm" variant="default" disabled={name.trim() === ''} loading={busy} onClick={() => onSave(name.trim())}>
        {t('save')}
      </Button>
    </Group>
  )
}
