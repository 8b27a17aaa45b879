import { useEffect } from 'react'
import { Button, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FormulaJob } from '#shared/virtual/contract.ts'
import { askAgain, useAction, useActor, useCall, useHost, useJob, useNow } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import classes from './Virtual.module.css'

/** What has ended stays in sight for so long. */
const shownMs = 10 * 60_000

/** Calculations over the past: how far they are, the button that ends them, and what came of those that ended just now. */
export function JobPanel() {
  const { t } = useTranslation()
  const { queries } = useHost()
  const now = useNow()
  const tell = useFailureText()
  const job = useJob('virtual.backfill')
  const { data } = useCall('virtual.jobs', {})
  const cancel = useAction('virtual.cancel')
  const { may } = useActor()
  useEffect(() => {
    void askAgain(queries, ['virtual.jobs'])
  }, [queries, job?.done, job?.state])
  const shown = (data ?? []).filter(({ endedAt }) => endedAt === null || now - endedAt < shownMs)
  if (shown.length === 0) return null
  return (
    <Panel title={t('virtual.jobs')}>
      {cancel.error && <Failed told={tell(cancel.error)} />}
      {shown.map((one) => (
        <div key={one.id} className={classes['job']} role="status" data-job={one.state}>
          <JobText job={one} />
          {one.endedAt === null ? (
            <Progress value={(100 * (one.doneTo - one.from)) / Math.max(1, one.to - one.from)} aria-label={t('virtual.jobs')} />
          ) : (
            <Text size="sm">{t('virtual.jobRows', { rows: one.rows, absent: one.absent })}</Text>
          )}
          {one.endedAt === null && may('full') ? (
            <Button size="xs" variant="default" onClick={() => cancel.mutate({ id: one.id })}>
              {t('cancel')}
            </Button>
          ) : (
            <Text size="sm">{t(`virtual.jobState.${one.state}`)}</Text>
          )}
        </div>
      ))}
    </Panel>
  )
}

function JobText({ job: { name, from, to } }: { job: FormulaJob }) {
  const format = useFormat()
  return (
    <Text size="sm">
      <strong>{name}</strong>
      <br />
      {format.date(from)} – {format.date(to)}
    </Text>
  )
}
