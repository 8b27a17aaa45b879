import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FigureName, GoalMark, KpiFigure, KpiSource } from '#shared/alarms/kpi-contract.ts'
import { figureRows, part9Names } from '#shared/alarms/kpi-figures.ts'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { useFormat } from '../../words.ts'
import { useAlarmWords } from '../words.ts'
import type { KpiPeriod } from './kpi-period.ts'

type Away = Pick<AlarmRow, 'shelf' | 'out'>
type NamedAlarm = Pick<KpiSource, 'ruleName' | 'deviceName' | 'point' | 'part'>

/** The figures in the language of the screen. */
export function useKpiWords() {
  const { t } = useTranslation()
  const format = useFormat()
  const alarm = useAlarmWords()
  return useMemo(() => {
    const percent = (share: number) => {
      const value = Math.round(share * 10_000) / 100
      return `${format.number(value, Number.isInteger(value) || value >= 10 ? 0 : value < 1 ? 2 : 1)} %`
    }
    const amount = (name: FigureName, value: number) => {
      const { unit } = figureRows[name]
      if (unit === 'share') return percent(value)
      if (unit === 'duration') return format.span(value)
      return format.number(value, Number.isInteger(value) ? 0 : value < 10 ? 2 : 1)
    }
    const goal = ({ name, goal: wanted }: KpiFigure) => {
      if (!wanted) return ''
      const words = t(`alarms.kpi.goal.${wanted.is}`, { value: amount(name, wanted.value) })
      return wanted.act === null ? words : t('alarms.kpi.goal.act', { goal: words, value: amount(name, wanted.act) })
    }
    return {
      percent,
      label: (name: FigureName) => t(`alarms.kpi.figure.${name}`),
      /** What OPC UA Part 9 calls it; empty where it has no name for it. */
      part9: (name: FigureName) => part9Names[name] ?? '',
      value: ({ name, value }: KpiFigure) => (value === null ? '–' : amount(name, value)),
      goal,
      mark: (met: GoalMark) => t(`alarms.kpi.met.${met}`),
      after: (name: FigureName) => figureRows[name].after ?? '',
      suggestion: ({ suggestion, comesWith }: KpiSource) => {
        if (suggestion === null) return ''
        const other = comesWith ? `${comesWith.ruleName} · ${comesWith.deviceName}` : ''
        return t(`alarms.kpi.suggestion.${suggestion}`, { other })
      },
      about: ({ point, part, kind }: NamedAlarm & Pick<KpiSource, 'kind'>) =>
        alarm.about({ ruleName: '', deviceName: '', kind, point, part }),
      /** Until when an alarm is shelved or out of service. */
      until: ({ shelf, out }: Away) => {
        if (out) return t('alarms.kpi.shelved.out')
        return shelf?.until ? format.dateTime(shelf.until) : t('alarms.kpi.shelved.clears')
      },
      reason: ({ shelf, out }: Away) => {
        const act = out ?? shelf
        return act ? t('alarms.kpi.shelved.by', { name: act.by, reason: act.reason }) : ''
      },
      priority: alarm.priority,
      period: ({ kind, from, to }: KpiPeriod) => (kind === 'month' ? format.month(from) : `${format.date(from)} – ${format.date(to - 1)}`),
    }
  }, [t, format, alarm])
}

export type KpiWords = ReturnType<typeof useKpiWords>
