import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { Button, Group, Text } from '@mantine/core'
import { IconDownload, IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { createCalendar } from '#shared/calendar.ts'
import { request } from '../../client.ts'
import { useAddress, type Address } from '../../address.ts'
import { PeriodBar } from '../../period/PeriodBar.tsx'
import { periodOf } from '../../period/period.ts'
import { useHost } from '../../host.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { WindowRows } from '../../ui/WindowRows.tsx'
import { useFailureText, useFormat } from '../../words.ts'
import type { Filter } from './choice.ts'
import { FilterBar } from './FilterBar.tsx'
import { HistoryLine } from './HistoryLine.tsx'
import { useHistory } from './use-history.ts'
import { useKeys } from './use-keys.ts'
import grid from './HistoryView.module.css'

type HistoryViewProps = { filter: Filter; card: boolean; opened: string | null; onOpen: (id: string | null) => void }

const heights = { line: 56, card: 84 }

/** Every time that an alarm came in a period, also those that came and went while nobody looked. */
export function HistoryView({ filter, card, opened, onOpen }: HistoryViewProps) {
  const { t, i18n } = useTranslation()
  const tell = useFailureText()
  const format = useFormat()
  const [address, change] = useAddress()
  const { calendar, period, onPeriod } = useWeek(address, change)
  const field = useRef<HTMLInputElement>(null)
  // One priority can be asked for; more are filtered from what comes.
  const [only] = filter.priorities.length === 1 ? filter.priorities : []
  const question = {
    from: period.from,
    to: period.to,
    device: filter.device ?? undefined,
    rule: filter.rule ?? undefined,
    priority: only,
    words: filter.words.trim() || undefined,
  }
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useHistory(question)
  const rows = useMemo(() => {
    const all = data?.pages.flatMap((page) => page.rows) ?? []
    return filter.priorities.length > 1 ? all.filter(({ priority }) => filter.priorities.includes(priority)) : all
  }, [data, filter.priorities])
  useKeys((command) => {
    if (command === 'filter') field.current?.focus()
    else if (command === 'close' && opened !== null) onOpen(null)
    else return false
    return true
  })
  const end = useEnd(() => hasNextPage && !isFetchingNextPage && void fetchNextPage(), [rows.length, hasNextPage])
  const file = request('alarms.historyFile', {
    ...question,
    language: i18n.language,
    delimiter: format.separators.startsWith(',') ? 'semicolon' : 'comma',
  })
  const first = rows.find(({ rule }) => rule === filter.rule)
  const named = { rule: first?.ruleName ?? null, device: rows.find(({ device }) => device === filter.device)?.deviceName ?? null }
  return (
    <>
      <Group mb={10} gap="sm" justify="space-between">
        <PeriodBar period={period} calendar={calendar} onChange={onPeriod} />
        <Button component="a" href={file.url} download variant="default" leftSection={<IconDownload size={16} stroke={1.7} aria-hidden />}>
          {t('alarms.list.export')}
        </Button>
      </Group>
      <FilterBar field={field} view="history" filter={filter} named={named} onChange={change} />
      {!data ? (
        error ? (
          <Failed told={tell(error)} onRetry={() => void refetch()} centred />
        ) : (
          <Loading rows={8} height={48} />
        )
      ) : rows.length === 0 ? (
        <Empty icon={IconHistory} title={t('alarms.list.empty.history.title')} hint={t('alarms.list.empty.history.hint')} />
      ) : (
        <>
          <Text size="sm" c="dimmed" mb={6}>
            {t('alarms.list.total', { count: data.pages[0]?.total ?? rows.length })}
          </Text>
          <div role="table" aria-label={t('alarms.list.view.history')} aria-rowcount={data.pages[0]?.total} className={grid['table']}>
            {!card && (
              <div role="rowgroup" className={grid['head']}>
                <div role="row" className={grid['row']}>
                  <div role="columnheader" aria-label={t('alarms.list.column.priority')} />
                  {(['what', 'device', 'value', 'raised', 'duration', 'acknowledged'] as const).map((column) => (
                    <div key={column} role="columnheader">
                      {t(`alarms.list.column.${column}`)}
                    </div>
                  ))}
                </div>
              </div>
            )}
            <WindowRows
              role="rowgroup"
              items={rows}
              height={card ? heights.card : heights.line}
              keyOf={({ id }) => id}
              row={(one) => <HistoryLine occurrence={one} card={card} opened={opened === one.alarm} onOpen={onOpen} />}
            />
          </div>
          <div ref={end}>{isFetchingNextPage && <Loading rows={2} height={44} />}</div>
          {error && <Failed told={tell(error)} onRetry={() => void fetchNextPage()} />}
        </>
      )}
    </>
  )
}

/** The period of the address; a week where it names none, since the alarms of last night are those that one looks for. */
function useWeek(address: Address, change: (words: Address) => void) {
  const { timeZone } = useFormat()
  const { ticker } = useHost()
  const calendar = useMemo(() => createCalendar(timeZone), [timeZone])
  const minute = useSyncExternalStore(ticker.subscribe, () => Math.floor(ticker.now() / 60_000) * 60_000)
  const period = periodOf({ ...address, period: address['period'] ?? 'week' }, minute, calendar)
  const onPeriod = (words: Address) => change('period' in words ? { ...words, period: words['period'] ?? 'day' } : words)
  return { calendar, period, onPeriod }
}

/** Runs `reached` when the returned element comes into sight. */
function useEnd(reached: () => void, [count, more]: [number, boolean]) {
  const end = useRef<HTMLDivElement>(null)
  const latest = useRef(reached)
  useEffect(() => {
    latest.current = reached
  })
  useEffect(() => {
    const look = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && latest.current(), {
      rootMargin: '600px',
    })
    if (end.current) look.observe(end.current)
    return () => look.disconnect()
  }, [count, more])
  return end
}
