import { useMemo } from 'react'
import { Group, SegmentedControl } from '@mantine/core'
import { IconTable } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { mostTableSeries } from '#shared/history/table-contract.ts'
import { useAddress } from '../address.ts'
import { PeriodBar } from '../period/PeriodBar.tsx'
import { usePeriod } from '../period/use-period.ts'
import { useHost } from '../host.ts'
import { PresetMenu } from '../selection/PresetMenu.tsx'
import { SelectionPicker } from '../selection/SelectionPicker.tsx'
import { addressOf, contentOf } from '../selection/preset-address.ts'
import { useSelected, wordsOf } from '../selection/selected.ts'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText } from '../words.ts'
import { ExportDialog } from './ExportDialog.tsx'
import { GapPanel } from './GapPanel.tsx'
import { ReadingsTable } from './ReadingsTable.tsx'
import { StepBar } from './StepBar.tsx'
import { figuresOf, figureWords, optionNames, stepOf } from './choice.ts'
import type { Question } from './pages.ts'

const quarterMs = 15 * 60_000

/** Stored values of points of any devices, side by side. Points, period, step and figures stand in the address bar. */
export function ReadingsScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const [address, change] = useAddress()
  const { now } = useHost()
  const { period, calendar } = usePeriod()
  const selected = useSelected(address['series'])
  const chosen = useMemo(() => selected.chosen.slice(0, mostTableSeries), [selected.chosen])
  const points = useMemo(() => chosen.map(({ point }) => point), [chosen])
  const step = stepOf(address, period)
  const figures = figuresOf(address, points).join()
  const to = Math.min(period.to, (Math.floor(now() / quarterMs) + 1) * quarterMs)
  const question = useMemo(
    (): Question => ({
      series: points.map(({ series }) => series),
      from: period.from,
      to,
      step,
      figures: figuresOf({ figures }, points),
      timeZone: calendar.timeZone,
    }),
    [points, period.from, to, step, figures, calendar],
  )
  const gaps = address['view'] === 'gaps'
  const none = chosen.length === 0
  return (
    <>
      <PageTop
        title={t('readings.title')}
        note={selected.missing.length > 0 ? t('readings.missing', { count: selected.missing.length }) : t('readings.note')}
      >
        <PresetMenu
          kind="readings"
          content={contentOf(address, optionNames)}
          onOpen={(content) => change(addressOf(content, optionNames), { push: true })}
        />
        {!none && <ExportDialog question={question} />}
        <SelectionPicker chosen={selected.chosen} most={mostTableSeries} onChange={(series) => change({ series: wordsOf(series) })} />
      </PageTop>
      <Group gap="sm" mb="sm">
        <PeriodBar period={period} calendar={calendar} onChange={(words) => change(words, { push: true })} />
        <SegmentedControl
          value={gaps ? 'gaps' : 'table'}
          onChange={(view) => change({ view: view === 'gaps' ? view : undefined })}
          data={[
            { value: 'table', label: t('readings.view.table') },
            { value: 'gaps', label: t('readings.view.gaps') },
          ]}
          transitionDuration={0}
          aria-label={t('readings.view.label')}
        />
        {!gaps && (
          <StepBar
            step={step}
            figures={question.figures}
            onStep={(next) => change({ step: next })}
            onFigures={(next) => change({ figures: figureWords(next) })}
          />
        )}
      </Group>
      {selected.error !== null && selected.error !== undefined && <Failed told={tell(selected.error)} />}
      {selected.isPending && <Loading />}
      {none && !selected.isPending && !selected.error && (
        <Panel>
          <Empty icon={IconTable} title={t('readings.none.title')} hint={t('readings.none.hint')} />
        </Panel>
      )}
      {!none && gaps && <GapPanel chosen={chosen} from={period.from} to={to} />}
      {!none && !gaps && <ReadingsTable question={question} chosen={chosen} calendar={calendar} live={period.current} />}
    </>
  )
}
