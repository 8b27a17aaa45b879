import { useState, type SyntheticEvent } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAction, useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { usePointNames } from '../point-names.ts'
import { useFailureText } from '../words.ts'
import { documentOf } from './document.ts'
import { loginOf } from './draft.ts'
import type { StepProps } from './step.ts'
import classes from './Opcua.module.css'

/** Whether every node is there, what the mapping and the device are called; then the device is read. */
export function FinishStep({ draft, change, secret, onDone }: StepProps & { onDone: () => void }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const names = usePointNames()
  const navigate = useNavigate()
  const [replace, setReplace] = useState(false)
  const save = useAction('profiles.save')
  const add = useAction('devices.add')
  const templates = useCall('opcua.templates', {})
  const template = templates.data?.find(({ id }) => id === draft.template)
  const login = loginOf(draft, secret)
  const rows = draft.mappings.filter(({ from }) => from !== '')
  const held = useCall('opcua.read', { ...login, nodes: rows.map(({ from }) => from) }, { enabled: rows.length > 0, onOpen: true })
  const missing = rows.filter((_, i) => held.data && held.data[i] === null)
  const left = draft.mappings.filter(({ from }) => from === '')
  const document = documentOf(draft, template)
  const filled = [draft.maker, draft.model, draft.profileName, draft.name].every((text) => text.trim() !== '')
  const exists = save.error !== null && 'code' in save.error && save.error.code === 'profile.exists'

  const enter = (profile: string) =>
    add.mutate(
      { ...login, way: 'opcua', unit: 0, profile, name: draft.name, place: draft.place },
      {
        onSuccess: (device) => {
          onDone()
          void navigate({ to: '/devices/$id', params: { id: device.id } })
        },
      },
    )
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (draft.saved !== '') return enter(draft.saved)
    save.mutate(
      { name: draft.profileName.trim(), document, replace },
      {
        onSuccess: ({ profile }) => {
          change({ saved: profile })
          enter(profile)
        },
      },
    )
  }
  if (held.isLoading) return <Loading rows={4} />
  return (
    <div className={classes['columns']}>
      <Panel title={t('opcua.check')}>
        <Stack gap="sm">
          {held.error && <Failed told={tell(held.error)} onRetry={() => void held.refetch()} />}
          {held.data && (
            <Text role="status">
              {missing.length === 0 ? t('opcua.allThere', { count: rows.length }) : t('opcua.someMissing', { count: missing.length })}
            </Text>
          )}
          {missing.length > 0 && (
            <ul>
              {missing.map((row) => (
                <li key={row.id}>
                  {names.full({ id: row.id, title: row.title || null })}{' '}
                  <Text span size="sm" c="dimmed">
                    {row.from}
                  </Text>
                </li>
              ))}
            </ul>
          )}
          {left.length > 0 && (
            <Text size="sm" c="dimmed">
              {t('opcua.leftOut', { names: left.map((row) => names.full({ id: row.id, title: row.title || null })).join(', ') })}
            </Text>
          )}
          {template && (
            <Text size="sm">
              {t('opcua.firmwareNeeded', { model: template.model, version: Object.values(template.requires)[0]?.min ?? '' })}
            </Text>
          )}
          <Group>
            <Button
              component="a"
              variant="default"
              size="xs"
              href={`data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(document, null, 2))}`}
              download="opcua-mapping.json"
            >
              {t('opcua.toFile')}
            </Button>
          </Group>
        </Stack>
      </Panel>
      <Panel title={t('opcua.names')}>
        <form onSubmit={submit}>
          <Stack gap="sm">
            {draft.saved === '' && (
              <>
                <TextInput
                  label={t('opcua.profileName')}
                  description={t('opcua.profileNameHint')}
                  value={draft.profileName}
                  maxLength={80}
                  onChange={(event) => change({ profileName: event.currentTarget.value })}
                />
                <div className={classes['pair']}>
                  <TextInput
                    label={t('opcua.maker')}
                    value={draft.maker}
                    maxLength={80}
                    onChange={(event) => change({ maker: event.currentTarget.value })}
                  />
                  <TextInput
                    label={t('opcua.model')}
                    value={draft.model}
                    maxLength={80}
                    onChange={(event) => change({ model: event.currentTarget.value })}
                  />
                </div>
              </>
            )}
            <TextInput
              label={t('device.name')}
              value={draft.name}
              maxLength={80}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
            <TextInput
              label={t('device.place')}
              description={t('device.placeHint')}
              value={draft.place}
              maxLength={120}
              onChange={(event) => change({ place: event.currentTarget.value })}
            />
            {save.error && <Failed told={tell(save.error)} />}
            {exists && (
              <Checkbox label={t('opcua.replace')} checked={replace} onChange={(event) => setReplace(event.currentTarget.checked)} />
            )}
            {add.error && <Failed told={tell(add.error)} />}
            <Group>
              <Button type="submit" loading={save.isPending || add.isPending} disabled={!filled || missing.length === rows.length}>
                {t('opcua.add')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Panel>
    </div>
  )
}
