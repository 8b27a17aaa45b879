import { useMemo, useState } from 'react'
import { Checkbox, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Device } from '#shared/devices/contract.ts'
import { matches } from '../find-device.ts'
import { BoxRows } from '../selection/BoxRows.tsx'
import picker from '../selection/SelectionPicker.module.css'
import { SearchField } from '../ui/SearchField.tsx'
import { mostDevices } from './choice.ts'

type HandListProps = { devices: readonly Device[]; chosen: readonly string[]; onChange: (ids: string[]) => void }

/** All devices, to be ticked one by one. */
export function HandList({ devices, chosen, onChange }: HandListProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const found = useMemo(() => devices.filter((device) => matches(device, text)), [devices, text])
  const full = chosen.length >= mostDevices
  return (
    <>
      <SearchField label={t('devices.filter')} value={text} onChange={setText} width="100%" />
      {found.length === 0 ? (
        <Text c="dimmed">{t('noMatch.title')}</Text>
      ) : (
        <BoxRows
          items={found}
          height={50}
          label={t('overview.chooseDevices')}
          keyOf={({ id }) => id}
          row={({ id, name, place }) => {
            const on = chosen.includes(id)
            return (
              <label className={picker['row']} data-device={id}>
                <Checkbox
                  size="sm"
                  checked={on}
                  disabled={!on && full}
                  onChange={() => onChange(on ? chosen.filter((one) => one !== id) : [...chosen, id])}
                />
                <span className={picker['words']}>
                  <span className={picker['name']}>{name}</span>
                  <span className={picker['quiet']}>{place}</span>
                </span>
              </label>
            )
          }}
        />
      )}
      {full && <Text size="sm">{t('selection.full', { count: mostDevices })}</Text>}
    </>
  )
}
