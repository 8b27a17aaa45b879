import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { NumberField } from '../NumberField.tsx'
import { PointsField } from '../PointsField.tsx'
import { differenceUnit, type FormProps } from './form.ts'
import classes from '../Wizard.module.css'

/** How fast a value rises or falls. */
export function RateForm({ test, points, onChange }: FormProps<'rate'>) {
  const { t } = useTranslation()
  const { is, unit } = points.number(test.points[0])
  const perHour = `${differenceUnit(unit)}/h`.replace(/^\//, '1/')
  return (
    <Stack gap="md">
      <PointsField
        label={t('alarms.rules.points')}
        description={t('alarms.rules.form.samePoints')}
        points={points}
        value={test.points}
        onChange={(ids) => onChange({ ...test, points: ids })}
        wanted={(choice) => test.points.length === 0 || choice.is === is}
      />
      <div className={classes['pair']}>
        {(['rise', 'fall'] as const).map((way) => (
          <NumberField
            key={way}
            label={t(`alarms.rules.value.${way}`)}
            unit={perHour}
            value={test[way]}
            min={0}
            onChange={(value) => onChange({ ...test, [way]: value })}
            placeholder={t('alarms.rules.form.noLevel')}
          />
        ))}
        <NumberField
          label={t('alarms.rules.value.minutes')}
          unit="min"
          value={test.minutes}
          min={1}
          max={1440}
          whole
          needed
          onChange={(value) => onChange({ ...test, minutes: value ?? Number.NaN })}
        />
      </div>
    </Stack>
  )
}
