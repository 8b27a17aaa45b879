import { useMemo } from 'react'
import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall } from '../host.ts'
import { choiceOf } from './choice.ts'

/** Takes over the columns of a preset and leaves the devices as they are. */
export function PresetColumns({ onTake }: { onTake: (columns: string[]) => void }) {
  const { t } = useTranslation()
  const { data } = useCall('presets.list', { kind: 'overview' })
  const kept = useMemo(
    () =>
      (data?.presets ?? []).flatMap(({ id, name, content }) => {
        const columns = choiceOf(content.options ?? {}).columns
        return columns === null || columns.length === 0 ? [] : [{ id, name, columns }]
      }),
    [data],
  )
  if (kept.length === 0) return null
  return (
    <Select
      aria-label={t('overview.fromPreset')}
      placeholder={t('overview.fromPreset')}
      data={kept.map(({ id, name }) => ({ value: id, label: name }))}
      value={null}
      onChange={(chosen) => {
        const found = kept.find(({ id }) => id === chosen)
        if (found) onTake(found.columns)
      }}
      searchable
    />
  )
}
