import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import { freeExercise, type PracticeFault, type PracticeRun } from '#shared/practice/contract.ts'
import { networkName, plantName } from '#shared/practice/kinds.ts'
import { faultRow, type FaultKind } from '#shared/simulator/faults.ts'
import { useFormat } from '../words.ts'

export type Places = CallOutput<'practice.places'>
export type ExerciseName = PracticeRun['exercise']

const minuteMs = 60_000
const figureNames = [
  'opening',
  'transfer',
  'offset',
  'share',
  'gain',
  'flow',
  'from',
  'to',
  'energy',
  'at',
  'power',
  'drift',
  'drop',
] as const

/** Exercises, faults and places in words. */
export function usePracticeWords() {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(() => {
    const kind = (one: FaultKind) => t(`town.fault.kind.${one}.name`)
    const unitOf = (unit: string) => (unit === 'times' ? '×' : unit === 's/day' ? t('town.fault.perDay') : unit)
    const span = (ms: number) => format.duration(Math.round(ms / minuteMs) * 60)
    return {
      title: (exercise: ExerciseName) => t(`practice.exercise.${exercise}.title`),
      story: (exercise: ExerciseName) => t(`practice.exercise.${exercise}.story`),
      /** The story while it runs: of a free exercise nothing is known. */
      plot: (exercise: ExerciseName) => (exercise === freeExercise ? t('practice.freePlot') : t(`practice.exercise.${exercise}.story`)),
      kind,
      /** How such a fault shows itself. */
      sign: (one: FaultKind) => t(`town.fault.kind.${one}.text`),
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
      figures: ({ kind: one, params }: PracticeFault) =>
        Object.entries(params)
          .map(([name, value]) => {
            const unit = faultRow(one).params[name]?.unit ?? ''
            const known = figureNames.find((figure) => figure === name)
            const label = known ? t(`town.fault.param.${known}`) : name
            return `${label} ${format.number(value, Number.isInteger(value) ? 0 : 1)} ${unitOf(unit)}`
          })
          .join(', '),
    }
  }, [t, format])
}
