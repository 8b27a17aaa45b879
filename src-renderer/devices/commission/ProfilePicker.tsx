import { useDeferredValue, useMemo, useState } from 'react'
import { Badge, Group, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Protocol } from '#shared/devices/way.ts'
import { useCall } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { useFailureText } from '../../words.ts'
import classes from '../ConnectScreen.module.css'
import { findProfiles } from './find-profiles.ts'

type ProfilePickerProps = { protocol: Protocol; value: string | null; onChoose: (profile: string) => void }

/** All device files that fit the way, found by maker, controller, application or what they do. */
export function ProfilePicker({ protocol, value, onChoose }: ProfilePickerProps) {
  const { t } = useTranslation()
  const { data, error, refetch } = useCall('profiles.list', {})
  const tell = useFailureText()
  const [text, setText] = useState('')
  const words = useDeferredValue(text)
  const found = useMemo(() => findProfiles(data ?? [], protocol, words), [data, protocol, words])
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} /> : <Loading rows={4} height={44} />
  return (
    <Stack gap="xs">
      <TextInput
        label={t('picker.search')}
        placeholder={t('picker.example')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autoFocus
      />
      {found.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('picker.none')}
        </Text>
      ) : (
        <ul className={classes['profiles']} aria-label={t('picker.list')}>
          {found.map((row) => (
            <li key={row.profile}>
              <button
                type="button"
                className={classes['profile']}
                aria-pressed={row.profile === value}
                data-profile={row.profile}
                onClick={() => onChoose(row.profile)}
              >
                <Group justify="space-between" gap="xs">
                  <Text fw={600}>
                    {row.maker} {row.controller} {row.applications.join(', ')}
                    {row.subtypes.length > 0 && ` .${row.subtypes.join(' .')}`}
                  </Text>
                  <Badge variant="outline" color={row.proof === 'field' ? 'gray' : 'caution'} tt="none" fw={500}>
                    {t(`picker.proof.${row.proof}`)}
                  </Badge>
                </Group>
                <Text size="sm" c="dimmed">
                  {row.title}
                </Text>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Stack>
  )
}
