import { ActionIcon, Button, Select, Stack, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Gate } from '#shared/alarms/rule.ts'
import { NumberField } from '../NumberField.tsx'
import type { RulePoints } from '../point-choices.ts'
import { PointField } from '../PointsField.tsx'
import classes from '../Wizard.module.css'

const most = 3
const comparisons = ['above', 'below', 'equal', 'unequal'] as const

type GateFieldsProps = { gates: readonly Gate[]; points: RulePoints; onChange: (gates: Gate[]) => void }

/** The rule looks only while all of these hold, such as while the pump runs or it is cold outdoors. */
export function GateFields({ gates, points, onChange }: GateFieldsProps) {
  const { t } = useTranslation()
  const put = (at: number, change: Partial<Gate>) => onChange(gates.map((gate, i) => (i === at ? { ...gate, ...change } : gate)))
  return (
    <fieldset className={classes['group']}>
      <legend>{t('alarms.rules.gate.title')}</legend>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('alarms.rules.gate.hint')}
        </Text>
        {gates.map((gate, i) => (
          <div key={i} className={classes['gate']}>
            <PointField label={t('alarms.rules.form.point')} points={points} value={gate.point} onChange={(point) => put(i, { point })} />
            <Select
              label={t('alarms.rules.gate.comparison')}
              data={comparisons.map((is) => ({ value: is, label: t(`alarms.rules.gate.${is}`) }))}
              value={gate.is}
              onChange={(is) => put(i, { is: comparisons.find((one) => one === is) ?? gate.is })}
              allowDeselect={false}
            />
            <NumberField
              label={t('alarms.rules.gate.value')}
              unit={points.number(gate.point).unit}
              value={gate.value}
              onChange={(value) => put(i, { value: value ?? Number.NaN })}
              needed
            />
            <ActionIcon
              variant="subtle"
              size="lg"
              aria-label={t('alarms.rules.gate.drop', { number: i + 1 })}
              onClick={() => onChange(gates.filter((_gate, place) => place !== i))}
            >
              <IconTrash size={17} />
            </ActionIcon>
          </div>
        ))}
        {gates.length < most && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            style={{ alignSelf: 'flex-start' }}
            onClick={() => onChange([...gates, { point: 'outdoor', is: 'below', value: 15 }])}
          >
            {t('alarms.rules.gate.add')}
          </Button>
        )}
      </Stack>
    </fieldset>
  )
}
