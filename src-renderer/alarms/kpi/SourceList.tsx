import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { KpiSource } from '#shared/alarms/kpi-contract.ts'
import { useActor } from '../../host.ts'
import { DeviceLink } from '../../ui/DeviceLink.tsx'
import { PriorityMark } from '../PriorityMark.tsx'
import { useKpiWords } from './kpi-words.ts'
import classes from './Kpi.module.css'

type SourceListProps = {
  sources: readonly KpiSource[]
  fact: (source: KpiSource) => string
  quiet?: (source: KpiSource) => string
  empty: string
}

/** Alarms that make trouble: which, how much, what to do about it, and the way to its rule. */
export function SourceList({ sources, fact, quiet, empty }: SourceListProps) {
  const { t } = useTranslation()
  const { may } = useActor()
  const words = useKpiWords()
  if (sources.length === 0) return <p className={classes['none']}>{empty}</p>
  return (
    <ol className={classes['sources']}>
      {sources.map((source) => (
        <li key={source.alarm} className={classes['source']} data-alarm={source.alarm}>
          <PriorityMark priority={source.priority} />
          <div className={classes['name']}>
            <Link to="/alarms" search={{ alarm: source.alarm }} className={classes['rule']}>
              {source.ruleName}
            </Link>
            <div className={classes['quiet']}>
              {source.device === null ? source.deviceName : <DeviceLink id={source.device}>{source.deviceName}</DeviceLink>}
              {words.about(source) !== '' && ` · ${words.about(source)}`}
            </div>
            {source.suggestion && (
              <div className={classes['suggestion']}>
                {words.suggestion(source)}{' '}
                {may('full') && (
                  <Link to="/alarms/rules/edit" search={{ rule: source.rule }}>
                    {t('alarms.kpi.toRule')}
                  </Link>
                )}
              </div>
            )}
          </div>
          <div className={classes['fact']}>
            {fact(source)}
            {quiet && <div className={classes['quiet']}>{quiet(source)}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
