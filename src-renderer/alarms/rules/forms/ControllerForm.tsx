import { useTranslation } from 'react-i18next'
import { PointsField } from '../PointsField.tsx'
import type { FormProps } from './form.ts'

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
