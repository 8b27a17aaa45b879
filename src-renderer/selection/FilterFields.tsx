import { useMemo } from 'react'
import { MultiSelect, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { units, type Quantity } from '#shared/units.ts'
import { useCall } from '../host.ts'
import { SearchField } from '../ui/SearchField.tsx'
import { storedRoles, type Filter } from './filter.ts'
import classes from './SelectionPicker.module.css'

type FilterFieldsProps = { filter: Filter; onChange: (filter: Filter) => void; withDevice: boolean }

const quantities = (Object.keys(units) as Quantity[]).filter((one) => one !== 'text')

/** Words, device, labels, quantity and role by which points are found. */
export function FilterFields({ filter, onChange, withDevice }: FilterFieldsProps) {
  const { t } = useTranslation()
  const { data } = useCall('devices.list', {})
  const devices = useMemo(
    () => (data ?? []).map(({ id, name, place }) => ({ value: id, label: place === '' ? name : `${name}, ${place}` })),
    [data],
  )
  const tags = useMemo(() => [...new Set((data ?? []).flatMap((device) => device.tags))].sort(), [data])
  return (
    <div className={classes['filter']}>
      <SearchField label={t('selection.search')} value={filter.text} onChange={(text) => onChange({ ...filter, text })} width="100%" />
      <div className={classes['narrow']}>
        {withDevice && (
          <Select
            aria-label={t('selection.device')}
            placeholder={t('selection.device')}
            data={devices}
            value={filter.device}
            onChange={(device) => onChange({ ...filter, device })}
            searchable
            clearable
            limit={100}
          />
        )}
        {tags.length > 0 && (
          <MultiSelect
            aria-label={t('device.tags')}
            placeholder={filter.tags.length === 0 ? t('device.tags') : ''}
            data={tags}
            value={filter.tags}
            onChange={(chosen) => onChange({ ...filter, tags: chosen })}
            searchable
            clearable
            limit={100}
          />
        )}
        <Select
          aria-label={t('selection.quantity')}
          placeholder={t('selection.quantity')}
          data={quantities.map((one) => ({ value: one, label: t(`opcua.quantities.${one}`) }))}
          value={filter.is}
          onChange={(is) => onChange({ ...filter, is: quantities.find((one) => one === is) ?? null })}
          clearable
        />
        <Select
          aria-label={t('selection.role')}
          placeholder={t('selection.role')}
          data={storedRoles.map((one) => ({ value: one, label: t(`selection.roles.${one === 'state' ? 'state' : 'measure'}`) }))}
          value={filter.role}
          onChange={(role) => onChange({ ...filter, role: storedRoles.find((one) => one === role) ?? null })}
          clearable
        />
      </div>
    </div>
  )
}
