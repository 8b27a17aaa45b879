import { useState } from 'react'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { namelessMember, type IngestKey } from '#shared/ingest/contract.ts'
import { useAction, useCall } from '../host.ts'
import { DeviceLink } from '../ui/DeviceLink.tsx'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { doubled, draftOf, mappingsOf, type KeyDraft } from './draft.ts'
import { KeyRow } from './KeyRow.tsx'
import classes from './MemberForm.module.css'

type MemberFormProps = { gateway: string; member: string; keys: readonly IngestKey[] }

/** The keys of one device behind a gateway, and the points that they stand for. What was chosen stays until it is saved. */
export function MemberForm({ gateway, member, keys }: MemberFormProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const format = useFormat()
  const save = useAction('ingest.map')
  const devices = useCall('devices.list', {})
  const device = devices.data?.find(({ id }) => id === keys[0]?.device)
  const [named, setNamed] = useState<{ name?: string; place?: string }>({})
  const [drafts, setDrafts] = useState<ReadonlyMap<string, KeyDraft>>(new Map())
  const name = named.name ?? device?.name ?? (member === namelessMember ? '' : member)
  const place = named.place ?? device?.place ?? ''
  const points = mappingsOf(keys, drafts)
  const twice = doubled(points)
  const ready = name.trim() !== '' && points.length > 0 && twice.size === 0
  const touched = drafts.size > 0 || named.name !== undefined || named.place !== undefined
  const store = () =>
    save.mutate(
      { id: gateway, member, name, place, points },
      {
        onSuccess: () => {
          setDrafts(new Map())
          setNamed({})
        },
      },
    )
  return (
    <section className={classes['member']} aria-label={member}>
      <Group justify="space-between">
        <Text fw={600}>{member === namelessMember ? t('ingest.nameless') : member}</Text>
        {device ? (
          <DeviceLink id={device.id}>{device.name}</DeviceLink>
        ) : (
          <Text size="sm" c="dimmed">
            {t('ingest.notYet')}
          </Text>
        )}
      </Group>
      <div className={classes['keys']}>
        {keys.map((one) => {
          const draft = drafts.get(one.key) ?? draftOf(one)
          const mapping = points.find(({ key }) => key === one.key)
          return (
            <KeyRow
              key={one.key}
              sent={one}
              draft={draft}
              twice={mapping !== undefined && twice.has(mapping.point)}
              onChange={(change) => setDrafts(new Map(drafts).set(one.key, { ...draft, ...change }))}
            />
          )
        })}
      </div>
      <Stack gap="sm">
        <Group align="flex-start" grow preventGrowOverflow={false}>
          <TextInput
            label={t('device.name')}
            value={name}
            maxLength={80}
            onChange={(event) => setNamed({ ...named, name: event.currentTarget.value })}
            error={name.trim() === '' ? t('device.nameMissing') : undefined}
          />
          <TextInput
            label={t('device.place')}
            value={place}
            maxLength={120}
            onChange={(event) => setNamed({ ...named, place: event.currentTarget.value })}
          />
        </Group>
        {save.error && <Failed told={tell(save.error)} />}
        <Group>
          <Button onClick={store} loading={save.isPending} disabled={!ready || (!touched && device !== undefined)}>
            {device ? t('save') : t('ingest.makeDevice')}
          </Button>
          <Text size="sm" c="dimmed" role="status">
            {save.isSuccess && !touched ? t('saved') : t('ingest.chosen', { count: points.length, number: format.number(points.length) })}
          </Text>
        </Group>
      </Stack>
    </section>
  )
}
