import { SimpleGrid, Stack } from '@mantine/core'
import { IconBellCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AlarmKpi } from '#shared/alarms/kpi-contract.ts'
import { Bars } from '../../consumption/Bars.tsx'
import { useCall } from '../../host.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { PageTop } from '../../ui/PageTop.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useFailureText, useFormat } from '../../words.ts'
import { FigureTiles, OtherFigures } from './FigureTiles.tsx'
import { FloodList } from './FloodList.tsx'
import { PeriodChoice } from './PeriodChoice.tsx'
import { totalOf } from './report.ts'
import { ReportMenu } from './ReportMenu.tsx'
import { ShelvedList } from './ShelvedList.tsx'
import { SourceList } from './SourceList.tsx'
import { SpreadList } from './SpreadList.tsx'
import { useKpiPeriod } from './use-kpi-period.ts'
import { useKpiWords } from './kpi-words.ts'

const everyMs = 300_000
const dayMs = 86_400_000

/** How well the alarms of a month or week could be worked with. The period stands in the address bar. */
export function AlarmKpiScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const format = useFormat()
  const { period, change } = useKpiPeriod()
  const { data, error, refetch } = useCall(
    'alarms.kpi',
    { from: period.from, to: period.to },
    { keep: true, ...(period.current ? { every: everyMs } : {}) },
  )
  const note = data && data.from < data.to && t('alarms.kpi.counted', { from: format.dateTime(data.from), to: format.dateTime(data.to) })
  const nothing = data?.figures.some(({ name, value }) => name === 'alarmCount' && value === 0) && data.stale.length === 0
  return (
    <>
      <PageTop title={t('alarms.kpi.title')} note={note || t('alarms.kpi.note')}>
        <ButtonLink to="/alarms" variant="default">
          {t('alarms.kpi.back')}
        </ButtonLink>
        {data && <ReportMenu kpi={data} period={period} />}
      </PageTop>
      <PeriodChoice period={period} onChange={(words) => change(words, { push: true })} />
      {error ? (
        <Failed told={tell(error)} onRetry={() => void refetch()} centred />
      ) : !data ? (
        <Loading rows={6} height={80} />
      ) : (
        <Stack gap="md">
          {nothing ? (
            <Empty icon={IconBellCheck} title={t('alarms.kpi.none.title')} hint={t('alarms.kpi.none.hint')} />
          ) : (
            <Figures kpi={data} />
          )}
          <Panel title={t('alarms.kpi.section.shelved')}>
            <ShelvedList />
          </Panel>
        </Stack>
      )}
    </>
  )
}

function Figures({ kpi }: { kpi: AlarmKpi }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useKpiWords()
  const byDay = kpi.bars.some(({ from, to }) => to - from > dayMs / 2)
  const bars = kpi.bars.map(({ from, counts }) => {
    const label = byDay ? format.weekday(from) : `${format.weekday(from)} ${format.time(from)}`
    return { at: from, label, value: totalOf(counts), interpolated: 0, isGrey: false }
  })
  return (
    <>
      <FigureTiles figures={kpi.figures} />
      <Panel title={t('alarms.kpi.section.rate')}>
        <Bars bars={bars} unit={t('alarms.kpi.unit')} decimals={0} label={t('alarms.kpi.section.rate')} />
      </Panel>
      <Panel title={t('alarms.kpi.section.sources')}>
        <SourceList
          sources={kpi.sources}
          fact={({ count }) => t('alarms.kpi.count', { count })}
          quiet={({ share }) => words.percent(share)}
          empty={t('alarms.kpi.empty.sources')}
        />
      </Panel>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Panel title={t('alarms.kpi.section.stale')}>
          <SourceList
            sources={kpi.stale}
            fact={({ activeSince }) => (activeSince === null ? '' : format.span(kpi.to - activeSince))}
            quiet={({ activeSince }) => (activeSince === null ? '' : format.dateTime(activeSince))}
            empty={t('alarms.kpi.empty.stale')}
          />
        </Panel>
        <Panel title={t('alarms.kpi.section.chattering')}>
          <SourceList
            sources={kpi.chattering}
            fact={({ changes }) => t('alarms.kpi.changes', { count: changes })}
            quiet={({ count }) => t('alarms.kpi.count', { count })}
            empty={t('alarms.kpi.empty.chattering')}
          />
        </Panel>
        <Panel title={t('alarms.kpi.section.spread')}>
          <SpreadList spread={kpi.spread} />
        </Panel>
        <Panel title={t('alarms.kpi.section.floods')}>
          <FloodList floods={kpi.floods} end={kpi.to} />
        </Panel>
      </SimpleGrid>
      <Panel title={t('alarms.kpi.section.counted')}>
        <OtherFigures figures={kpi.figures} />
      </Panel>
    </>
  )
}
