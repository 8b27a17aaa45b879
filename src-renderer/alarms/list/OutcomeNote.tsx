import { useEffect } from 'react'
import { CloseButton } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../ui/Failed.tsx'
import { useFailureText } from '../../words.ts'
import { useAlarmWords } from '../words.ts'
import type { Acts, Outcome } from './use-acts.ts'
import classes from './Notes.module.css'

const named = 3
const shownMs = 8000

/** What came of the last thing that was done: how many, and plainly which not and why. */
export function OutcomeNote({ acts }: { acts: Acts }) {
  const tell = useFailureText()
  const { outcome, forget } = acts
  const allDone = outcome !== null && outcome.answer.skipped.length === 0
  useEffect(() => {
    if (!allDone) return
    const timer = setTimeout(forget, shownMs)
    return () => clearTimeout(timer)
  }, [allDone, forget])
  if (acts.error && !acts.asked) return <Failed told={tell(acts.error)} />
  return outcome && <Told outcome={outcome} onClose={forget} />
}

function Told({ outcome: { act, rows, answer }, onClose }: { outcome: Outcome; onClose: () => void }) {
  const { t } = useTranslation()
  const words = useAlarmWords()
  const reasons = [...new Set(answer.skipped.map(({ why }) => why))]
  const nameOf = (id: string) => {
    const row = rows.find((one) => one.id === id)
    return row ? words.line(row) : id
  }
  const Drawing = reasons.length > 0 ? IconAlertTriangle : IconCheck
  return (
    <div className={classes['note']} data-kind={reasons.length > 0 ? 'caution' : 'done'} role="status" data-outcome={act}>
      <Drawing size={18} stroke={1.7} aria-hidden />
      <div className={classes['words']}>
        {answer.done > 0 && <span>{t(`alarms.list.done.${act}`, { count: answer.done })} </span>}
        {reasons.map((why) => {
          const ids = answer.skipped.filter((one) => one.why === why).map(({ id }) => id)
          const names = ids.slice(0, named).map(nameOf).join('; ')
          return (
            <div key={why}>
              {t('alarms.list.skipped', { count: ids.length, why: t(`alarms.list.why.${why}`), names })}
              {ids.length > named && ` ${t('alarms.list.ask.more', { count: ids.length - named })}`}
            </div>
          )
        })}
      </div>
      <CloseButton size="sm" onClick={onClose} aria-label={t('alarms.list.dismiss')} />
    </div>
  )
}
