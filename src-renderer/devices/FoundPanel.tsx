import { useState, type SyntheticEvent } from 'react'
import { Button, Checkbox, Group, Stack, TagsInput, Text, TextInput, Title } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Finding } from '#shared/devices/contract.ts'
import { useCall } from '../host.ts'
import { Facts } from '../ui/Facts.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFormat, type Told } from '../words.ts'
import { WinkButton } from './commission/WinkButton.tsx'
import { FindingNotice } from './FindingNotice.tsx'
import classes from './ConnectScreen.module.css'

export type Labels = { name: string | null; place: string; tags: string[] }
type Consents = { evenIfTooOld: boolean; plainOutside: boolean }
type FoundPanelProps = {
  finding: Finding
  labels: Labels
  onLabels: (labels: Labels) => void
  failure: Told | null
  busy: boolean
  onAdd: (named: { name: string; place: string; tags: string[] } & Consents) => void
  onPick: () => void
}

/** What answered, and the name under which it joins the list. */
export function FoundPanel({ finding, labels, onLabels, failure, busy, onAdd, onPick }: FoundPanelProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [consents, setConsents] = useState<Consents>({ evenIfTooOld: false, plainOutside: false })
  const { data: devices = [] } = useCall('devices.list', {})
  const { identity, notices } = finding
  const { place, tags } = labels
  const name = labels.name ?? finding.proposedName
  const asks = (code: Finding['notices'][number]['code']) => notices.some((notice) => notice.code === code)
  const ready = name.trim() !== '' && (!asks('firmwareTooOld') || consents.evenIfTooOld) && (!asks('plainOutside') || consents.plainOutside)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (ready) onAdd({ name, place, tags, ...consents })
  }
  const heading = identity.application
    ? t('found.withApplication', { model: identity.model, application: identity.application })
    : t('found.model', { model: identity.model })
  return (
    <Panel>
      <div className={classes['head']} role="status">
        <IconCircleCheck size={24} stroke={1.5} aria-hidden />
        <div>
          <Title order={2}>{heading}</Title>
          <Text c="dimmed">{finding.profileTitle}</Text>
        </div>
      </div>
      <Stack gap="sm">
        {notices.map((notice) => (
          <FindingNotice key={notice.code} notice={notice} />
        ))}
        <Facts
          rows={[
            [t('about.firmware'), identity.firmware],
            [t('about.applicationVersion'), identity.applicationVersion],
            [t('about.orderCode'), identity.orderCode],
            [t('about.serial'), identity.serial],
            [t('about.production'), identity.production],
            [t('found.points'), t('found.pointCount', { count: finding.points })],
            [t('found.answer'), finding.answerMs === null ? null : format.milliseconds(finding.answerMs)],
          ]}
        />
        <Group gap="xs">
          {finding.wink && <WinkButton address={finding.address} />}
          <Button size="xs" variant="subtle" onClick={onPick}>
            {t('picker.open')}
          </Button>
        </Group>
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              label={t('device.name')}
              value={name}
              maxLength={80}
              onChange={(event) => onLabels({ ...labels, name: event.currentTarget.value })}
              error={name.trim() === '' ? t('device.nameMissing') : undefined}
              data-autofocus
            />
            <TextInput
              label={t('device.place')}
              description={t('device.placeHint')}
              value={place}
              maxLength={120}
              onChange={(event) => onLabels({ ...labels, place: event.currentTarget.value })}
            />
            <TagsInput
              label={t('device.tags')}
              description={t('device.tagsHint')}
              value={tags}
              data={[...new Set(devices.flatMap((device) => device.tags))].sort()}
              maxTags={20}
              onChange={(next) => onLabels({ ...labels, tags: next.map((tag) => tag.slice(0, 40)) })}
            />
            {asks('firmwareTooOld') && (
              <Checkbox
                label={t('found.evenIfTooOld')}
                checked={consents.evenIfTooOld}
                onChange={(event) => setConsents({ ...consents, evenIfTooOld: event.currentTarget.checked })}
              />
            )}
            {asks('plainOutside') && (
              <Checkbox
                label={t('found.plainOutside')}
                checked={consents.plainOutside}
                onChange={(event) => setConsents({ ...consents, plainOutside: event.currentTarget.checked })}
              />
            )}
            {failure && <Failed told={failure} />}
            <Group>
              <Button type="submit" loading={busy} disabled={!ready}>
                {t('found.add')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Stack>
    </Panel>
  )
}
