import { useMemo, useState } from 'react'
import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { readCells, type Cells, type Column } from '#shared/profiles/cells.ts'
import type { Table } from '#shared/profiles/csv.ts'

type CsvDialogProps = { table: Table; onTake: (rows: Cells[], how: 'replace' | 'append') => void; onClose: () => void }

const mostShown = 200

/** What a CSV file holds and what is wrong with which of its cells, before anything is taken over. */
export function CsvDialog({ table, onTake, onClose }: CsvDialogProps) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const { right, faults } = useMemo(() => sorted(table), [table])
  const shown = all ? faults : faults.slice(0, 12)
  const rows = table.faults.some(({ fault }) => fault === 'missing') ? [] : table.rows.map(({ cells }) => cells)
  return (
    <Modal opened onClose={onClose} title={t('profiles.csv.title')} size="lg" centered transitionProps={{ duration: 0 }}>
      <Stack gap="sm">
        <Text role="status">{rows.length === 0 ? t('profiles.csv.none') : t('profiles.csv.read', { count: right })}</Text>
        {faults.length > 0 && (
          <>
            <Text fw={600}>{t('profiles.csv.faults')}</Text>
            <List size="sm">
              {shown.slice(0, mostShown).map(({ line, column, told, fault }) => (
                <List.Item key={`${line} ${column} ${fault}`}>
                  {t('profiles.csv.line', { line })}, {column}: {told ?? t(`profiles.cellFault.${fault}`)}
                </List.Item>
              ))}
            </List>
            {shown.length < faults.length && (
              <Button size="xs" variant="subtle" onClick={() => setAll(true)}>
                {t('profiles.csv.more', { count: faults.length - shown.length })}
              </Button>
            )}
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button variant="default" disabled={rows.length === 0} onClick={() => onTake(rows, 'append')}>
            {t('profiles.csv.append')}
          </Button>
          <Button disabled={rows.length === 0} onClick={() => onTake(rows, 'replace')}>
            {t('profiles.csv.replace')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

type Told = { line: number; column: Column | string; fault: Table['faults'][number]['fault']; told?: string | undefined }

/** How many rows are right, and every fault of file, row and cell in order of lines. Rows with faults are taken over too, marked. */
function sorted({ rows, faults }: Table): { right: number; faults: Told[] } {
  const found: Told[] = [...faults]
  const ids = new Set<string>()
  let right = 0
  for (const { line, cells } of rows) {
    const read = readCells(cells)
    const twice = ids.has(cells.id)
    ids.add(cells.id)
    if (twice) found.push({ line, column: 'id', fault: 'twice' })
    for (const fault of read.faults) found.push({ line, ...fault })
    if (read.point && !twice) right++
  }
  return { right, faults: found.sort((a, b) => a.line - b.line) }
}
