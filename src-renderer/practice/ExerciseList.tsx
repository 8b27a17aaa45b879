import { useState } from 'react'
import { Badge, Button, Group, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import { freeExercise } from '#shared/practice/contract.ts'
import { showsAt } from '#shared/practice/kinds.ts'
import { useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { StartDialog } from './StartDialog.tsx'
import { usePracticeWords } from './words.ts'
import classes from './Exercises.module.css'

export type Exercise = CallOutput<'practice.exercises'>[number]

const hourMs = 3_600_000

/** What can be begun: the exercises that come with the program, and one of your own making. */
export function ExerciseList({ outdoor }: { outdoor: number | null }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { data, error, refetch } = useCall('practice.exercises', {})
  const [chosen, choose] = useState<Exercise | typeof freeExercise | null>(null)
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={6} height={90} />
  return (
    <>
      <ul className={classes['grid']} aria-label={t('practice.list')}>
        {data.map((exercise) => (
          <Card key={exercise.id} exercise={exercise} outdoor={outdoor} onBegin={() => choose(exercise)} />
        ))}
        <li className={classes['card']} data-exercise={freeExercise}>
          <Title order={2}>{t('practice.exercise.free.title')}</Title>
          <Text className={classes['story'] ?? ''}>{t('practice.exercise.free.story')}</Text>
          <div className={classes['foot']}>
            <span />
            <Button size="xs" variant="default" onClick={() => choose(freeExercise)}>
              {t('practice.compose')}
            </Button>
          </div>
        </li>
      </ul>
      {chosen && <StartDialog exercise={chosen === freeExercise ? null : chosen} onClose={() => choose(null)} />}
    </>
  )
}

type CardProps = { exercise: Exercise; outdoor: number | null; onBegin: () => void }

function Card({ exercise: { id, level, season, hours, speed }, outdoor, onBegin }: CardProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = usePracticeWords()
  const shows = outdoor === null || showsAt(season, outdoor)
  return (
    <li className={classes['card']} data-exercise={id}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Title order={2}>{words.title(id)}</Title>
        <Badge variant="default" className={classes['level'] ?? ''}>
          {t(`practice.level.${level}`)}
        </Badge>
      </Group>
      <Text className={classes['story'] ?? ''}>{words.story(id)}</Text>
      {!shows && outdoor !== null && (
        <Text size="sm" className={classes['season'] ?? ''}>
          {t(`practice.season.${season}`, { outdoor: format.number(outdoor) })}
        </Text>
      )}
      <div className={classes['foot']}>
        <Text size="sm" c="dimmed">
          {t('practice.length', { town: words.span(hours * hourMs), here: words.here(hours * hourMs, speed) })}
        </Text>
        <Button size="xs" variant="default" onClick={onBegin} aria-label={t('practice.beginOf', { title: words.title(id) })}>
          {t('practice.begin')}
        </Button>
      </div>
    </li>
  )
}
