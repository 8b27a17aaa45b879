import { Button, Group, Text } from '@mantine/core'
import {
  IconCheck,
  IconClock,
  IconHelpCircle,
  IconMailX,
  IconPlayerSkipForward,
  IconRefresh,
  IconSend,
  IconTrash,
  type Icon,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Notice, NoticeState } from '#shared/alarms/notify.ts'
import { useAction, useActor } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { useFailureText, useFormat } from '../../words.ts'
import { PriorityMark } from '../PriorityMark.tsx'
import classes from './Notify.module.css'

const drawings: Record<NoticeState, Icon> = {
  waiting: IconClock,
  sending: IconSend,
  sent: IconCheck,
  retrying: IconRefresh,
  dead: IconMailX,
  uncertain: IconHelpCircle,
  spared: IconPlayerSkipForward,
  discarded: IconTrash,
}
const again: ReadonlySet<NoticeState> = new Set(['retrying', 'dead', 'uncertain'])
const open: ReadonlySet<NoticeState> = new Set(['waiting', 'retrying', 'dead', 'uncertain'])

/** One notice: of which alarm, to whom, on which way, and what came of it. */
export function NoticeRow({ notice }: { notice: Notice }) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useFailureText()
  const { may } = useActor()
  const retry = useAction('alarms.retryNotice')
  const discard = useAction('alarms.discardNotice')
  const { id, state, what, priority, ruleName, deviceName, recipientName, channel, to, step, tries, trouble, reason, gathered } = notice
  const Drawing = drawings[state]
  const at = notice.endedAt ?? notice.dueAt
  const facts = [
    channel === null ? '' : t(`alarms.notify.channel.${channel}`),
    to,
    step > 0 ? t('alarms.notify.outbox.escalation', { step: step + 1 }) : '',
    tries > 1 ? t('alarms.notify.outbox.tries', { count: tries }) : '',
    gathered > 1 ? t('alarms.notify.outbox.gathered', { count: gathered }) : '',
  ]
  const failure = retry.error ?? discard.error
  return (
    <li className={classes['row']} data-notice={state}>
      <PriorityMark priority={priority} size={17} />
      <div className={classes['words']}>
        <Text size="sm">
          <Link to="/alarms" search={{ alarm: notice.alarm }}>
            {ruleName}
          </Link>
          {` · ${deviceName} · ${t(`alarms.notify.outbox.what.${what}`)}`}
        </Text>
        <Text size="sm" c="dimmed">
          {[recipientName, ...facts].filter(Boolean).join(' · ')}
        </Text>
        {trouble && state !== 'sent' && (
          <Text size="sm">{[t(`alarms.notify.why.${trouble.code}`), trouble.detail].filter(Boolean).join(': ')}</Text>
        )}
        {failure && <Failed told={tell(failure)} />}
      </div>
      <div className={classes['state']} data-state={state}>
        <span>
          <Drawing size={16} stroke={1.7} aria-hidden />
          {t(`alarms.notify.state.${state}`)}
        </span>
        <Text size="sm" c="dimmed">
          {reason ? t(`alarms.notify.spared.${reason}`) : format.dateTime(at)}
        </Text>
        {may('limited') && open.has(state) && (
          <Group gap={6}>
            {again.has(state) && (
              <Button size="compact-xs" variant="default" loading={retry.isPending} onClick={() => retry.mutate({ id })}>
                {t('alarms.notify.outbox.retry')}
              </Button>
            )}
            <Button size="compact-xs" variant="default" loading={discard.isPending} onClick={() => discard.mutate({ id })}>
              {t('alarms.notify.outbox.discard')}
            </Button>
          </Group>
        )}
      </div>
    </li>
  )
}
