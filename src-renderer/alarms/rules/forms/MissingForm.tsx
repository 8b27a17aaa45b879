import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { NumberField } from '../NumberField.tsx'
import { isMeasured } from '../point-choices.ts'
import { PointsField } from '../PointsField.tsx'
import type { FormProps } from './form.ts'
import classes from '../Wizard.module.css'

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
