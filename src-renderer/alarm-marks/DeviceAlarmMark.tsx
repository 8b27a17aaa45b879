import { useRouter } from '@tanstack/react-router'
import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { PriorityMark } from '../alarms/PriorityMark.tsx'
import type { OpenOf } from './by-device.ts'
import classes from './Summary.module.css'

/** How urgent the open alarms of a device are and how many there are; leads to them. Light enough for rows of a long list. */
export function DeviceAlarmMark({ device, open }: { device: string; open: OpenOf }) {
  const { t } = useTranslation()
  const router = useRouter()
  const label = t('alarms.device.mark', { count: open.count, priority: t(`alarms.words.priority.${open.priority}`) })
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    void router.navigate({ to: '/alarms', search: { device } })
  }
  return (
    <a
      href={`/alarms?device=${encodeURIComponent(device)}`}
      className={classes['mark']}
      aria-label={label}
      title={label}
      data-alarms={open.count}
      onClick={follow}
    >
      <PriorityMark priority={open.priority} state={open.state} size={17} hidden />
      {open.count > 1 && <span aria-hidden>{open.count}</span>}
    </a>
  )
}
