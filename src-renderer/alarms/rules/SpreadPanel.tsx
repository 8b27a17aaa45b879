import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../ui/Panel.tsx'
import { useFormat } from '../../words.ts'
import { PriorityMark } from '../PriorityMark.tsx'
import { isTopHeavy, shares, targets, type Spread } from './rule-list.ts'
import classes from './Rules.module.css'

/** How the conditions of all rules spread over the priorities, beside what EEMUA 191 aims at. */
export function SpreadPanel({ spread }: { spread: Spread }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Panel title={t('alarms.rules.spread.title')}>
      <div className={classes['spread']}>
        {shares(spread).map(({ priority, conditions, share }) => (
          <div key={priority} className={classes['share']} data-share={priority}>
            <PriorityMark priority={priority} size={16} hidden />
            <span>{t(`alarms.words.priority.${priority}`)}</span>
            <span className={classes['number']}>{share === null ? '–' : `${format.number(share, share < 10 ? 1 : 0)} %`}</span>
            <div className={classes['bar']} aria-hidden>
              <i style={{ width: `${share ?? 0}%` }} />
              <b style={{ left: `${targets[priority]}%` }} />
            </div>
            <Text size="xs" c="dimmed" style={{ gridColumn: '1 / -1' }}>
              {t('alarms.rules.spread.of', { count: conditions, target: format.number(targets[priority]) })}
            </Text>
          </div>
        ))}
      </div>
      {isTopHeavy(spread) && (
        <Text size="sm" mt="sm" role="status">
          {t('alarms.rules.spread.heavy')}
        </Text>
      )}
    </Panel>
  )
}
