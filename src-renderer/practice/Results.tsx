import { Anchor, Stack, Table } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import { useCall } from '../host.ts'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { usePracticeWords } from './words.ts'

/** What came of the last exercises, and how each trainee stands over all of them. */
export function Results({ onOpen }: { onOpen: (run: string) => void }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const runs = useCall('practice.runs', {})
  const scores = useCall('practice.scores', {})
  const error = runs.error ?? scores.error
  if (!runs.data || !scores.data)
    return error ? (
      <Failed told={tell(error)} onRetry={() => void Promise.all([runs.refetch(), scores.refetch()])} centred />
    ) : (
      <Loading rows={6} height={36} />
    )
  if (runs.data.length === 0)
    return <Empty icon={IconListCheck} title={t('practice.results.none.title')} hint={t('practice.results.none.hint')} />
  return (
    <Stack gap="md">
      {scores.data.length > 0 && <Scores scores={scores.data} />}
      <Runs runs={runs.data} onOpen={onOpen} />
    </Stack>
  )
}

function Scores({ scores }: { scores: CallOutput<'practice.scores'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Panel title={t('practice.results.people')}>
      <Table.ScrollContainer minWidth={300}>
        <Table horizontalSpacing="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('practice.column.name')}</Table.Th>
              <Table.Th ta="right" visibleFrom="sm">
                {t('practice.column.exercises')}
              </Table.Th>
              <Table.Th ta="right">{t('practice.column.best')}</Table.Th>
              <Table.Th ta="right">{t('practice.column.last')}</Table.Th>
              <Table.Th ta="right">{t('practice.column.mean')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {scores.map(({ name, exercises, best, last, mean }) => (
              <Table.Tr key={name} data-person={name}>
                <Table.Td>{name}</Table.Td>
                <Table.Td ta="right" visibleFrom="sm">
                  {format.number(exercises)}
                </Table.Td>
                <Table.Td ta="right" fw={700}>
                  {format.number(best)}
                </Table.Td>
                <Table.Td ta="right">{format.number(last)}</Table.Td>
                <Table.Td ta="right">{format.number(mean)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  )
}

function Runs({ runs, onOpen }: { runs: CallOutput<'practice.runs'>; onOpen: (run: string) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = usePracticeWords()
  return (
    <Panel title={t('practice.results.runs')}>
      <Table.ScrollContainer minWidth={300}>
        <Table horizontalSpacing="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('practice.column.exercise')}</Table.Th>
              <Table.Th>{t('practice.column.held')}</Table.Th>
              <Table.Th ta="right" visibleFrom="sm">
                {t('practice.column.trainees')}
              </Table.Th>
              <Table.Th ta="right">{t('practice.column.mine')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {runs.map(({ id, exercise, startedAt, trainees, mine }) => (
              <Table.Tr key={id} data-run={id}>
                <Table.Td>
                  <Anchor component="button" type="button" c="inherit" fw={600} ta="left" onClick={() => onOpen(id)}>
                    {words.title(exercise)}
                  </Anchor>
                </Table.Td>
                <Table.Td>{format.dateTime(startedAt)}</Table.Td>
                <Table.Td ta="right" visibleFrom="sm">
                  {format.number(trainees)}
                </Table.Td>
                <Table.Td ta="right" fw={700}>
                  {mine === null ? '–' : format.number(mine)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  )
}
