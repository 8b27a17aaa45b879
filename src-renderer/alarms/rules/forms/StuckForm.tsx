import { useTranslation } from 'react-i18next'
import { NumberField } from '../NumberField.tsx'
import { differenceUnit, type FormProps } from './form.ts'
import { MeasuredPoints } from './MeasuredPoints.tsx'

/** Which values must move, and within which time. */
export function StuckForm({ test, points, onChange }: FormProps<'stuck'>) {
  const { t } = useTranslation()
  const { unit } = points.number(test.points[0])
  return (
    <MeasuredPoints points={points} value={test.points} onChange={(ids) => onChange({ ...test, points: ids })}>
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
    </MeasuredPoints>
  )
}
