import { Button, Group, Stack, Text } from '@mantine/core'
import { IconArrowLeft, IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PracticeRun } from '#shared/practice/contract.ts'
import { request } from '../client.ts'
import { useActor, useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { FaultCards } from './FaultCards.tsx'
import { ReportList } from './ReportList.tsx'
import { TraineeTable } from './TraineeTable.tsx'
import { usePracticeWords } from './words.ts'
import classes from './Result.module.css'

/** What came of an exercise: the points, the truth beside the findings, and both as tables. */
export function ResultScreen({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const words = usePracticeWords()
  const format = useFormat()
  const { data: run, error, refetch } = useCall('practice.run', { id })
  return (
    <>
      <PageTop
        title={run ? words.title(run.exercise) : t('practice.title')}
        note={run ? t('practice.held', { time: format.dateTime(run.startedAt), name: run.instructor }) : undefined}
      >
        <Button variant="default" leftSection={<IconArrowLeft size={16} stroke={1.8} aria-hidden />} onClick={onBack}>
          {t('practice.back')}
        </Button>
      </PageTop>
      {run && run.state !== 'running' ? (
        <Result run={run} />
      ) : error ? (
        <Failed told={tell(error)} onRetry={() => void refetch()} centred />
      ) : (
        <Loading rows={5} height={80} />
      )}
    </>
  )
}

function Result({ run }: { run: PracticeRun }) {
  const { t, i18n } = useTranslation()
  const { actor } = useActor()
  const { data: places } = useCall('practice.places', {})
  const me = run.trainees.find(({ name }) => name === actor?.name)
  // A trainee sees what was found beside the truth; whoever led wants everybody's reports.
  const rest = me
    ? run.findings.filter(({ outcome, trainee }) => trainee === me.name && (outcome === 'false' || outcome === 'known'))
    : run.findings
  const delimiter = i18n.language === 'en' ? 'comma' : 'semicolon'
  return (
    <Stack gap="md">
      {me?.score && <Points score={me.score} />}
      {run.state === 'cancelled' && <Text>{t('practice.wasCancelled')}</Text>}
      <Panel title={t('practice.truth')}>
        <FaultCards run={run} places={places} trainee={me?.name ?? null} />
      </Panel>
      {rest.length > 0 && (
        <Panel title={t(me ? 'practice.otherReports' : 'practice.reports')}>
          <ReportList run={run} findings={rest} places={places} named={!me} />
        </Panel>
      )}
      {(run.trainees.length > 1 || !me) && <TraineeTable run={run} />}
      <Group gap="xs">
        {(['truthTable', 'findingTable'] as const).map((table) => (
          <Button
            key={table}
            component="a"
            variant="default"
            href={request(`practice.${table}`, { id: run.id, delimiter }).url}
            download
            leftSection={<IconDownload size={16} stroke={1.7} aria-hidden />}
          >
            {t(`practice.${table}`)}
          </Button>
        ))}
      </Group>
    </Stack>
  )
}

type ScoreShown = NonNullable<PracticeRun['trainees'][number]['score']>

function Points({ score }: { score: ScoreShown }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { points } = score
  return (
    <Panel>
      <div className={classes['points']}>
        <div className={classes['sum']} data-points={points ?? 'none'}>
          <strong>{points === null ? '–' : format.number(points)}</strong>
          <span>{t('practice.outOf')}</span>
        </div>
        <dl className={classes['counts']}>
          {(['found', 'half', 'missed', 'false'] as const).map((name) => (
            <div key={name} data-count={name}>
              <dt>{t(`practice.column.${name}`)}</dt>
              <dd>{format.number(score[name])}</dd>
            </div>
          ))}
        </dl>
        <Text size="sm" c="dimmed" className={classes['how'] ?? ''}>
          {t(points === null ? 'practice.noPoints' : 'practice.how')}
        </Text>
      </div>
    </Panel>
  )
}
