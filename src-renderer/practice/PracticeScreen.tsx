import { useEffect, useRef } from 'react'
import { SegmentedControl } from '@mantine/core'
import { IconSchool } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import { useAddress } from '../address.ts'
import { useActor, useCall } from '../host.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { useFailureText } from '../words.ts'
import { ExerciseList } from './ExerciseList.tsx'
import { ResultScreen } from './ResultScreen.tsx'
import { Results } from './Results.tsx'
import { RunningExercise } from './RunningExercise.tsx'

const everyMs = 2_000

/** Exercises in the demo town: the one that runs, those that can be begun, and what came of the last ones. */
export function PracticeScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const [address, change] = useAddress()
  const { run: chosen, show } = address
  const { data, error, refetch } = useCall('practice.now', {}, { every: everyMs })
  const running = data?.run?.id
  const before = useRef<string | undefined>(undefined)
  // When an exercise ends, its result is what everybody wants to see next.
  useEffect(() => {
    if (data && !running && before.current) change({ run: before.current, show: undefined })
    before.current = running
  }, [data, running, change])
  if (chosen && chosen !== running) return <ResultScreen id={chosen} onBack={() => change({ run: undefined })} />
  return (
    <>
      <PageTop title={t('practice.title')} note={t('practice.note')}>
        <SegmentedControl
          value={show === 'results' ? 'results' : 'exercises'}
          onChange={(value) => change({ show: value === 'results' ? 'results' : undefined })}
          data={[
            { value: 'exercises', label: t('practice.tab.exercises') },
            { value: 'results', label: t('practice.tab.results') },
          ]}
          transitionDuration={0}
          aria-label={t('practice.tab.label')}
        />
      </PageTop>
      {show === 'results' ? (
        <Results onOpen={(run) => change({ run }, { push: true })} />
      ) : data ? (
        <Now now={data} />
      ) : error ? (
        <Failed told={tell(error)} onRetry={() => void refetch()} centred />
      ) : (
        <Loading rows={6} height={90} />
      )}
    </>
  )
}

function Now({ now }: { now: CallOutput<'practice.now'> }) {
  const { t } = useTranslation()
  const { may } = useActor()
  const { town, run, outdoor } = now
  if (run) return <RunningExercise run={run} now={now} />
  if (town !== 'open')
    return (
      <Empty icon={IconSchool} title={t(`practice.town.${town}.title`)} hint={t(`practice.town.${town}.hint`)}>
        <ButtonLink to="/town">{t('practice.town.go')}</ButtonLink>
      </Empty>
    )
  if (!may('full')) return <Empty icon={IconSchool} title={t('practice.none.title')} hint={t('practice.none.hint')} />
  return <ExerciseList outdoor={outdoor} />
}
