import { memo } from 'react'
import { Autocomplete, Checkbox, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { encodings, textForms } from '#shared/devices/encoding.ts'
import { pointRoles, warnings, writeLevels } from '#shared/devices/profile.ts'
import { areas, orders, quantities, type Column } from '#shared/profiles/cells.ts'
import { units } from '#shared/units.ts'
import { suggestions, type KnownPoints } from './known-points.ts'

const flags: readonly Column[] = ['often', 'configurable', 'unverified']
const hinted = [
  'id',
  'title',
  'number',
  'scale',
  'values',
  'faults',
  'off',
  'min',
  'only',
  'claim',
  'factors',
  'automatic',
  'bit',
  'bits',
] as const

type PointFieldProps = {
  column: Column
  value: string
  error: string | undefined
  /** Names to offer, for the id. */
  known: KnownPoints | undefined
  onSet: (column: Column, value: string) => void
}

/** One cell of a point. Drawn again only when it changed itself. */
export const PointField = memo(function PointField({ column, value, error, known, onSet }: PointFieldProps) {
  const { t } = useTranslation()
  const choices = useChoices(column)
  const hint = hinted.find((one) => one === column)
  const label = t(`profiles.field.${column}`)
  const props = {
    label,
    error,
    description: hint && t(`profiles.hint.${hint}`),
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
  }
  if (known) return <Autocomplete {...props} data={suggestions(known, value)} value={value} onChange={(id) => onSet(column, id)} />
  if (flags.includes(column)) {
    const tick = (checked: boolean) => onSet(column, checked ? 'yes' : '')
    return <Checkbox label={label} error={error} checked={value !== ''} onChange={(event) => tick(event.currentTarget.checked)} mt="md" />
  }
  if (!choices) return <TextInput {...props} value={value} onChange={(event) => onSet(column, event.currentTarget.value)} />
  return (
    <Select
      {...props}
      data={choices}
      value={value || null}
      placeholder={t('profiles.usual')}
      onChange={(next) => onSet(column, next ?? '')}
      clearable={column !== 'role'}
      searchable={choices.length > 8}
    />
  )
})

type Choice = { value: string; label: string }

/** The choices of a column in words; null where anything can be typed. */
function useChoices(column: Column): Choice[] | null {
  const { t } = useTranslation()
  const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }))
  const choices: Partial<Record<Column, () => Choice[]>> = {
    area: () => areas.map((value) => ({ value, label: t(`profiles.choice.area.${value}`) })),
    order: () => orders.map((value) => ({ value, label: t(`profiles.choice.order.${value}`) })),
    quantity: () => quantities.map((value) => ({ value, label: `${t(`profiles.choice.quantity.${value}`)} ${units[value]}`.trim() })),
    role: () => pointRoles.map((value) => ({ value, label: t(`profiles.choice.role.${value}`) })),
    warn: () => warnings.map((value) => ({ value, label: t(`profiles.choice.warn.${value}`) })),
    level: () => writeLevels.map((value) => ({ value, label: t(`role.${value}`) })),
    type: () => plain(encodings),
    text: () => plain(textForms),
  }
  return choices[column]?.() ?? null
}
