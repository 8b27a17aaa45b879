import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { levels, type AlarmTest, type Gate, type RuleContent, type Scope } from '#shared/alarms/rule.ts'
import { useFormat } from '../../words.ts'
import type { RulePoints } from './point-choices.ts'

/** What a rule does, in the language of the screen. */
export function useRuleWords(points: RulePoints) {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(() => {
    const value = (number: number | null, id: string | undefined, difference = false) => {
      if (number === null || !Number.isFinite(number)) return '–'
      const { is, unit } = points.number(id)
      const shown = Math.min(3, /\.(\d+)$/.exec(String(number))?.[1]?.length ?? 0)
      return `${format.number(number, shown)} ${difference && is === 'temperature' ? 'K' : unit}`.trim()
    }
    const list = (ids: readonly string[], none: string) => (ids.length === 0 ? none : ids.map(points.name).join(', '))
    const scope = (of: Scope, kind: AlarmTest['kind']) => {
      if (kind === 'health') return t('alarms.rules.scope.program')
      const except = of.by === 'devices' || of.except.length === 0 ? '' : ` ${t('alarms.rules.scope.except', { count: of.except.length })}`
      if (of.by === 'all') return t('alarms.rules.scope.all') + except
      if (of.by === 'devices') return t('alarms.rules.scope.devices', { count: of.devices.length })
      if (of.by === 'application') return t('alarms.rules.scope.application', { names: of.profiles.join(', ') }) + except
      const parts = [of.labels.join(of.match === 'all' ? ' + ' : ' / '), of.words === '' ? '' : `“${of.words}”`].filter(Boolean)
      return t('alarms.rules.scope.group', { what: parts.join(', ') || '–' }) + except
    }
    const test = (of: AlarmTest): string => {
      const all = t('alarms.rules.allPoints')
      switch (of.kind) {
        case 'limit': {
          const set = levels.filter((level) => of[level] !== null)
          const said = set.map((level) => t(`alarms.rules.says.${level}`, { value: value(of[level], of.points[0]) }))
          return `${list(of.points, '–')}: ${said.join(', ') || '–'}`
        }
        case 'rate': {
          const said = (['rise', 'fall'] as const).filter((way) => of[way] !== null)
          const words = said.map((way) => t(`alarms.rules.says.${way}`, { value: value(of[way], of.points[0], true), count: of.minutes }))
          return `${list(of.points, '–')}: ${words.join(', ') || '–'}`
        }
        case 'deviation': {
          const pair = of.pairs[0]
          const said = (['above', 'below'] as const).filter((way) => of[way] !== null)
          const words = said.map((way) =>
            t(`alarms.rules.says.off.${way}`, {
              value: value(of[way], pair?.point, true),
              reference: pair ? points.name(pair.reference) : '–',
            }),
          )
          return `${pair ? points.name(pair.point) : '–'}: ${words.join(', ') || '–'}`
        }
        case 'consumption': {
          const said = (['above', 'below'] as const).filter((way) => of[way] !== null)
          const words = said.map((way) =>
            t(`alarms.rules.says.used.${way}`, { value: value(of[way], of.points[0]), from: of.from, to: of.to }),
          )
          return `${list(of.points, '–')}: ${words.join(', ') || '–'}`
        }
        case 'controller':
          return list(of.points, t('alarms.rules.says.controller'))
        case 'sensor':
          return t('alarms.rules.says.sensor', { points: list(of.points, all), count: of.polls })
        case 'stuck':
          return t('alarms.rules.says.stuck', {
            points: list(of.points, '–'),
            hours: format.number(of.hours),
            within: value(of.within, of.points[0], true),
          })
        case 'missing':
          return t('alarms.rules.says.missing', { points: list(of.points, all), hours: format.number(of.hours) })
        case 'meter':
          return t(`alarms.rules.says.meter.${of.severities}`)
        case 'health':
          return of.checks.map((check) => t(`alarms.words.part.${check}`)).join(', ') || '–'
        case 'offline':
          return t('alarms.rules.says.offline')
      }
    }
    const gate = ({ point, is, value: number }: Gate) => `${points.name(point)} ${t(`alarms.rules.gate.${is}`)} ${value(number, point)}`
    const delays = ({ onDelayS, offDelayS }: Pick<RuleContent, 'onDelayS' | 'offDelayS'>) =>
      onDelayS === 0 && offDelayS === 0
        ? t('alarms.rules.says.atOnce')
        : t('alarms.rules.says.delays', { on: format.duration(onDelayS || 0), off: format.duration(offDelayS || 0) })
    return { scope, test, gate, delays, value }
  }, [t, format, points])
}

export type RuleWords = ReturnType<typeof useRuleWords>
