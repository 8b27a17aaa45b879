import { useState } from 'react'
import { Group, NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { NumberField } from './NumberField.tsx'

type DelayFieldProps = { label: string; description?: string; seconds: number; onChange: (seconds: number) => void }

const sizes = { seconds: 1, minutes: 60, hours: 3600 } as const
type Size = keyof typeof sizes
const names = Object.keys(sizes) as Size[]
const longestS = 604_800

/** A delay in the unit in which people think of it. */
export function DelayField({ label, description, seconds, onChange }: DelayFieldProps) {
  const { t } = useTranslation()
  const [size, setSize] = useState<Size>(() => fitting(seconds))
  const step = sizes[size]
  return (
    <Group gap={6} align="flex-end" wrap="nowrap">
      <NumberField
        label={label}
        description={description}
        value={Number.isFinite(seconds) ? seconds / step : null}
        onChange={(value) => onChange(value === null ? Number.NaN : Math.min(longestS, Math.round(value * step)))}
        min={0}
        max={longestS / step}
        needed
      />
      <NativeSelect
        aria-label={`${label}: ${t('alarms.rules.unit.title')}`}
        value={size}
        onChange={({ currentTarget }) => setSize(names.find((name) => name === currentTarget.value) ?? 'seconds')}
        data={names.map((name) => ({ value: name, label: t(`alarms.rules.unit.${name}`) }))}
        w={108}
        flex="none"
      />
    </Group>
  )
}

function fitting(seconds: number): Size {
  if (seconds !== 0 && seconds % 3600 === 0) return 'hours'
  return seconds % 60 === 0 ? 'minutes' : 'seconds'
}
