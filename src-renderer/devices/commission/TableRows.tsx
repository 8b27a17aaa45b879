import { useState } from 'react'
import { Button, Group, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TableRow } from '#shared/commissioning/table.ts'
import { useCall } from '../../host.ts'
import { DeviceLink } from '../../ui/DeviceLink.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { tellCode, useFailureText, useLookup } from '../../words.ts'

const page = 100

type TableRowsProps = { id: string; state?: TableRow['state']; busy: boolean }

/** The rows of a table, a page at a time. */
export function TableRows({ id, state, busy }: TableRowsProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const [from, setFrom] = useState(0)
  const input = { id, from, limit: page, ...(state ? { state } : {}) }
  const { data, error, refetch } = useCall('commissioning.tableRows', input, { keep: true, every: busy ? 1000 : 3000 })
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} /> : <Loading rows={4} height={40} />
  return (
    <>
      <div style={{ overflowX: 'auto' }}>
        <Table verticalSpacing={6} aria-label={t('table.rows')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('table.line')}</Table.Th>
              <Table.Th>{t('device.name')}</Table.Th>
              <Table.Th>{t('about.address')}</Table.Th>
              <Table.Th>{t('table.becomes')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.rows.map((row) => (
              <Row key={row.line} row={row} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {data.total > page && (
        <Group gap="xs">
          <Button size="xs" variant="default" disabled={from === 0} onClick={() => setFrom(Math.max(0, from - page))}>
            {t('period.before')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('table.page', { from: from + 1, to: Math.min(from + page, data.total), total: data.total })}
          </Text>
          <Button size="xs" variant="default" disabled={from + page >= data.total} onClick={() => setFrom(from + page)}>
            {t('period.after')}
          </Button>
        </Group>
      )}
    </>
  )
}

function Row({ row }: { row: TableRow }) {
  const { t } = useTranslation()
  const lookup = useLookup('failures')
  const { cells, failure, device } = row
  const told = failure && tellCode(failure.code, failure.params, lookup, t)
  const place = [cells['way'], cells['host'], cells['port'], cells['unit']].filter((word) => word !== undefined && word !== '').join(' ')
  return (
    <Table.Tr data-row={row.line} data-state={row.state}>
      <Table.Td>{row.line}</Table.Td>
      <Table.Td>{device ? <DeviceLink id={device}>{cells['name'] ?? ''}</DeviceLink> : (cells['name'] ?? '')}</Table.Td>
      <Table.Td>{place}</Table.Td>
      <Table.Td>
        <Text size="sm" fw={600}>
          {t(`table.becomesOf.${row.state}`)}
          {row.field !== null && ` (${row.field})`}
        </Text>
        {told && <Text size="sm">{[told.title, told.hint].filter(Boolean).join(' ')}</Text>}
        {row.found !== null && (
          <Text size="sm" c="dimmed">
            {row.found}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
