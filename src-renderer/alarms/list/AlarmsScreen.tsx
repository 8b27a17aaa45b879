import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { AlarmSummary } from '#shared/alarms/row.ts'
import { useAddress } from '../../address.ts'
import { useActor, useCall, useNow } from '../../host.ts'
import { screens } from '../../screens.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { PageTop } from '../../ui/PageTop.tsx'
import { useFailureText, useFormat } from '../../words.ts'
import { NotifyTrouble } from '../notify/NotifyTrouble.tsx'
import { AlarmPanel } from './AlarmPanel.tsx'
import { choiceOf, noFilter, type Choice } from './choice.ts'
import { HistoryView } from './HistoryView.tsx'
import { ListView } from './ListView.tsx'
import { Views } from './Views.tsx'
import classes from './Screen.module.css'

const everyMs = 15_000

/** The operators' page: what stands and what nobody has seen yet, what is hidden and why, and what was. */
export function AlarmsScreen() {
  const { t } = useTranslation()
  const [address, change] = useAddress()
  const choice = choiceOf(address)
  const { opened, view } = choice
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const cramped = useMediaQuery('(max-width: 100em)', undefined, { getInitialValueInEffect: false })
  const summary = useCall('alarms.summary', {}, { every: everyMs })
  const open = (id: string | null) => change({ alarm: id ?? undefined }, { push: id !== null && opened === null })
  if (phone && opened !== null) return <AlarmPanel key={opened} id={opened} phone onClose={() => open(null)} onOpen={open} />
  return (
    <div className={classes['page']} data-opened={opened !== null || undefined}>
      <div className={classes['list']}>
        <PageTop title={t('alarms.title')} note={summary.data && <Note summary={summary.data} />}>
          <Ways />
        </PageTop>
        <NotifyTrouble />
        <Views view={view} summary={summary.data} onChange={(next) => change({ ...noFilter, view: next === 'open' ? undefined : next })} />
        {view === 'history' ? (
          <HistoryView filter={choice.filter} card={phone || (cramped && opened !== null)} opened={opened} onOpen={open} />
        ) : (
          <CurrentView choice={choice} view={view} card={phone || (cramped && opened !== null)} onOpen={open} />
        )}
      </div>
      {opened !== null && <AlarmPanel key={opened} id={opened} phone={false} onClose={() => open(null)} onOpen={open} />}
    </div>
  )
}

type CurrentViewProps = { choice: Choice; view: Exclude<Choice['view'], 'history'>; card: boolean; onOpen: (id: string | null) => void }

function CurrentView({ choice, view, card, onOpen }: CurrentViewProps) {
  const tell = useFailureText()
  const { data, error, refetch } = useCall('alarms.list', { view }, { every: everyMs })
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={8} height={48} />
  return <ListView key={view} list={data} choice={choice} card={card} onOpen={onOpen} />
}

/** How many stand, how many nobody has seen, and since when the oldest of those waits. */
function Note({ summary }: { summary: AlarmSummary }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const unseen = summary.priorities.reduce((sum, { unacknowledged, returned }) => sum + unacknowledged + returned, 0)
  const { oldestUnacknowledged } = summary
  return [
    t('alarms.list.note.open', { count: summary.open }),
    unseen > 0 ? t('alarms.list.note.unseen', { count: unseen }) : '',
    oldestUnacknowledged !== null ? t('alarms.list.note.oldest', { span: format.span(now - oldestUnacknowledged) }) : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

const ways = [
  { path: '/alarms/rules', label: 'alarms.list.way.rules' },
  { path: '/alarms/notify', label: 'alarms.list.way.notify' },
  { path: '/alarms/kpi', label: 'alarms.list.way.kpi' },
] as const

/** To the pages around the list. */
function Ways() {
  const { t } = useTranslation()
  const { may } = useActor()
  return ways
    .filter(({ path }) => screens.some((screen) => screen.path === path && may(screen.role)))
    .map(({ path, label }) => (
      <ButtonLink key={path} to={path} variant="default" size="xs">
        {t(label)}
      </ButtonLink>
    ))
}
