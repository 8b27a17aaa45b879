import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { NumberField } from '../NumberField.tsx'
import type { PointChoice } from '../point-choices.ts'
import { PointsField } from '../PointsField.tsx'
import { differenceUnit, type FormProps } from './form.ts'
import classes from '../Wizard.module.css'

const isMeasured = ({ is }: PointChoice) => is !== 'state'

/** Which alarms of the controller, or all. */
export function ControllerForm({ test, points, onChange }: FormProps<'controller'>) {
  const { t } = useTranslation()
  return (
    <PointsField
      label={t('alarms.rules.form.controllerPoints')}
      description={t('alarms.rules.form.controllerHint')}
      placeholder={t('alarms.rules.says.controller')}
      points={points}
      value={test.points}
      onChange={(ids) => onChange({ ...test, points: ids })}
      wanted={({ is }) => is === 'state'}
    />
  )
}

/** Which sensors, and after how many bad readings. */
export function SensorForm({ test, points, onChange }: FormProps<'sensor'>) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <PointsField
        label={t('alarms.rules.points')}
        placeholder={t('alarms.rules.allPoints')}
        points={points}
        value={test.points}
        onChange={(ids) => onChange({ ...test, points: ids })}
        wanted={isMeasured}
      />
      <div className={classes['pair']}>
        <NumberField
          label={t('alarms.rules.value.polls')}
          description={t('alarms.rules.form.polls')}
          value={test.polls}
          min={1}
          max={20}
          whole
          needed
          onChange={(value) => onChange({ ...test, polls: value ?? Number.NaN })}
        />
      </div>
    </Stack>
  )
}

/** Which values must move, and within which time. */
export function StuckForm({ test, points, onChange }: FormProps<'stuck'>) {
  const { t } = useTranslation()
  const { unit } = points.number(test.points[0])
  return (
    <Stack gap="md">
      <PointsField
        label={t('alarms.rules.points')}
        points={points}
        value={test.points}
        onChange={(ids) => onChange({ ...test, points: ids })}
        wanted={isMeasured}
      />
      <div className={classes['pair']}>
        <NumberField
          label={t('alarms.rules.value.hours')}
          unit="h"
          value={test.hours}
          min={0.25}
          max={720}
          needed
          onChange={(value) => onChange({ ...test, hours: value ?? Number.NaN })}
        />
        <NumberField
          label={t('alarms.rules.value.within')}
          description={t('alarms.rules.form.within')}
          unit={differenceUnit(unit)}
          value={test.within}
          min={0}
          needed
          onChange={(value) => onChange({ ...test, within: value ?? Number.NaN })}
        />
      </div>
    </Stack>
  )
}

/** Which values must come, and within which time. */
export function MissingForm({ test, points, onChange }: FormProps<'missing'>) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <PointsField
        label={t('alarms.rules.points')}
        placeholder={t('alarms.rules.allPoints')}
        points={points}
        value={test.points}
        onChange={(ids) => onChange({ ...test, points: ids })}
        wanted={isMeasured}
      />
      <div className={classes['pair']}>
        <NumberField
          label={t('alarms.rules.value.hours')}
          unit="h"
          value={test.hours}
          min={0.25}
          max={720}
          needed
          onChange={(value) => onChange({ ...test, hours: value ?? Number.NaN })}
        />
      </div>
    </Stack>
  )
}
