import { useEffect, useMemo, useState } from 'react'
import { Button, SegmentedControl } from '@mantine/core'
import { IconActivity, IconChartLine, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { createCalendar } from '#shared/calendar.ts'
import { useAddress } from '../address.ts'
import { ChartOptions } from '../history/ChartOptions.tsx'
import { hasHistory, mostPoints, useReferences } from '../history/drawn.ts'
import { liveOptionNames, optionsOf } from '../history/options.ts'
import { useHost } from '../host.ts'
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
import { useFailureText, useFormat } from '../words.ts'
import { LivePanel } from './LivePanel.tsx'
import { lengthOf, lengths } from './live-window.ts'
import type { Pause } from './use-live-courses.ts'
import classes from '../history/ChartBar.module.css'

const kept = [...liveOptionNames, 'window']

/** Chosen values as they come in, every 10 s; recorded on while another screen or another page is in front. */
export function LiveScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const format = useFormat()
  const { recorder, now } = useHost()
  const [address, change] = useAddress()
  const [pause, setPause] = useState<Pause | null>(null)
  const calendar = useMemo(() => createCalendar(format.timeZone), [format.timeZone])
  const options = useMemo(() => optionsOf(address), [address])
  const length = lengthOf(address['window'])
  const selected = useSelected(address['series'])
  const chosen = useMemo(() => selected.chosen.filter(({ point }) => hasHistory(point)).slice(0, mostPoints), [selected.chosen])
  const references = useReferences(chosen, options.references)
  const choose = (series: readonly number[]) => {
    if (series.length === 0) recorder.record([])
    change({ series: wordsOf(series) })
  }
  const none = chosen.length === 0
  const unnamed = address['series'] === undefined
  // Who comes back finds what is being recorded.
  useEffect(() => {
    if (unnamed && recorder.chosen.length > 0) change({ series: wordsOf(recorder.chosen) })
  }, [unnamed, recorder, change])
  return (
    <div className={classes['screen']}>
      <PageTop title={t('live.title')} note={t('live.note')}>
        <PresetMenu kind="live" content={contentOf(address, kept)} onOpen={(content) => change(addressOf(content, kept), { push: true })} />
        <SelectionPicker chosen={selected.chosen} most={mostPoints} onChange={choose} />
      </PageTop>
      {!none && (
        <div className={classes['bar']}>
          <SegmentedControl
            value={String(length)}
            onChange={(word) => change({ window: word === '60' ? undefined : word })}
            data={lengths.map((one) => ({ value: String(one), label: format.span(one * 60_000) }))}
            transitionDuration={0}
            aria-label={t('live.window')}
          />
          <div className={classes['tools']}>
            <Button
              variant={pause ? 'filled' : 'default'}
              leftSection={pause ? <IconPlayerPlay size={17} stroke={1.6} /> : <IconPlayerPause size={17} stroke={1.6} />}
              onClick={() => setPause(pause ? null : { at: now() })}
            >
              {pause ? t('live.resume', { time: format.timeSeconds(pause.at) }) : t('live.pause')}
            </Button>
            <ChartOptions options={options} names={liveOptionNames} onChange={change} />
            <ButtonLink
              to="/charts"
              search={{ series: address['series'] }}
              variant="default"
              leftSection={<IconChartLine size={17} stroke={1.6} />}
            >
              {t('live.toCharts')}
            </ButtonLink>
          </div>
        </div>
      )}
      {selected.error !== null && selected.error !== undefined && <Failed told={tell(selected.error)} />}
      {none && !selected.isPending && !selected.error && (
        <Panel>
          <Empty icon={IconActivity} title={t('live.none.title')} hint={t('live.none.hint', { count: mostPoints })} />
        </Panel>
      )}
      {(selected.isPending || (!none && references.isPending)) && <Loading />}
      {!none && !references.isPending && (
        <LivePanel
          drawn={references.drawn}
          length={length}
          pause={pause}
          calendar={calendar}
          options={options}
          onDrop={(series) => choose(chosen.flatMap(({ point }) => (point.series === series ? [] : [point.series])))}
        />
      )}
    </div>
  )
}
