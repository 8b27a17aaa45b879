import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

type SearchFieldProps = { label: string; value: string; onChange: (value: string) => void; width?: number | string }

/** A field that narrows a list while somebody types. Escape empties it. */
export function SearchField({ label, value, onChange, width = 280 }: SearchFieldProps) {
  const { t } = useTranslation()
  return (
    <TextInput
      type="search"
      w={width}
      placeholder={label}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onChange('')
      }}
      leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
      rightSection={value === '' ? null : <CloseButton size="sm" aria-label={t('clear')} onClick={() => onChange('')} />}
    />
  )
}
