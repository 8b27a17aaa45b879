import { useMemo, useSyncExternalStore } from 'react'
import { createCalendar } from '#shared/calendar.ts'
import { useAddress } from '../../address.ts'
import { useHost } from '../../host.ts'
import { useFormat } from '../../words.ts'
import { kpiPeriodOf } from './kpi-period.ts'

const minuteMs = 60_000

/** The period that the address names, in the installation's calendar. */
export function useKpiPeriod() {
  const { timeZone } = useFormat()
  const calendar = useMemo(() => createCalendar(timeZone), [timeZone])
  const [address, change] = useAddress()
  const { ticker } = useHost()
  const minute = useSyncExternalStore(ticker.subscribe, () => Math.floor(ticker.now() / minuteMs) * minuteMs)
  const period = useMemo(() => kpiPeriodOf(address, minute, calendar), [address, minute, calendar])
  return { period, calendar, change }
}
