import { useTranslation } from 'react-i18next'
import { NumberField } from '../NumberField.tsx'
import type { FormProps } from './form.ts'
import { MeasuredPoints } from './MeasuredPoints.tsx'

/** Which sensors, and after how many bad readings. */
export function SensorForm({ test, points, onChange }: FormProps<'sensor'>) {
  const { t } = useTranslation()
  return (
    <MeasuredPoints points={points} value={test.points} orAll onChange={(ids) => onChange({ ...test, points: ids })}>
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
    </MeasuredPoints>
  )
}
