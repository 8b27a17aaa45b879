import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PracticeFinding, PracticeRun } from '#shared/practice/contract.ts'
import { useAction } from '../host.ts'
import { DeviceLink } from '../ui/DeviceLink.tsx'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import { OutcomeMark } from './OutcomeMark.tsx'
import { usePracticeWords, type Places } from './words.ts'
import classes from './Reports.module.css'

type ReportListProps = {
  run: PracticeRun
  findings: readonly PracticeFinding[]
  places: Places | undefined
  /** Several people's: each with the name. */
  named?: boolean
}

/** What was reported, newest last. While the exercise runs, one's own can be taken back. */
export function ReportList({ run, findings, places, named }: ReportListProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const words = usePracticeWords()
  const withdraw = useAction('practice.withdraw')
  if (findings.length === 0) return <Text c="dimmed">{t('practice.report.none')}</Text>
  return (
    <>
      {withdraw.error && <Failed told={tell(withdraw.error)} />}
      <ul className={classes['list']}>
        {findings.map(({ id, kind, target, after, note, trainee, outcome, delay }) => {
          const device = places?.stations.find(({ name }) => name === target)?.device
          const place = words.place(kind, target, places)
          return (
            <li key={id} className={classes['row']} data-finding={outcome ?? 'open'}>
              <div className={classes['words']}>
                <Text fw={600}>{words.kind(kind)}</Text>
                <Text size="sm">{device ? <DeviceLink id={device}>{place}</DeviceLink> : place}</Text>
                <Text size="sm" c="dimmed">
                  {[
                    named ? trainee : '',
                    t('practice.report.after', { span: words.span(after) }),
                    delay === null ? '' : t('practice.report.delay', { span: words.span(delay) }),
                    note,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
              </div>
              {outcome !== null && <OutcomeMark outcome={outcome} />}
              {run.state === 'running' && !named && (
                <Button
                  size="xs"
                  variant="default"
                  loading={withdraw.isPending && withdraw.variables?.finding === id}
                  onClick={() => withdraw.mutate({ id: run.id, finding: id })}
                  aria-label={t('practice.report.withdrawOf', { kind: words.kind(kind), place })}
                >
                  {t('practice.report.withdraw')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}
