import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { NumberField } from '../NumberField.tsx'
import { isMeasured } from '../point-choices.ts'
import { PointsField } from '../PointsField.tsx'
import type { FormProps } from './form.ts'
import classes from '../Wizard.module.css'

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
