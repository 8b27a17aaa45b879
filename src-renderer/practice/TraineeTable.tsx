import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PracticeRun } from '#shared/practice/contract.ts'
import { Panel } from '../ui/Panel.tsx'
import { useFormat } from '../words.ts'

/** Everybody who takes part, with what came of it so far. */
export function TraineeTable({ run }: { run: PracticeRun }) {
  const { t } = useTranslation()
  const format = useFormat()
  const points = (value: number | null | undefined) => (typeof value === 'number' ? format.number(value) : '–')
  return (
    <Panel title={t('practice.trainees')}>
      {run.trainees.length === 0 ? (
        <Text c="dimmed">{t('practice.noTrainees')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={300}>
          <Table horizontalSpacing="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('practice.column.name')}</Table.Th>
                <Table.Th ta="right">{t('practice.column.points')}</Table.Th>
                <Table.Th ta="right">{t('practice.column.found')}</Table.Th>
                <Table.Th ta="right">{t('practice.column.half')}</Table.Th>
                <Table.Th ta="right">{t('practice.column.missed')}</Table.Th>
                <Table.Th ta="right">{t('practice.column.false')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {run.trainees.map(({ name, score }) => (
                <Table.Tr key={name} data-trainee={name}>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td ta="right" fw={700}>
                    {points(score?.points)}
                  </Table.Td>
                  <Table.Td ta="right">{points(score?.found)}</Table.Td>
                  <Table.Td ta="right">{points(score?.half)}</Table.Td>
                  <Table.Td ta="right">{points(score?.missed)}</Table.Td>
                  <Table.Td ta="right">{points(score?.false)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  )
}
