import { useTranslation } from 'react-i18next'
import { NumberField } from '../NumberField.tsx'
import type { FormProps } from './form.ts'
import { MeasuredPoints } from './MeasuredPoints.tsx'

/** Which values must come, and within which time. */
export function MissingForm({ test, points, onChange }: FormProps<'missing'>) {
  const { t } = useTranslation()
  return (
    <MeasuredPoints points={points} value={test.points} orAll onChange={(ids) => onChange({ ...test, points: ids })}>
      <NumberField
        label={t('alarms.rules.value.hours')}
        unit="h"
        value={test.hours}
        min={0.25}
        max={720}
        needed
        onChange={(value) => onChange({ ...test, hours: value ?? Number.NaN })}
      />
    </MeasuredPoints>
  )
}
