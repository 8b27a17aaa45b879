import { useEffect, useEffectEvent, useReducer, useRef } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AlarmSummary } from '#shared/alarms/row.ts'
import { useCall, useHost } from '../../host.ts'
import { useAlarmWords } from '../words.ts'
import { leastGapMs, newsOf, othersOf, waitingOf, type Told } from './notice.ts'
import { desktopBridge, useNoticeSetting } from './permission.ts'

/** Shared by the tabs of a browser, so that one notice comes and not one a tab. */
const toldKey = 'hearthgrid.alarms.told'

/** While nobody looks at the page, a new alarm is shown by the computer itself. Draws nothing. */
export function DesktopNotices() {
  const { t } = useTranslation()
  const { now } = useHost()
  const words = useAlarmWords()
  const navigate = useNavigate()
  const { on } = useNoticeSetting()
  const { data } = useCall('alarms.summary', {}, { every: 15_000 })
  const told = useRef<Told | null>(null)
  const [looks, lookAgain] = useReducer((n: number) => n + 1, 0)
  const later = useRef<ReturnType<typeof setTimeout>>(undefined)

  const show = (summary: AlarmSummary) => {
    const row = summary.newest
    if (!row) return
    const others = othersOf(summary)
    const notice = new Notification(`${words.priority(row.priority)}: ${row.ruleName}`, {
      body: [
        [row.deviceName, words.about(row), words.number(row.raisedValue ?? row.value, row)].filter(Boolean).join(' · '),
        others > 0 ? t('alarms.device.notice.others', { count: others }) : '',
      ]
        .filter(Boolean)
        .join('\n'),
      tag: `hearthgrid-alarm-${summary.annunciated}`,
      requireInteraction: row.priority === 'critical',
    })
    notice.addEventListener('click', () => {
      notice.close()
      desktopBridge()?.show()
      window.focus()
      void navigate({ to: '/alarms', search: { alarm: row.id } })
    })
  }
  const hear = useEffectEvent((summary: AlarmSummary) => {
    clearTimeout(later.current)
    const before = told.current
    const news = newsOf(summary, before, now())
    if (news === 'later') {
      later.current = setTimeout(lookAgain, leastGapMs)
      return
    }
    told.current = { at: Math.max(summary.annunciated, before?.at ?? 0), shownAt: news === 'show' ? now() : (before?.shownAt ?? 0) }
    if (news === 'show' && on && !isSeen() && isFirst(summary.annunciated)) show(summary)
  })
  useEffect(() => {
    if (!data) return
    desktopBridge()?.badge(waitingOf(data))
    hear(data)
  }, [data, looks])
  useEffect(() => () => clearTimeout(later.current), [])
  return null
}

const isSeen = () => document.visibilityState === 'visible' && document.hasFocus()

/** Whether no other tab has told this yet; from now on it is told. */
function isFirst(at: number): boolean {
  const last = Number(localStorage.getItem(toldKey) ?? 0)
  if (last >= at) return false
  localStorage.setItem(toldKey, String(at))
  return true
}
