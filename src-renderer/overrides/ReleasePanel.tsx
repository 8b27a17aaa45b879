import { useEffect } from 'react'
import { Button, Group, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Release } from '#shared/overrides/contract.ts'
import { askAgain, useAction, useCall, useHost, useJob } from '../host.ts'
import { usePointNames } from '../point-names.ts'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText } from '../words.ts'
import { Failure, failures, type FailureCode } from '#shared/failures.ts'
import classes from './Overrides.module.css'

/** How far the release is, the button that stops it, and what came of each point. */
export function ReleasePanel() {
  const { t } = useTranslation()
  const { queries } = useHost()
  const job = useJob('overrides.release')
  const { data } = useCall('overrides.releaseStatus', {})
  const cancel = useAction('overrides.cancelRelease')
  useEffect(() => {
    void askAgain(queries, ['overrides.releaseStatus'])
  }, [queries, job?.done, job?.state])
  const release = data?.release
  if (!release) return null
  const { state, done, total, results } = release
  const confirmed = results.filter(({ outcome }) => outcome === 'done').length
  return (
    <Panel
      title={t(`overrides.run.${state}`)}
      actions={
        state === 'running' && (
          <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({})}>
            {t('cancel')}
          </Button>
        )
      }
    >
      <Group gap="sm" wrap="nowrap" role="status">
        {state === 'running' && (
          <Progress value={(100 * done) / total} className={classes['progress'] ?? ''} aria-label={t('overrides.run.running')} />
        )}
        <Text size="sm">{t('overrides.run.count', { confirmed, total })}</Text>
      </Group>
      <ul className={classes['asked']}>
        {results
          .filter(({ outcome }) => outcome !== 'done')
          .map((result) => (
            <Missed key={`${result.device}/${result.point}`} result={result} />
          ))}
      </ul>
    </Panel>
  )
}

function Missed({ result: { name, point, outcome, failure } }: { result: Release['results'][number] }) {
  const { t } = useTranslation()
  const names = usePointNames()
  const tell = useFailureText()
  const why =
    failure && isCode(failure.code) ? tell(new Failure(failure.code, failure.params)).title : t(`overrides.outcome.${outcome ?? 'unknown'}`)
  return <li>{t('overrides.missed', { device: name, point: names.full({ id: point, title: null }), why })}</li>
}

const isCode = (code: string): code is FailureCode => code in failures
