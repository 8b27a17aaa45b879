import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Lease } from '#shared/overrides/contract.ts'
import { useAction, useActor, useCall } from '../host.ts'
import { DeviceLink } from '../ui/DeviceLink.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { useOverrideWords } from './words.ts'
import classes from './Overrides.module.css'

/** Values that programs hold for a time: those that run, and how the last ones ended. */
export function LeasePanel() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { data } = useCall('overrides.leases', {}, { every: 30_000 })
  const end = useAction('overrides.endLease')
  if (!data || data.length === 0) return null
  const running = data.filter(({ state }) => state !== 'ended')
  const ended = data.filter(({ state }) => state === 'ended')
  const row = (lease: Lease) => <LeaseRow key={lease.id} lease={lease} busy={end.isPending} onEnd={() => end.mutate({ id: lease.id })} />
  return (
    <Panel title={t('leases.title')} flush>
      <Text size="sm" c="dimmed" className={classes['note']}>
        {t('leases.note')}
      </Text>
      {end.error && <Failed told={tell(end.error)} />}
      <ul className={classes['list']}>{running.map(row)}</ul>
      {ended.length > 0 && (
        <details className={classes['ended']}>
          <summary>{t('leases.ended', { count: ended.length })}</summary>
          <ul className={classes['list']}>{ended.map(row)}</ul>
        </details>
      )}
    </Panel>
  )
}

function LeaseRow({ lease, busy, onEnd }: { lease: Lease; busy: boolean; onEnd: () => void }) {
  const { t } = useTranslation()
  const { may } = useActor()
  const format = useFormat()
  const words = useOverrideWords()
  const { device, name, point, pointId, owner, actor, state, reason, expiresAt, endedAt } = lease
  const told = () => {
    if (state === 'ended') return t(`leases.reason.${reason ?? 'expired'}`, { when: format.dateTime(endedAt ?? expiresAt) })
    if (state === 'returning') return t('leases.returning', { fallback: words.fallback(lease) })
    return t('leases.until', { when: format.dateTime(expiresAt), fallback: words.fallback(lease) })
  }
  return (
    <li className={classes['row']} data-lease={state}>
      <div>
        <DeviceLink id={device} className={classes['device']}>
          {name}
        </DeviceLink>
        <Text size="sm">{point ? words.point(point) : pointId}</Text>
      </div>
      <strong className={classes['value']}>{words.leased(lease)}</strong>
      <Text size="sm" c="dimmed" component="div">
        {told()}
        <br />
        {t('leases.owner', { owner, actor })}
      </Text>
      <div className={classes['act']}>
        {state === 'active' && may('full') && (
          <Button size="xs" variant="default" disabled={busy} onClick={onEnd}>
            {t('leases.end')}
          </Button>
        )}
      </div>
    </li>
  )
}
