import type { ReactNode } from 'react'
import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isMeasured, type RulePoints } from '../point-choices.ts'
import { PointsField } from '../PointsField.tsx'
import classes from '../Wizard.module.css'

type MeasuredPointsProps = {
  points: RulePoints
  value: readonly string[]
  /** None chosen stands for all. */
  orAll?: boolean
  onChange: (ids: string[]) => void
  children: ReactNode
}

/** Which measured points are looked at, with the numbers that go with them. */
export function MeasuredPoints({ points, value, orAll = false, onChange, children }: MeasuredPointsProps) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <PointsField
        label={t('alarms.rules.points')}
        {...(orAll && { placeholder: t('alarms.rules.allPoints') })}
        points={points}
        value={value}
        onChange={onChange}
        wanted={isMeasured}
      />
      <div className={classes['pair']}>{children}</div>
    </Stack>
  )
}
