import { ActionIcon, Button, Stack } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { NumberField } from '../NumberField.tsx'
import { PointField } from '../PointsField.tsx'
import { differenceUnit, type FormProps } from './form.ts'
import classes from '../Wizard.module.css'

const mostPairs = 20

/** How far a value may be from what it should be. */
export function DeviationForm({ test, points, onChange }: FormProps<'deviation'>) {
  const { t } = useTranslation()
  const { is, unit } = points.number(test.pairs[0]?.point)
  const difference = differenceUnit(unit)
  const put = (at: number, change: Partial<(typeof test.pairs)[number]>) =>
    onChange({ ...test, pairs: test.pairs.map((pair, i) => (i === at ? { ...pair, ...change } : pair)) })
  return (
    <Stack gap="md">
      {test.pairs.map((pair, i) => (
        <div key={i} className={classes['gate']} style={{ gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) 36px' }}>
          <PointField label={t('alarms.rules.form.point')} points={points} value={pair.point} onChange={(point) => put(i, { point })} />
          <PointField
            label={t('alarms.rules.form.reference')}
            points={points}
            value={pair.reference}
            onChange={(reference) => put(i, { reference })}
            wanted={(choice) => is === null || choice.is === is}
          />
          <ActionIcon
            variant="subtle"
            size="lg"
            disabled={test.pairs.length === 1}
            aria-label={t('alarms.rules.form.dropPair', { number: i + 1 })}
            onClick={() => onChange({ ...test, pairs: test.pairs.filter((_pair, place) => place !== i) })}
          >
            <IconTrash size={17} />
          </ActionIcon>
        </div>
      ))}
      {test.pairs.length < mostPairs && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => onChange({ ...test, pairs: [...test.pairs, { point: '', reference: '' }] })}
        >
          {t('alarms.rules.form.addPair')}
        </Button>
      )}
      <div className={classes['pair']}>
        {(['above', 'below'] as const).map((way) => (
          <NumberField
            key={way}
            label={t(`alarms.rules.form.off.${way}`)}
            unit={difference}
            value={test[way]}
            min={0}
            onChange={(value) => onChange({ ...test, [way]: value })}
            placeholder={t('alarms.rules.form.noLevel')}
          />
        ))}
        <NumberField
          label={t('alarms.rules.value.deadband')}
          description={t('alarms.rules.form.deadband')}
          unit={difference}
          value={test.deadband}
          min={0}
          needed
          onChange={(value) => onChange({ ...test, deadband: value ?? Number.NaN })}
        />
      </div>
    </Stack>
  )
}
