import { MultiSelect, Select, Text, type ComboboxItem, type OptionsFilter } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PointChoice, RulePoints } from './point-choices.ts'
import classes from './Rules.module.css'

type Wanted = (choice: PointChoice) => boolean
type Shared = { label: string; description?: string; points: RulePoints; wanted?: Wanted; error?: string | undefined }

const shown = 60

/** Points to choose from, found by their names, ids and units. What is chosen already stays, whoever has it. */
function useOptions(points: RulePoints, chosen: readonly string[], wanted: Wanted = () => true) {
  const { t } = useTranslation()
  const offered = points.choices.filter((choice) => wanted(choice) || chosen.includes(choice.id))
  const strange = chosen.filter((id) => id !== '' && !offered.some((choice) => choice.id === id))
  const byId = new Map(offered.map((choice) => [choice.id, choice]))
  const filter: OptionsFilter = ({ options, search, limit }) => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean)
    const fits = (option: ComboboxItem) => words.every((word) => `${option.label} ${option.value}`.toLowerCase().includes(word))
    const first = search.trim().toLowerCase()
    const found = (options as ComboboxItem[]).filter(fits)
    // What begins with the typed words is meant more likely than what has them somewhere.
    const starts = found.filter(({ label }) => label.toLowerCase().startsWith(first))
    return [...starts, ...found.filter((option) => !starts.includes(option))].slice(0, limit)
  }
  return {
    data: [
      ...offered.map(({ id, label }) => ({ value: id, label })),
      ...strange.map((id) => ({ value: id, label: `${points.name(id)} (${t('alarms.rules.nobodyHas')})` })),
    ],
    filter,
    limit: shown,
    searchable: true,
    nothingFoundMessage: t('noMatch.title'),
    renderOption: ({ option }: { option: ComboboxItem }) => {
      const choice = byId.get(option.value)
      return (
        <span className={classes['option']}>
          <span>{option.label}</span>
          <Text span size="xs" c="dimmed">
            {[choice?.unit, choice ? t('overview.devices', { count: choice.devices }) : ''].filter(Boolean).join(' · ')}
          </Text>
        </span>
      )
    },
  }
}

export function PointsField({
  label,
  description,
  points,
  value,
  onChange,
  wanted,
  error,
  placeholder,
}: Shared & { value: readonly string[]; onChange: (ids: string[]) => void; placeholder?: string | undefined }) {
  const options = useOptions(points, value, wanted)
  return (
    <MultiSelect
      label={label}
      description={description}
      value={[...value]}
      onChange={onChange}
      error={error}
      placeholder={value.length === 0 ? placeholder : undefined}
      maxValues={50}
      hidePickedOptions
      {...options}
    />
  )
}

export function PointField({
  label,
  description,
  points,
  value,
  onChange,
  wanted,
  error,
}: Shared & { value: string; onChange: (id: string) => void }) {
  const options = useOptions(points, [value], wanted)
  return (
    <Select
      label={label}
      description={description}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
      error={error}
      {...options}
    />
  )
}
