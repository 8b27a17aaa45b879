import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../ui/Panel.tsx'
import { useFormat } from '../words.ts'
import type { Storage } from './StoredPanel.tsx'
import classes from './Storage.module.css'

/** The months and their files. What is not in one yet stands above them. */
export function MonthPanel({ storage: { months, hot } }: { storage: Storage }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Panel title={t('storing.months')} flush>
      <Text size="sm" c="dimmed" className={classes['note']}>
        {t('storing.monthsNote', { hot: format.number(hot) })}
      </Text>
      {months.length > 0 && (
        <div className={classes['scroll']}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('storing.column.month')}</Table.Th>
                <Table.Th className={classes['number']}>{t('storing.column.samples')}</Table.Th>
                <Table.Th className={classes['number']}>{t('storing.column.size')}</Table.Th>
                <Table.Th>{t('storing.column.files')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {months.map(({ month, rows, bytes, files, whole }) => (
                <Table.Tr key={month}>
                  <Table.Td>{format.month(Date.parse(`${month}-15T00:00:00Z`))}</Table.Td>
                  <Table.Td className={classes['number']}>{format.number(rows)}</Table.Td>
                  <Table.Td className={classes['number']}>{format.bytes(bytes)}</Table.Td>
                  <Table.Td>{whole ? t('storing.whole') : t('storing.files', { count: files })}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Panel>
  )
}
