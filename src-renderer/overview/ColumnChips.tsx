import { ActionIcon, CloseButton } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { usePointNames } from '../point-names.ts'
import picker from '../selection/SelectionPicker.module.css'

/** The columns in their order; each can go one place to the left, or out. */
export function ColumnChips({ columns, onChange }: { columns: readonly string[]; onChange: (columns: string[]) => void }) {
  const { t } = useTranslation()
  const names = usePointNames()
  if (columns.length === 0) return null
  const forward = (place: number) => {
    const next = [...columns]
    next.splice(place - 1, 2, columns[place] ?? '', columns[place - 1] ?? '')
    onChange(next)
  }
  return (
    <div className={picker['chips']} role="list" aria-label={t('overview.columns', { count: columns.length })}>
      {columns.map((id, place) => {
        const name = names.full({ id, title: null })
        return (
          <span key={id} role="listitem" className={picker['chip']} title={name}>
            {place > 0 && (
              <ActionIcon size="xs" variant="subtle" aria-label={t('overview.forward', { name })} onClick={() => forward(place)}>
                <IconChevronLeft size={12} />
              </ActionIcon>
            )}
            <span>{name}</span>
            <CloseButton
              size="xs"
              aria-label={t('selection.drop', { name })}
              onClick={() => onChange(columns.filter((one) => one !== id))}
            />
          </span>
        )
      })}
    </div>
  )
}
