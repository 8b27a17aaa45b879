import { useState } from 'react'
import { Button, Group, SegmentedControl, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconMailCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAddress } from '../../address.ts'
import { useCall } from '../../host.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useFailureText } from '../../words.ts'
import { NoticeRow } from './NoticeRow.tsx'
import classes from './Notify.module.css'

/** Groups of notices that are looked at together, and the states that count into each. */
const groups = {
  all: [],
  trouble: ['retrying', 'dead', 'uncertain'],
  waiting: ['waiting'],
  sent: ['sent'],
  spared: ['spared'],
} as const
const names = ['all', 'trouble', 'waiting', 'sent', 'spared'] as const

/** What went out, waits, failed, or may not have arrived; what failed is sent again or given up here. */
export function Outbox() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const [address, change] = useAddress()
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const state = names.find((name) => name === address['state']) ?? 'all'
  const [pages, setPages] = useState<readonly string[]>([])
  const before = pages.at(-1)
  const { data, error, refetch } = useCall(
    'alarms.outbox',
    { state, ...(before === undefined ? {} : { before }) },
    { keep: true, every: 10_000 },
  )
  const count = (name: (typeof names)[number]) => {
    const states: readonly string[] = groups[name]
    return data?.counts.reduce((sum, one) => sum + (name === 'all' || states.includes(one.state) ? one.count : 0), 0) ?? 0
  }
  return (
    <Panel title={t('alarms.notify.part.outbox')} flush>
      <div className={classes['note']}>
        <SegmentedControl
          value={state}
          onChange={(value) => {
            setPages([])
            change({ state: value === 'all' ? undefined : value })
          }}
          data={names.map((value) => ({ value, label: `${t(`alarms.notify.outbox.of.${value}`)} ${count(value)}` }))}
          transitionDuration={0}
          aria-label={t('alarms.notify.outbox.filter')}
          {...(phone ? { orientation: 'vertical' as const, fullWidth: true } : {})}
        />
        <Text size="xs" c="dimmed" mt={4}>
          {t('alarms.notify.outbox.week')}
        </Text>
      </div>
      {error && <Failed told={tell(error)} onRetry={() => void refetch()} />}
      {!data && !error && <Loading rows={5} height={44} />}
      {data?.notices.length === 0 && (
        <Empty icon={IconMailCheck} title={t('alarms.notify.outbox.none')} hint={t('alarms.notify.outbox.noneHint')} />
      )}
      {data && data.notices.length > 0 && (
        <ul className={classes['list']}>
          {data.notices.map((notice) => (
            <NoticeRow key={notice.id} notice={notice} />
          ))}
        </ul>
      )}
      {(pages.length > 0 || (data?.next ?? null) !== null) && (
        <Group gap="xs" className={classes['note'] ?? ''}>
          {pages.length > 0 && (
            <Button size="xs" variant="default" onClick={() => setPages(pages.slice(0, -1))}>
              {t('alarms.notify.outbox.newer')}
            </Button>
          )}
          {data && data.next !== null && (
            <Button size="xs" variant="default" onClick={() => data.next !== null && setPages([...pages, data.next])}>
              {t('alarms.notify.outbox.older')}
            </Button>
          )}
        </Group>
      )}
    </Panel>
  )
}
