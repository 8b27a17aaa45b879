import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { levels, type RuleContent, type TestOf } from '#shared/alarms/rule.ts'
import { NumberField } from '../NumberField.tsx'
import type { RulePoints } from '../point-choices.ts'
import { PointsField } from '../PointsField.tsx'
import { deadbandOf, onDelayOf } from '../starts.ts'
import { differenceUnit } from './form.ts'
import classes from '../Wizard.module.css'

type LimitFormProps = { test: TestOf<'limit'>; points: RulePoints; put: (change: Partial<RuleContent>) => void }

/** Up to four levels of a value. The first point that is chosen brings the deadband and delay that suit its quantity. */
export function LimitForm({ test, points, put }: LimitFormProps) {
  const { t } = useTranslation()
  const { is, unit } = points.number(test.points[0])
  const choose = (ids: string[]) => {
    const before = points.quantity(test.points[0] ?? '')
    const after = points.quantity(ids[0] ?? '')
    const fresh = after !== null && after !== before
    put({
      test: { ...test, points: ids, deadband: fresh ? deadbandOf(after) : test.deadband },
      ...(fresh ? { onDelayS: onDelayOf(after) } : {}),
    })
  }
  return (
    <Stack gap="md">
      <PointsField
        label={t('alarms.rules.points')}
        description={t('alarms.rules.form.samePoints')}
        points={points}
        value={test.points}
        onChange={choose}
        wanted={(choice) => test.points.length === 0 || choice.is === is}
      />
      <div className={classes['pair']}>
        {levels.map((level) => (
          <NumberField
            key={level}
            label={t(`alarms.rules.value.${level}`)}
            description={level === 'highHigh' || level === 'lowLow' ? t('alarms.rules.form.outer') : undefined}
            unit={unit}
            value={test[level]}
            onChange={(value) => put({ test: { ...test, [level]: value } })}
            placeholder={t('alarms.rules.form.noLevel')}
          />
        ))}
        <NumberField
          label={t('alarms.rules.value.deadband')}
          description={t('alarms.rules.form.deadband')}
          unit={differenceUnit(unit)}
          value={test.deadband}
          onChange={(value) => put({ test: { ...test, deadband: value ?? Number.NaN } })}
          min={0}
          needed
        />
      </div>
      <Text size="sm" c="dimmed">
        {t('alarms.rules.form.limitHint')}
      </Text>
    </Stack>
  )
}
