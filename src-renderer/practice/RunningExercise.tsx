import { useState } from 'react'
import { Alert, Button, Group, Progress, Stack, Text, Title } from '@mantine/core'
import { IconPlayerPause } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import type { PracticeRun } from '#shared/practice/contract.ts'
import { useAction, useActor, useCall } from '../host.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { FaultCards } from './FaultCards.tsx'
import { ReportForm } from './ReportForm.tsx'
import { ReportList } from './ReportList.tsx'
import { TraineeTable } from './TraineeTable.tsx'
import { usePracticeWords } from './words.ts'
import classes from './Running.module.css'

type RunningExerciseProps = { run: PracticeRun; now: CallOutput<'practice.now'> }

/** The exercise that runs: its story and clock, and either the trainee's reports or the instructor's view of everything. */
export function RunningExercise({ run, now }: RunningExerciseProps) {
  const { t } = useTranslation()
  const { actor, may } = useActor()
  const { data: places } = useCall('practice.places', {}, { enabled: now.town === 'open' })
  const join = useAction('practice.join')
  const tell = useFailureText()
  const mine = run.findings.filter(({ trainee }) => trainee === actor?.name)
  return (
    <Stack gap="md">
      <Clock run={run} now={now} />
      {run.open ? (
        <>
          <Panel title={t('practice.truth')}>
            <FaultCards run={run} places={places} trainee={null} />
          </Panel>
          <TraineeTable run={run} />
          {run.findings.length > 0 && (
            <Panel title={t('practice.reports')}>
              <ReportList run={run} findings={run.findings} places={places} named />
            </Panel>
          )}
        </>
      ) : !run.joined ? (
        <Panel title={t('practice.join.title')}>
          <Stack gap="sm" align="flex-start">
            <Text>{t('practice.join.hint')}</Text>
            {join.error && <Failed told={tell(join.error)} />}
            <Button loading={join.isPending} onClick={() => join.mutate({ id: run.id })}>
              {t('practice.join.do')}
            </Button>
          </Stack>
        </Panel>
      ) : (
        <div className={classes['columns']}>
          <Panel title={t('practice.report.title')}>
            <ReportForm run={run.id} places={places} />
          </Panel>
          <Panel title={t('practice.report.mine')}>
            <ReportList run={run} findings={mine} places={places} />
          </Panel>
        </div>
      )}
      {may('full') && <Conduct run={run} open={now.town === 'open'} />}
    </Stack>
  )
}

/** How far the exercise is, in the time of the town and of whoever waits. */
function Clock({ run, now }: RunningExerciseProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = usePracticeWords()
  const { exercise, elapsed, limit, instructor } = run
  const speed = now.speed ?? run.speed
  return (
    <Panel>
      <div className={classes['head']}>
        <div className={classes['story']}>
          <Title order={2}>{words.title(exercise)}</Title>
          <Text>{words.plot(exercise)}</Text>
          <Text size="sm" c="dimmed">
            {[
              t('practice.led', { name: instructor }),
              words.pace(speed),
              now.at === null ? '' : t('practice.townTime', { time: format.dateTime(now.at) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
        <div className={classes['clock']} role="timer" aria-label={t('practice.clock')}>
          <strong>{words.span(elapsed)}</strong>
          <span>{t('practice.of', { limit: words.span(limit) })}</span>
        </div>
      </div>
      <Progress value={(100 * elapsed) / limit} color="gray" size="sm" mt="sm" aria-label={t('practice.clock')} />
      <Text size="sm" c="dimmed" mt={6}>
        {speed > 0
          ? t('practice.left', { town: words.span(limit - elapsed), here: words.here(limit - elapsed, speed) })
          : t('practice.rests')}
      </Text>
      {now.town !== 'open' && (
        <Alert color="caution" variant="light" mt="sm" icon={<IconPlayerPause size={18} stroke={1.8} />}>
          {t('practice.waits')}
        </Alert>
      )}
    </Panel>
  )
}

const strides = [1, 6, 24]

/** What whoever may start exercises can do to one that runs. */
function Conduct({ run: { id, open, alone, elapsed, limit }, open: townOpen }: { run: PracticeRun; open: boolean }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const words = usePracticeWords()
  const ahead = useAction('practice.ahead')
  const end = useAction('practice.end')
  const cancel = useAction('practice.cancel')
  const [asking, ask] = useState<'end' | 'cancel' | null>(null)
  const error = ahead.error ?? end.error ?? cancel.error
  const hidden = alone && !open
  const act = () => {
    const done = { onSuccess: () => ask(null), onError: () => ask(null) }
    if (asking === 'end') end.mutate({ id }, done)
    else cancel.mutate({ id }, done)
  }
  return (
    <Panel title={t('practice.conduct')}>
      {error && <Failed told={tell(error)} />}
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          {strides.map((hours) => (
            <Button
              key={hours}
              variant="default"
              disabled={!townOpen || ahead.isPending || limit - elapsed <= hours * 3_600_000}
              loading={ahead.isPending && ahead.variables?.hours === hours}
              onClick={() => ahead.mutate({ id, hours })}
            >
              {t('practice.ahead', { span: words.span(hours * 3_600_000) })}
            </Button>
          ))}
        </Group>
        <Group gap="xs">
          <Button variant="default" onClick={() => ask('cancel')}>
            {t('practice.cancel.do')}
          </Button>
          <Button onClick={() => ask('end')}>{t(hidden ? 'practice.end.show' : 'practice.end.do')}</Button>
        </Group>
      </Group>
      <Confirm
        opened={asking !== null}
        title={t(asking === 'cancel' ? 'practice.cancel.title' : 'practice.end.title')}
        action={t(asking === 'cancel' ? 'practice.cancel.do' : hidden ? 'practice.end.show' : 'practice.end.do')}
        busy={end.isPending || cancel.isPending}
        onConfirm={act}
        onClose={() => ask(null)}
      >
        <Text>{t(asking === 'cancel' ? 'practice.cancel.hint' : hidden ? 'practice.end.showHint' : 'practice.end.hint')}</Text>
      </Confirm>
    </Panel>
  )
}
