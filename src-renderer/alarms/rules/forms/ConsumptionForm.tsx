import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { NumberField } from '../NumberField.tsx'
import { PointsField } from '../PointsField.tsx'
import type { FormProps } from './form.ts'
import classes from '../Wizard.module.css'

/** Night flow of a building without a leak: nobody uses water from one to four for long. */
const nightFlow = { from: '01:00', to: '04:00', above: 0.03, below: null }

/** How much is used within a part of the day. */
export function ConsumptionForm({ test, points, onChange }: FormProps<'consumption'>) {
  const { t } = useTranslation()
  const { is, unit } = points.number(test.points[0])
  return (
    <Stack gap="md">
      <PointsField
        label={t('alarms.rules.form.registers')}
        description={t('alarms.rules.form.registersHint')}
        points={points}
        value={test.points}
        onChange={(ids) => onChange({ ...test, points: ids })}
        wanted={(choice) => (choice.is === 'energy' || choice.is === 'volume') && (test.points.length === 0 || choice.is === is)}
      />
      <div className={classes['pair']}>
        {(['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            type="time"
            label={t(`alarms.rules.form.${end}`)}
            value={test[end]}
            onChange={({ currentTarget }) => {
              if (currentTarget.value !== '') onChange({ ...test, [end]: currentTarget.value.slice(0, 5) })
            }}
          />
        ))}
        {(['above', 'below'] as const).map((way) => (
          <NumberField
            key={way}
            label={t(`alarms.rules.form.used.${way}`)}
            description={t(`alarms.rules.form.usedHint.${way}`)}
            unit={unit}
            value={test[way]}
            min={0}
            onChange={(value) => onChange({ ...test, [way]: value })}
            placeholder={t('alarms.rules.form.noLevel')}
          />
        ))}
      </div>
      <Text size="sm" c="dimmed">
        {t('alarms.rules.form.windowHint')}
      </Text>
      <Group>
        <Button size="xs" variant="default" onClick={() => onChange({ ...test, ...nightFlow, points: ['volume'] })}>
          {t('alarms.rules.form.nightFlow')}
        </Button>
      </Group>
    </Stack>
  )
}
