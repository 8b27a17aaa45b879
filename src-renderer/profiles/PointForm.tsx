import { useEffect, useState } from 'react'
import { Autocomplete, Checkbox, Fieldset, SimpleGrid, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { encodings, textForms } from '#shared/devices/encoding.ts'
import { pointRoles, warnings, writeLevels } from '#shared/devices/profile.ts'
import { areas, orders, quantities, type CellFault, type Cells, type Column } from '#shared/profiles/cells.ts'
import { units } from '#shared/units.ts'
import { quantityOf, readKnownPoints, suggestions, type KnownPoints } from './known-points.ts'

const parts = {
  register: ['id', 'title', 'number', 'area', 'type', 'order', 'bit', 'bits'],
  value: ['quantity', 'role', 'scale', 'offset', 'values', 'faults', 'off'],
  write: ['min', 'max', 'step', 'level', 'warn', 'only'],
  rare: ['text', 'factory', 'automatic', 'claim', 'factors', 'often', 'configurable', 'unverified'],
} as const satisfies Record<string, readonly Column[]>

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

type PointFormProps = { cells: Cells; faults: readonly CellFault[]; onChange: (cells: Cells) => void }

/** Every cell of one point. */
export function PointForm({ cells, faults, onChange }: PointFormProps) {
  const { t } = useTranslation()
  const [known, setKnown] = useState<KnownPoints>({})
  useEffect(() => void readKnownPoints().then(setKnown), [])
  const choices = useChoices()
  const set = (column: Column, value: string) => {
    const next = { ...cells, [column]: value }
    const quantity = column === 'id' ? quantityOf(known, value) : undefined
    onChange(quantity === undefined ? next : { ...next, quantity })
  }
  const fieldOf = (column: Column) => {
    const fault = faults.find((one) => one.column === column)
    const hint = hinted.find((one) => one === column)
    const props = {
      label: t(`profiles.field.${column}`),
      description: hint && t(`profiles.hint.${hint}`),
      error: fault && (fault.told ?? t(`profiles.cellFault.${fault.fault}`)),
      inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
    }
    const data = choices(column)
    if (column === 'id') {
      return (
        <Autocomplete
          key={column}
          {...props}
          data={suggestions(known, cells.id)}
          value={cells.id}
          onChange={(value) => set('id', value)}
          data-autofocus
        />
      )
    }
    if (flags.includes(column)) {
      return (
        <Checkbox
          key={column}
          label={props.label}
          error={props.error}
          checked={cells[column] !== ''}
          onChange={(event) => set(column, event.currentTarget.checked ? 'yes' : '')}
          mt="md"
        />
      )
    }
    if (data) {
      return (
        <Select
          key={column}
          {...props}
          data={data}
          value={cells[column] || null}
          placeholder={t('profiles.usual')}
          onChange={(value) => set(column, value ?? '')}
          clearable={column !== 'role'}
          searchable={data.length > 8}
        />
      )
    }
    return <TextInput key={column} {...props} value={cells[column]} onChange={(event) => set(column, event.currentTarget.value)} />
  }
  return (
    <>
      {(Object.keys(parts) as (keyof typeof parts)[]).map((part) => (
        <Fieldset key={part} legend={t(`profiles.part.${part}`)} mb="sm">
          <SimpleGrid cols={2} spacing="xs" verticalSpacing="xs">
            {parts[part].map(fieldOf)}
          </SimpleGrid>
        </Fieldset>
      ))}
    </>
  )
}

type Choice = { value: string; label: string }

/** The choices of a column in words; null where anything can be typed. */
function useChoices(): (column: Column) => Choice[] | null {
  const { t } = useTranslation()
  const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }))
  const choices: Partial<Record<Column, Choice[]>> = {
    area: areas.map((value) => ({ value, label: t(`profiles.choice.area.${value}`) })),
    order: orders.map((value) => ({ value, label: t(`profiles.choice.order.${value}`) })),
    quantity: quantities.map((value) => ({ value, label: `${t(`profiles.choice.quantity.${value}`)} ${units[value]}`.trim() })),
    role: pointRoles.map((value) => ({ value, label: t(`profiles.choice.role.${value}`) })),
    warn: warnings.map((value) => ({ value, label: t(`profiles.choice.warn.${value}`) })),
    level: writeLevels.map((value) => ({ value, label: t(`role.${value}`) })),
    type: plain(encodings),
    text: plain(textForms),
  }
  return (column) => choices[column] ?? null
}
