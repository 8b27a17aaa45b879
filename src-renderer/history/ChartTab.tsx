import { useMemo } from 'react'
import { Button } from '@mantine/core'
import { IconChartLine } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAddress } from '../address.ts'
import { useDevice } from '../device-context.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Panel } from '../ui/Panel.tsx'
import { ChartOptions } from './ChartOptions.tsx'
import { ChartPanel } from './ChartPanel.tsx'
import { PeriodBar } from '../period/PeriodBar.tsx'
import { PointPicker } from './PointPicker.tsx'
import { drawable, pointsOf, wordsOf } from './chosen.ts'
import { mostPoints, withReferences, type Drawn } from './drawn.ts'
import { optionsOf } from './options.ts'
import { usePeriod } from '../period/use-period.ts'
import classes from './ChartBar.module.css'

/** The course of any values of this device over any period. Choice, period and zoom stand in the address bar. */
export function ChartTab() {
  const { t } = useTranslation()
  const device = useDevice()
  const [address, change] = useAddress()
  const { period, zoom, calendar } = usePeriod()
  const options = useMemo(() => optionsOf(address), [address])
  const chosen = useMemo(() => pointsOf(address['points'], device), [address, device])
  const drawn = useMemo(() => {
    const owned = (point: Drawn['point']): Drawn => ({ device: device.id, deviceName: device.name, point })
    return options.references ? withReferences(chosen.map(owned), drawable(device).map(owned)) : chosen.map(owned)
  }, [chosen, device, options.references])
  const choose = (ids: readonly string[]) => change({ points: wordsOf(ids) })
  const series = chosen.map((point) => point.series)
  const ids = chosen.map((point) => point.id)
  return (
    <div className={classes['screen']}>
      <div className={classes['bar']}>
        <PeriodBar period={period} calendar={calendar} onChange={(words) => change({ ...words, zoom: undefined }, { push: true })} />
        <div className={classes['tools']}>
          <ChartOptions options={options} onChange={change} />
          <PointPicker device={device} chosen={ids} onChange={choose} most={mostPoints} />
        </div>
      </div>
      {chosen.length === 0 ? (
        <Panel>
          <Empty icon={IconChartLine} title={t('chart.none.title')} hint={t('chart.none.hint')}>
            <Button variant="default" onClick={() => change({ points: undefined })}>
              {t('chart.none.action')}
            </Button>
          </Empty>
        </Panel>
      ) : (
        <ChartPanel
          drawn={drawn}
          several={false}
          title={device.name}
          links={
            <ButtonLink to="/charts" search={{ ...address, points: undefined, series: series.join() }} size="xs" variant="default">
              {t('chart.toCharts')}
            </ButtonLink>
          }
          period={period}
          zoom={zoom}
          calendar={calendar}
          options={options}
          onZoom={(range) => change({ zoom: range ? `${range.from}~${range.to}` : undefined }, { push: true })}
          onDrop={(series) => choose(chosen.filter((point) => point.series !== series).map(({ id }) => id))}
        />
      )}
    </div>
  )
}
