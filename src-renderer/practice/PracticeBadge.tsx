import { IconSchool } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCall } from '../host.ts'
import { usePracticeWords } from './words.ts'
import classes from './Badge.module.css'

const statusEveryMs = 5_000
const everyMs = 15_000

/** How far the exercise is that runs, on every screen, and the way back to it; nothing when there is none. */
export function PracticeBadge() {
  const { t } = useTranslation()
  const words = usePracticeWords()
  const { data: town } = useCall('simulator.status', {}, { every: statusEveryMs })
  const { data } = useCall('practice.now', {}, { every: everyMs, enabled: town?.running === true })
  const run = data?.run
  if (!run || !town?.running) return null
  const label = t('practice.badge', { title: words.title(run.exercise), left: words.span(run.limit - run.elapsed) })
  return (
    <Link to="/practice" className={classes['badge']} aria-label={label} title={label}>
      <IconSchool size={18} stroke={1.8} aria-hidden />
      <span>{words.span(run.elapsed)}</span>
    </Link>
  )
}
