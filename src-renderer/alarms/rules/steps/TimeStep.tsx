import { Checkbox, Select, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../../host.ts'
import { DelayField } from '../DelayField.tsx'
import { Faults } from './Faults.tsx'
import type { StepProps } from './step.ts'
import classes from '../Wizard.module.css'

/** How long it must hold before it is raised and cleared, and when anybody is told. */
export function TimeStep({ content, put, problems }: StepProps) {
  const { t } = useTranslation()
  const { data } = useCall('alarms.notifyNames', {})
  const schedules = (data?.schedules ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const { schedule } = content.notify
  if (schedule !== null && data && !schedules.some(({ value }) => value === schedule))
    schedules.push({ value: schedule, label: t('alarms.rules.notify.gone') })
  return (
    <Stack gap="md">
      <div className={classes['pair']}>
        <DelayField
          label={t('alarms.rules.field.onDelayS')}
          description={t('alarms.rules.onDelayHint')}
          seconds={content.onDelayS}
          onChange={(onDelayS) => put({ onDelayS })}
        />
        <DelayField
          label={t('alarms.rules.field.offDelayS')}
          description={t('alarms.rules.offDelayHint')}
          seconds={content.offDelayS}
          onChange={(offDelayS) => put({ offDelayS })}
        />
      </div>
      <Select
        label={t('alarms.rules.notify.schedule')}
        description={t('alarms.rules.notify.scheduleHint')}
        data={[{ value: '', label: t('alarms.rules.notify.always') }, ...schedules]}
        value={schedule ?? ''}
        onChange={(id) => put({ notify: { ...content.notify, schedule: id || null } })}
        allowDeselect={false}
      />
      <Checkbox
        label={t('alarms.rules.field.latched')}
        description={t('alarms.rules.latchedHint')}
        checked={content.latched}
        onChange={({ currentTarget }) => put({ latched: currentTarget.checked })}
      />
      <Faults problems={problems} step="time" />
    </Stack>
  )
}
