import { useRef, useState } from 'react'
import { Button, Group, Switch, Text } from '@mantine/core'
import { IconDownload, IconFileImport, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Cells } from '#shared/profiles/cells.ts'
import { readCsv, writeCsv, type Table } from '#shared/profiles/csv.ts'
import { SearchField } from '../ui/SearchField.tsx'
import { useFormat } from '../words.ts'
import { CsvDialog } from './CsvDialog.tsx'
import { saveFile } from './document-file.ts'
import type { Row } from './draft.ts'

const icon = { size: 16, stroke: 1.7 } as const
const largestCsvBytes = 4_000_000

type EditorBarProps = {
  rows: readonly Row[]
  faulty: number
  filter: { text: string; onlyFaults: boolean }
  onFilter: (change: Partial<EditorBarProps['filter']>) => void
  onAdd: () => void
  onTake: (rows: Cells[], how: 'replace' | 'append') => void
}

/** What can be done with the table as a whole. */
export function EditorBar({ rows, faulty, filter, onFilter, onAdd, onTake }: EditorBarProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const input = useRef<HTMLInputElement>(null)
  const [table, setTable] = useState<Table | null>(null)
  const [large, setLarge] = useState(false)
  const open = async (file: File | undefined) => {
    if (!file) return
    setLarge(file.size > largestCsvBytes)
    if (file.size <= largestCsvBytes) setTable(readCsv(await file.text()))
  }
  return (
    <>
      <Group gap="sm" my="sm">
        <SearchField label={t('profiles.rows.filter')} value={filter.text} onChange={(text) => onFilter({ text })} />
        <Button variant="default" onClick={onAdd} leftSection={<IconPlus {...icon} />}>
          {t('profiles.rows.add')}
        </Button>
        <Button variant="default" onClick={() => input.current?.click()} leftSection={<IconFileImport {...icon} />}>
          {t('profiles.rows.import')}
        </Button>
        <Button
          variant="default"
          onClick={() =>
            saveFile(rows.length === 0 ? 'points-template.csv' : 'points.csv', 'text/csv', writeCsv(rows.map(({ cells }) => cells)))
          }
          leftSection={<IconDownload {...icon} />}
        >
          {rows.length === 0 ? t('profiles.rows.template') : t('profiles.rows.export')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('profiles.rows.count', { count: rows.length })}
        </Text>
        {(faulty > 0 || filter.onlyFaults) && (
          <>
            <Text size="sm" fw={600} c="var(--hg-caution)" role="status">
              {t('profiles.edit.faults', { count: faulty })}
            </Text>
            <Switch
              label={t('profiles.edit.onlyFaults')}
              checked={filter.onlyFaults}
              onChange={(event) => onFilter({ onlyFaults: event.currentTarget.checked })}
            />
          </>
        )}
      </Group>
      {large && (
        <Text role="alert" c="var(--hg-abnormal)">
          {t('profiles.csv.large', { size: format.bytes(largestCsvBytes) })}
        </Text>
      )}
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,text/csv"
        hidden
        aria-label={t('profiles.rows.import')}
        onChange={(event) => {
          void open(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
      {table && (
        <CsvDialog
          table={table}
          onTake={(taken, how) => {
            onTake(taken, how)
            setTable(null)
          }}
          onClose={() => setTable(null)}
        />
      )}
    </>
  )
}
