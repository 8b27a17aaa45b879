import { Button, Loader } from '@mantine/core'
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useHost, useLink } from '../host.ts'
import { useFormat } from '../words.ts'
import classes from './Banner.module.css'

/** What concerns every screen at once: no connection to the host, or a history that is not whole. */
export function Banner() {
  const link = useLink()
  const { data } = useCall('system.about', {}, { every: 30_000 })
  if (link.state === 'lost') return <LinkLost since={link.since} />
  if (data?.historyState === 'refilling' || data?.historyState === 'failed') return <HistoryNotice />
  return null
}

function LinkLost({ since }: { since: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { live } = useHost()
  return (
    <Strip kind="abnormal" icon={<IconPlugConnectedX size={18} stroke={1.7} aria-hidden />}>
      <span>
        <strong>{t('link.lost')}</strong> {t('link.asOf', { time: format.timeSeconds(since) })}
      </span>
      <Button size="compact-sm" variant="default" onClick={() => live.retryNow()}>
        {t('link.retry')}
      </Button>
    </Strip>
  )
}

function HistoryNotice() {
  const { t } = useTranslation()
  const { data } = useCall('history.status', {}, { every: 5000 })
  const format = useFormat()
  if (data?.state === 'failed') {
    return (
      <Strip kind="abnormal" icon={<IconAlertTriangle size={18} stroke={1.7} aria-hidden />}>
        <span>
          <strong>{t('storage.failed')}</strong> {t('storage.failedHint')}
        </span>
      </Strip>
    )
  }
  if (data?.state !== 'refilling') return null
  return (
    <Strip kind="caution" icon={<Loader size={14} color="var(--hg-caution)" aria-hidden />}>
      <span>
        <strong>{t('storage.refilling')}</strong> {t('storage.refillingHint', { waiting: format.number(data.waiting) })}
      </span>
    </Strip>
  )
}

function Strip({ kind, icon, children }: { kind: 'abnormal' | 'caution'; icon: ReactNode; children: ReactNode }) {
  return (
    <div className={classes['strip']} data-kind={kind} role="status">
      <span className={classes['icon']}>{icon}</span>
      {children}
    </div>
  )
}
