import { useMemo } from 'react'
import { Button } from '@mantine/core'
import { IconChartLine } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAddress } from '../address.ts'
import { createCalendar } from '#shared/calendar.ts'
import { useDevice } from '../device-context.ts'
import { useNow } from '../host.ts'
import { Empty } from '../ui/Empty.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFormat } from '../words.ts'
import { ChartPanel } from './ChartPanel.tsx'
import { PeriodBar } from './PeriodBar.tsx'
import { PointPicker } from './PointPicker.tsx'
import { mostPoints, pointsOf, wordsOf } from './chosen.ts'
import { periodOf, zoomOf } from './period.ts'
import classes from './ChartTab.module.css'

/** The course of any values of this device over any period. Choice, period and zoom stand in the address bar. */
export function ChartTab() {
  const { t } = useTranslation()
  const device = useDevice()
  const { timeZone } = useFormat()
  const calendar = useMemo(() => createCalendar(timeZone), [timeZone])
  const [address, change] = useAddress()
  const chosen = useMemo(() => pointsOf(address['points'], device), [address, device])
  // A period in minutes: it must not be a new one with every tick of the clock.
  const minute = Math.floor(useNow() / 60_000) * 60_000
  const period = useMemo(() => periodOf(address, minute, calendar), [address, minute, calendar])
  const zoom = useMemo(() => zoomOf(address, period), [address, period])
  const choose = (ids: readonly string[]) => change({ points: wordsOf(ids) })
  const ids = chosen.map((point) => point.id)
  return (
    <div className={classes['tab']}>
      <div className={classes['bar']}>
        <PeriodBar period={period} calendar={calendar} onChange={(words) => change({ ...words, zoom: undefined }, { push: true })} />
        <PointPicker device={device} chosen={ids} onChange={choose} most={mostPoints} />
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
          points={chosen}
          period={period}
          zoom={zoom}
          calendar={calendar}
          onZoom={(range) => change({ zoom: range ? `${range.from}~${range.to}` : undefined }, { push: true })}
          onDrop={(id) => choose(ids.filter((one) => one !== id))}
        />
      )}
    </div>
  )
}
