import { useDeferredValue, useMemo, useState } from 'react'
import { Button, Checkbox, Drawer, Text } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../host.ts'
import { usePointNames } from '../point-names.ts'
import { BoxRows } from '../selection/BoxRows.tsx'
import { commonFirst, everything, questionOf } from '../selection/filter.ts'
import { FilterFields } from '../selection/FilterFields.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { useFailureText } from '../words.ts'
import picker from '../selection/SelectionPicker.module.css'
import { mostColumns } from './choice.ts'
import { ColumnChips } from './ColumnChips.tsx'
import { PresetColumns } from './PresetColumns.tsx'

type ColumnPickerProps = { columns: readonly string[]; onChange: (columns: string[]) => void }

/** Chooses which points stand side by side. */
export function ColumnPicker({ columns, onChange }: ColumnPickerProps) {
  const { t } = useTranslation()
  const [opened, { open, close }] = useDisclosure(false)
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  return (
    <>
      <Button variant="default" leftSection={<IconColumns3 size={17} stroke={1.6} />} onClick={open}>
        {t('overview.columns', { count: columns.length })}
      </Button>
      <Drawer
        opened={opened}
        onClose={close}
        position="right"
        size={phone ? '100%' : 520}
        title={t('overview.chooseColumns')}
        transitionProps={{ duration: 0 }}
        closeButtonProps={{ 'aria-label': t('selection.done') }}
        classNames={{ content: picker['content'] ?? '', body: picker['body'] ?? '' }}
      >
        {opened && <Columns columns={columns} onChange={onChange} onDone={close} />}
      </Drawer>
    </>
  )
}

function Columns({ columns, onChange, onDone }: ColumnPickerProps & { onDone: () => void }) {
  const { t } = useTranslation()
  const names = usePointNames()
  const tell = useFailureText()
  const [filter, setFilter] = useState(everything)
  const asked = useDeferredValue(filter)
  const { data, error, refetch } = useCall('devices.pointKinds', questionOf(asked), { keep: true })
  const kinds = useMemo(() => {
    const seen = new Set<string>()
    return commonFirst(data?.kinds ?? []).filter(({ id }) => !seen.has(id) && seen.add(id))
  }, [data])
  const full = columns.length >= mostColumns
  return (
    <>
      <ColumnChips columns={columns} onChange={onChange} />
      <PresetColumns onTake={onChange} />
      <FilterFields filter={filter} onChange={setFilter} withDevice={false} />
      {!data ? (
        error ? (
          <Failed told={tell(error)} onRetry={() => void refetch()} />
        ) : (
          <Loading rows={8} height={40} />
        )
      ) : kinds.length === 0 ? (
        <Text c="dimmed">{t('noMatch.title')}</Text>
      ) : (
        <BoxRows
          items={kinds}
          height={50}
          label={t('overview.chooseColumns')}
          keyOf={({ id }) => id}
          row={(kind) => {
            const on = columns.includes(kind.id)
            return (
              <label className={picker['row']} data-point={kind.id}>
                <Checkbox
                  size="sm"
                  checked={on}
                  disabled={!on && full}
                  onChange={() => onChange(on ? columns.filter((one) => one !== kind.id) : [...columns, kind.id])}
                />
                <span className={picker['words']}>
                  <span className={picker['name']}>{names.full(kind)}</span>
                  <span className={picker['quiet']}>
                    {[t('selection.devices', { count: kind.devices, shown: kind.devices }), kind.unit].filter(Boolean).join(' · ')}
                  </span>
                </span>
              </label>
            )
          }}
        />
      )}
      <div className={picker['foot']}>
        <Text size="sm" c={full ? undefined : 'dimmed'} role="status">
          {t('selection.of', { count: columns.length, most: mostColumns })}
        </Text>
        <Button onClick={onDone}>{t('selection.done')}</Button>
      </div>
    </>
  )
}
