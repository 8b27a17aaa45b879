import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall } from '../host.ts'
import { usePointNames } from '../point-names.ts'
import { selectedName, type Selected } from '../selection/selected.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import classes from './GapPanel.module.css'

type GapPanelProps = { chosen: readonly Selected[]; from: number; to: number }

const most = 500

/** Where values of the chosen points are missing, and which share of them is there. */
export function GapPanel({ chosen, from, to }: GapPanelProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const format = useFormat()
  const names = usePointNames()
  const series = chosen.map(({ point }) => point.series)
  const { data, error, refetch } = useCall('history.gaps', { series, from, to, limit: most }, { keep: true })
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} /> : <Loading rows={5} />
  const named = new Map(chosen.map((one) => [one.point.series, selectedName(one, names)]))
  // What is nearly whole is not told as whole.
  const percent = (share: number) => `${format.number(Math.floor(share * 1000) / 10, 1)} %`
  const total = data.series.reduce((sum, { gaps }) => sum + gaps, 0)
  return (
    <div className={classes['parts']}>
      <Panel title={t('readings.gaps.perPoint')}>
        <Text mb="xs" data-share={data.share}>
          {total === 0 ? t('readings.gaps.complete') : t('readings.gaps.share', { share: percent(data.share) })}
        </Text>
        <Table.ScrollContainer minWidth={280} type="native">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('readings.gaps.point')}</Table.Th>
                <Table.Th ta="right">{t('readings.gaps.present')}</Table.Th>
                <Table.Th ta="right">{t('readings.gaps.title')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.series.map((one) => (
                <Table.Tr key={one.series} data-series={one.series}>
                  <Table.Td title={t('readings.gaps.hint', { every: format.span(one.everyMs) })}>{named.get(one.series)}</Table.Td>
                  <Table.Td ta="right" className={classes['number']}>
                    {percent(one.share)}
                  </Table.Td>
                  <Table.Td ta="right" className={classes['number']}>
                    {format.number(one.gaps)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Panel>
      {data.gaps.length > 0 && (
        <Panel title={t('readings.gaps.count', { count: total })}>
          {total > data.gaps.length && (
            <Text size="sm" c="dimmed">
              {t('readings.gaps.more', { shown: data.gaps.length, count: total })}
            </Text>
          )}
          <Table.ScrollContainer minWidth={420} type="native">
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('readings.gaps.from')}</Table.Th>
                  <Table.Th>{t('readings.gaps.to')}</Table.Th>
                  <Table.Th ta="right">{t('readings.gaps.span')}</Table.Th>
                  <Table.Th>{t('readings.gaps.point')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.gaps.map((gap) => (
                  <Table.Tr key={`${gap.series} ${gap.from}`} data-gap={gap.series}>
                    <Table.Td className={classes['number']}>{format.dateTime(gap.from)}</Table.Td>
                    <Table.Td className={classes['number']}>
                      {gap.to >= data.to ? t('readings.gaps.open') : format.dateTime(gap.to)}
                    </Table.Td>
                    <Table.Td ta="right" className={classes['number']}>
                      {format.span(gap.to - gap.from)}
                    </Table.Td>
                    <Table.Td>{named.get(gap.series)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Panel>
      )}
    </div>
  )
}
