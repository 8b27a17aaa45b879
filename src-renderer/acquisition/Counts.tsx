import { useTranslation } from 'react-i18next'
import type { Connection } from '#shared/acquisition/contract.ts'
import { contactStates } from '#shared/devices/contract.ts'
import { ContactMark } from '../ui/ContactMark.tsx'
import { useFormat } from '../words.ts'
import classes from './Counts.module.css'

/** The installation at a glance: devices per state, how fast they answer, quarter hours that are missing. */
export function Counts({ connections }: { connections: readonly Connection[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const answers = connections.flatMap(({ answerMs }) => answerMs ?? []).sort((a, b) => a - b)
  const median = answers[Math.floor(answers.length / 2)]
  const missed = connections.reduce((sum, { missedSlots }) => sum + missedSlots, 0)
  return (
    <dl className={classes['counts']}>
      {contactStates.toReversed().map((state) => {
        const count = connections.filter(({ contact }) => contact.state === state).length
        return (
          <div key={state} className={classes['count']} data-abnormal={(state === 'offline' && count > 0) || undefined}>
            <dt>
              <ContactMark state={state} none={count === 0} /> {t(`contact.${state}`)}
            </dt>
            <dd>{format.number(count)}</dd>
          </div>
        )
      })}
      <div className={classes['count']}>
        <dt>{t('communication.answer')}</dt>
        <dd>{median === undefined ? '–' : format.milliseconds(median)}</dd>
      </div>
      <div className={classes['count']}>
        <dt>{t('communication.missed')}</dt>
        <dd>{format.number(missed)}</dd>
      </div>
    </dl>
  )
}
