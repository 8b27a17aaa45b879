import { useMemo, useSyncExternalStore } from 'react'
import { createCalendar } from '#shared/calendar.ts'
import { useAddress } from '../address.ts'
import { useHost } from '../host.ts'
import { useFormat } from '../words.ts'
import { periodOf, zoomOf } from './period.ts'

/** The period that the address names and the zoom into it, in the installation's calendar. */
export function usePeriod() {
  const { timeZone } = useFormat()
  const calendar = useMemo(() => createCalendar(timeZone), [timeZone])
  const [address] = useAddress()
  const { ticker } = useHost()
  // In minutes: neither the period nor the screen may be a new one with every tick of the clock.
  const minute = useSyncExternalStore(ticker.subscribe, () => Math.floor(ticker.now() / 60_000) * 60_000)
  const period = useMemo(() => periodOf(address, minute, calendar), [address, minute, calendar])
  const zoom = useMemo(() => zoomOf(address, period), [address, period])
  return { calendar, period, zoom }
}
