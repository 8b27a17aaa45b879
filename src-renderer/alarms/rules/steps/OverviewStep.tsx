import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../../host.ts'
import { useFormat } from '../../../words.ts'
import { PriorityMark } from '../../PriorityMark.tsx'
import { TrialPanel } from '../../trial/TrialPanel.tsx'
import { EffectPanel } from '../EffectPanel.tsx'
import { OverridePanel } from '../OverridePanel.tsx'
import type { Step } from '../problems.ts'
import { withDeadband } from '../starts.ts'
import { useRuleWords } from '../words.ts'
import type { StepProps } from './step.ts'
import classes from '../Wizard.module.css'

/** The whole rule in words, what it would have done, and the way to save it. */
export function OverviewStep(props: StepProps) {
  const { content, put, points, problems, go, rule, save } = props
  const { t } = useTranslation()
  const format = useFormat()
  const words = useRuleWords(points)
  const { data: devices } = useCall('devices.list', {})
  const { data: names } = useCall('alarms.notifyNames', {})
  const lists = new Map((names?.lists ?? []).map(({ id, name }) => [id, name]))
  const schedules = new Map((names?.schedules ?? []).map(({ id, name }) => [id, name]))
  const { notify } = content
  const told = notify.steps.map(({ list, afterMinutes }) =>
    t('alarms.rules.notify.says', { list: lists.get(list) ?? t('alarms.rules.notify.gone'), after: format.duration(afterMinutes * 60) }),
  )
  const facts: { step: Step; label: string; text: string }[] = [
    { step: 'kind', label: t('alarms.rules.step.kind'), text: t(`alarms.words.kind.${content.test.kind}`) },
    { step: 'name', label: t('alarms.rules.field.name'), text: [content.name, content.description].filter(Boolean).join('\n') || '–' },
    {
      step: 'devices',
      label: t('alarms.rules.field.scope'),
      text: words.scope(content.scope, content.test.kind),
    },
    { step: 'point', label: t('alarms.rules.field.test'), text: words.test(content.test) },
    ...(content.while.length > 0
      ? [{ step: 'point' as const, label: t('alarms.rules.field.while'), text: content.while.map(words.gate).join('\n') }]
      : []),
    { step: 'recipients', label: t('alarms.rules.step.recipients'), text: told.join('\n') || t('alarms.rules.notify.nobody') },
    {
      step: 'time',
      label: t('alarms.rules.step.time'),
      text: [
        words.delays(content),
        content.latched ? t('alarms.rules.field.latched') : '',
        notify.schedule === null ? '' : (schedules.get(notify.schedule) ?? t('alarms.rules.notify.gone')),
      ]
        .filter(Boolean)
        .join('\n'),
    },
    {
      step: 'response',
      label: t('alarms.rules.field.respondMinutes'),
      text: content.respondMinutes === null ? '–' : format.duration(content.respondMinutes * 60),
    },
    { step: 'response', label: t('alarms.rules.field.cause'), text: content.cause || '–' },
    { step: 'response', label: t('alarms.rules.field.consequence'), text: content.consequence || '–' },
    { step: 'response', label: t('alarms.rules.field.action'), text: content.action || '–' },
  ]
  return (
    <Stack gap="lg">
      <Group gap={8}>
        <PriorityMark priority={content.priority} hidden />
        <Text fw={600}>{t(`alarms.words.priority.${content.priority}`)}</Text>
        {rule && (
          <Text size="sm" c="dimmed">
            {t(rule.enabled ? 'alarms.rules.isOn' : 'alarms.rules.isOff')} ·{' '}
            {t('alarms.rules.changedBy', { name: rule.changedBy, time: format.dateTime(rule.changedAt) })}
          </Text>
        )}
      </Group>
      <dl className={classes['facts']}>
        {facts.map(({ step, label, text }) => (
          <div key={label} className={classes['fact']}>
            <dt>{label}</dt>
            <dd>{text}</dd>
            {save && (
              <Button size="compact-xs" variant="subtle" onClick={() => go(step)} aria-label={t('alarms.rules.changeOf', { what: label })}>
                {t('alarms.rules.change')}
              </Button>
            )}
          </div>
        ))}
      </dl>
      {content.test.kind !== 'health' && <EffectPanel content={content} put={put} points={points} />}
      {content.test.kind !== 'health' && devices && <OverridePanel {...props} devices={devices} />}
      {content.test.kind !== 'health' && (
        <TrialPanel
          content={problems.length === 0 ? content : null}
          onTake={({ deadband, onDelayS }) => put({ onDelayS, test: withDeadband(content.test, deadband) })}
        />
      )}
      {save && content.action.trim() === '' && (
        <Text size="sm" c="caution">
          {t('alarms.rules.noAction')}{' '}
          <Button size="compact-xs" variant="subtle" onClick={() => go('response')}>
            {t('alarms.rules.step.response')}
          </Button>
        </Text>
      )}
      {problems.length > 0 && save && (
        <div role="status">
          <Text fw={600} size="sm">
            {t('alarms.rules.cannotSave')}
          </Text>
          {problems.map(({ step, code }) => (
            <Text key={step + code} size="sm" c="caution" fw={600} component="div" data-fault={code}>
              {t(`alarms.rules.fault.${code}`)}{' '}
              <Button size="compact-xs" variant="subtle" onClick={() => go(step)}>
                {t(`alarms.rules.step.${step}`)}
              </Button>
            </Text>
          ))}
        </div>
      )}
      {save && (
        <Group justify="flex-end" gap="xs">
          <Button variant="default" loading={save.busy} disabled={problems.length > 0} onClick={() => save.run(false)}>
            {t('alarms.rules.saveDisabled')}
          </Button>
          <Button loading={save.busy} disabled={problems.length > 0} onClick={() => save.run(true)}>
            {t('alarms.rules.saveEnabled')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
