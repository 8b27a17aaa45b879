import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import { freeExercise, type PracticeFault, type PracticeRun } from '#shared/practice/contract.ts'
import { networkName, plantName } from '#shared/practice/kinds.ts'
import { faultRow, type FaultKind } from '#shared/simulator/faults.ts'
import { useFaultWords } from '../faults/fault-words.ts'
import { useFormat } from '../words.ts'

export type Places = CallOutput<'practice.places'>
export type ExerciseName = PracticeRun['exercise']

const minuteMs = 60_000
/** Exercises, faults and places in words. */
export function usePracticeWords() {
  const { t } = useTranslation()
  const format = useFormat()
  const faults = useFaultWords()
  return useMemo(() => {
    const span = (ms: number) => format.duration(Math.round(ms / minuteMs) * 60)
    return {
      title: (exercise: ExerciseName) => t(`practice.exercise.${exercise}.title`),
      story: (exercise: ExerciseName) => t(`practice.exercise.${exercise}.story`),
      /** The story while it runs: of a free exercise nothing is known. */
      plot: (exercise: ExerciseName) => (exercise === freeExercise ? t('practice.freePlot') : t(`practice.exercise.${exercise}.story`)),
      kind: faults.name,
      /** How such a fault shows itself. */
      sign: faults.text,
      /** Where it is. A leak is told as the network, with its node where the truth is told. */
      place: (one: FaultKind, target: string, places: Places | undefined) => {
        const kindOf = faultRow(one).target
        if (kindOf === 'plant' || target === plantName) return t('practice.place.plant')
        if (kindOf === 'node') return target === networkName ? t('practice.place.network') : t('practice.place.node', { node: target })
        if (kindOf === 'zone') return t('practice.place.zone', { zone: places?.zones.find(({ id }) => id === target)?.name ?? target })
        return target
      },
      /** Time of the town: minutes, hours. */
      span,
      /** How long something of the town takes here, at a pace. */
      here: (ms: number, speed: number) => span(Math.max(minuteMs, ms / speed)),
      pace: (speed: number) => t('practice.pace', { span: format.duration(speed) }),
      figures: ({ kind, params }: PracticeFault) =>
        Object.entries(params)
          .map(([name, value]) => faults.param(kind, name, value))
          .join(', '),
    }
  }, [t, format, faults])
}
