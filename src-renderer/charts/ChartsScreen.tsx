import { useMemo } from 'react'
import { IconChartLine, IconTable } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAddress, type Address } from '../address.ts'
import { ChartOptions } from '../history/ChartOptions.tsx'
import { ChartPanel } from '../history/ChartPanel.tsx'
import { PeriodBar } from '../period/PeriodBar.tsx'
import { hasHistory, mostPoints, useReferences, type Drawn } from '../history/drawn.ts'
import { optionNames, optionsOf } from '../history/options.ts'
import { usePeriod } from '../period/use-period.ts'
import { PresetMenu } from '../selection/PresetMenu.tsx'
import { SelectionPicker } from '../selection/SelectionPicker.tsx'
import { addressOf, contentOf } from '../selection/preset-address.ts'
import { useSelected, wordsOf } from '../selection/selected.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText } from '../words.ts'
import classes from '../history/ChartBar.module.css'

/** The course of points of any devices, side by side. Choice, period, zoom and options stand in the address bar. */
export function ChartsScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const [address, change] = useAddress()
  const { period, zoom, calendar } = usePeriod()
  const options = useMemo(() => optionsOf(address), [address])
  const selected = useSelected(address['series'])
  const chosen = useMemo(() => selected.chosen.filter(({ point }) => hasHistory(point)).slice(0, mostPoints), [selected.chosen])
  const references = useReferences(chosen, options.references)
  const choose = (series: readonly number[]) => change({ series: wordsOf(series) })
  const none = chosen.length === 0
  return (
    <div className={classes['screen']}>
      <PageTop
        title={t('charts.title')}
        note={selected.missing.length > 0 ? t('charts.missing', { count: selected.missing.length }) : undefined}
      >
        <PresetMenu
          kind="chart"
          content={contentOf(address, optionNames)}
          onOpen={(content) => change(addressOf(content, optionNames), { push: true })}
        />
        <SelectionPicker chosen={selected.chosen} most={mostPoints} onChange={choose} />
      </PageTop>
      <div className={classes['bar']}>
        <PeriodBar period={period} calendar={calendar} onChange={(words) => change({ ...words, zoom: undefined }, { push: true })} />
        <div className={classes['tools']}>
          <ChartOptions options={options} onChange={change} />
        </div>
      </div>
      {selected.error !== null && selected.error !== undefined && <Failed told={tell(selected.error)} />}
      {none && !selected.isPending && !selected.error && (
        <Panel>
          <Empty icon={IconChartLine} title={t('charts.none.title')} hint={t('charts.none.hint', { count: mostPoints })} />
        </Panel>
      )}
      {(selected.isPending || (!none && references.isPending)) && <Loading />}
      {!none && !references.isPending && (
        <ChartPanel
          drawn={references.drawn}
          several
          links={
            <ButtonLink
              to="/readings"
              search={sameTime(address)}
              size="xs"
              variant="default"
              leftSection={<IconTable size={15} stroke={1.6} />}
            >
              {t('chart.toReadings')}
            </ButtonLink>
          }
          title={titleFor(chosen, t('charts.title'))}
          period={period}
          zoom={zoom}
          calendar={calendar}
          options={options}
          onZoom={(range) => change({ zoom: range ? `${range.from}~${range.to}` : undefined }, { push: true })}
          onDrop={(series) => choose(chosen.flatMap(({ point }) => (point.series === series ? [] : [point.series])))}
        />
      )}
    </div>
  )
}

/** The words that say which points and when, as all screens of the history understand them. */
function sameTime({ series, period, date, from, to }: Address): Address {
  return { series, period, date, from, to }
}

/** What a printed chart is called: its devices, as long as they are few. */
function titleFor(chosen: readonly Drawn[], otherwise: string): string {
  const devices = [...new Set(chosen.map(({ deviceName }) => deviceName))]
  return devices.length <= 3 ? devices.join(', ') : otherwise
}
