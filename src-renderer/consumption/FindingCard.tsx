import { useState } from 'react'
import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Finding } from '#shared/energy/contract.ts'
import { replacementRules } from '#shared/energy/finding.ts'
import { useAction, useActor } from '../host.ts'
import { usePointNames } from '../point-names.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { DeviceLink } from '../ui/DeviceLink.tsx'
import { Facts } from '../ui/Facts.tsx'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { useFindingWords } from './finding-words.ts'
import classes from './FindingCard.module.css'

type FindingCardProps = {
  finding: Finding
  /** The name of the meter, where several are listed. */
  meterName: string | null
  /** Opens the replacement of the meter, where that can be noted. */
  onReplace?: (() => void) | undefined
}

/** One finding: what happened, what it means, what to do, and the figures that prove it. */
export function FindingCard({ finding, meterName, onReplace }: FindingCardProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useFindingWords()
  const names = usePointNames()
  const { acknowledged, closedAt, device, point, severity } = finding
  const facts = words.figures(finding).map(({ label, text }) => [label, text] as const)
  return (
    <article className={classes['card']} data-rule={finding.rule} data-severity={severity} data-closed={closedAt !== null || undefined}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <IconAlertTriangle size={18} className={classes['icon']} aria-hidden />
        <div className={classes['words']}>
          <Group gap="xs">
            <Text fw={600}>{words.title(finding)}</Text>
            <Badge size="xs" variant="light" color={severity === 'alarm' ? 'abnormal' : 'orange'}>
              {t(`energy.warnings.${severity}`)}
            </Badge>
          </Group>
          <Text size="sm">
            {device === null ? words.who(finding) : <DeviceLink id={device}>{meterName ?? words.who(finding)}</DeviceLink>}
            {point === null ? '' : ` · ${names.full({ id: point, title: null })}`}
            {` · ${words.when(finding)}`}
          </Text>
        </div>
      </Group>
      <Text size="sm">
        <b>{t('energy.warnings.means')}</b> {words.means(finding)}
      </Text>
      <Text size="sm">
        <b>{t('energy.warnings.todo')}</b> {words.todo(finding)}
      </Text>
      <Facts rows={facts} />
      <Text size="xs" c="dimmed">
        {[
          closedAt === null
            ? t('energy.warnings.seen', { since: format.dateTime(finding.openSince), seen: format.dateTime(finding.lastSeen) })
            : t('energy.warnings.closed', { time: format.dateTime(closedAt) }),
          t('energy.warnings.method', { version: finding.method }),
        ].join(' · ')}
      </Text>
      {acknowledged ? (
        <Text size="sm">
          {[t('energy.warnings.acknowledged', { by: acknowledged.by, time: format.dateTime(acknowledged.at) }), acknowledged.note]
            .filter((one) => one !== '')
            .join(': ')}
        </Text>
      ) : (
        closedAt === null && <Acknowledge finding={finding} onReplace={onReplace} />
      )}
    </article>
  )
}

function Acknowledge({ finding, onReplace }: Pick<FindingCardProps, 'finding' | 'onReplace'>) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const acknowledge = useAction('energy.acknowledge')
  const [note, setNote] = useState('')
  const { meter, rule } = finding
  const replaceable = meter !== null && replacementRules.has(rule) && may('full')
  if (!may('basic')) return null
  return (
    <Stack gap="xs">
      {acknowledge.error && <Failed told={tell(acknowledge.error)} />}
      <Group gap="xs" align="flex-end">
        <TextInput
          className={classes['note']}
          size="xs"
          label={t('energy.warnings.explain')}
          description={t('energy.warnings.explainHint')}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button size="xs" variant="default" loading={acknowledge.isPending} onClick={() => acknowledge.mutate({ id: finding.id, note })}>
          {t('energy.warnings.acknowledge')}
        </Button>
        {replaceable &&
          (onReplace ? (
            <Button size="xs" onClick={onReplace}>
              {t('meters.replace.title')}
            </Button>
          ) : (
            <ButtonLink size="xs" to="/meters" search={{ meter, replace: 'yes' }}>
              {t('meters.replace.title')}
            </ButtonLink>
          ))}
        {meter !== null && !onReplace && (
          <ButtonLink size="xs" variant="default" to="/meters" search={{ meter }}>
            {t('energy.warnings.showMeter')}
          </ButtonLink>
        )}
      </Group>
    </Stack>
  )
}
