import { useMemo } from 'react'
import { CloseButton, NumberInput, SegmentedControl, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PointKind } from '#shared/devices/points-contract.ts'
import { usePointNames } from '../point-names.ts'
import type { Condition } from './condition.ts'
import classes from './Overview.module.css'

type ConditionRowProps = { condition: Condition; kinds: readonly PointKind[]; onChange: (condition: Condition) => void; onDrop: () => void }

/** "Return temperature above 50 °C". */
export function ConditionRow({ condition, kinds, onChange, onDrop }: ConditionRowProps) {
  const { t } = useTranslation()
  const names = usePointNames()
  const points = useMemo(() => {
    const once = new Map([...kinds].map((kind) => [kind.id, names.full(kind)]))
    if (!once.has(condition.point)) once.set(condition.point, condition.point)
    return [...once].map(([value, label]) => ({ value, label }))
  }, [kinds, names, condition.point])
  const unit = kinds.find(({ id }) => id === condition.point)?.unit ?? ''
  return (
    <div className={classes['condition']}>
      <Select
        aria-label={t('overview.conditionPoint')}
        data={points}
        value={condition.point}
        onChange={(point) => point !== null && onChange({ ...condition, point })}
        searchable
        allowDeselect={false}
        limit={200}
      />
      <SegmentedControl
        aria-label={t('overview.conditionSign')}
        value={condition.sign}
        onChange={(sign) => onChange({ ...condition, sign: sign === '<' ? '<' : '>' })}
        data={[
          { value: '>', label: '>' },
          { value: '<', label: '<' },
        ]}
        transitionDuration={0}
      />
      <NumberInput
        aria-label={t('overview.conditionValue')}
        value={condition.value}
        onChange={(value) => typeof value === 'number' && Number.isFinite(value) && onChange({ ...condition, value })}
        suffix={unit === '' ? '' : ` ${unit}`}
        decimalScale={6}
        hideControls
      />
      <CloseButton aria-label={t('overview.dropCondition')} onClick={onDrop} />
    </div>
  )
}
