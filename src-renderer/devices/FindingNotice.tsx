import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Finding } from '#shared/devices/contract.ts'
import classes from './ConnectScreen.module.css'

type Notice = Finding['notices'][number]

const quietCodes = new Set<Notice['code']>(['firmwareLifted', 'unprovenProfile', 'generalProfile', 'chosenByHand', 'notAsked'])

/** One thing worth knowing before a controller is added. */
export function FindingNotice({ notice }: { notice: Notice }) {
  const { t } = useTranslation()
  const severe = notice.code === 'firmwareTooOld' || notice.code === 'plainOutside'
  const quiet = quietCodes.has(notice.code)
  const Drawing = quiet ? IconInfoCircle : IconAlertTriangle
  return (
    <div className={classes['notice']} data-severe={severe || undefined} data-quiet={quiet || undefined} data-notice={notice.code}>
      <Drawing size={17} stroke={1.7} aria-hidden />
      <span>
        {t(`notice.${notice.code}`, { found: '', needed: '', application: '', model: '', profile: '', host: '', ...notice.params })}
      </span>
    </div>
  )
}
