import { useState, type SyntheticEvent } from 'react'
import { Button, Checkbox, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Finding } from '#shared/devices/contract.ts'
import { Facts } from '../ui/Facts.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFormat, type Told } from '../words.ts'
import { FindingNotice } from './FindingNotice.tsx'
import classes from './ConnectScreen.module.css'

type Named = { name: string; place: string; evenIfTooOld: boolean }
type FoundPanelProps = { finding: Finding; failure: Told | null; busy: boolean; onAdd: (named: Named) => void }

/** What answered, and the name under which it joins the list. */
export function FoundPanel({ finding, failure, busy, onAdd }: FoundPanelProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [name, setName] = useState(finding.proposedName)
  const [place, setPlace] = useState('')
  const [evenIfTooOld, setEven] = useState(false)
  const { identity } = finding
  const tooOld = finding.notices.some(({ code }) => code === 'firmwareTooOld')
  const ready = name.trim() !== '' && (!tooOld || evenIfTooOld)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (ready) onAdd({ name, place, evenIfTooOld })
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
        {finding.notices.map((notice) => (
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
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              label={t('device.name')}
              value={name}
              maxLength={80}
              onChange={(event) => setName(event.currentTarget.value)}
              error={name.trim() === '' ? t('device.nameMissing') : undefined}
              data-autofocus
            />
            <TextInput
              label={t('device.place')}
              description={t('device.placeHint')}
              value={place}
              maxLength={120}
              onChange={(event) => setPlace(event.currentTarget.value)}
            />
            {tooOld && (
              <Checkbox label={t('found.evenIfTooOld')} checked={evenIfTooOld} onChange={(event) => setEven(event.currentTarget.checked)} />
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
