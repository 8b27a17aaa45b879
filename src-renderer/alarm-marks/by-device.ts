import { useMemo } from 'react'
import { comparePriority, type Priority } from '#shared/alarms/priority.ts'
import type { AlarmRow } from '#shared/alarms/row.ts'
import type { AlarmState } from '#shared/alarms/state.ts'
import { useCall } from '../host.ts'

/** Open alarms of one device: the most urgent priority, how many in all, and how its mark is drawn. */
export type OpenOf = { priority: Priority; count: number; state: AlarmState }
export type OpenByDevice = ReadonlyMap<string, OpenOf>

const none: OpenByDevice = new Map()

/** Open alarms by device. Of the same priority an unacknowledged one shows before an acknowledged one, and that before one that is gone. */
export function byDevice(rows: readonly Pick<AlarmRow, 'device' | 'priority' | 'state'>[]): OpenByDevice {
  const found = new Map<string, OpenOf>()
  for (const { device, priority, state } of rows) {
    if (device === null) continue
    const known = found.get(device)
    const first = !known || comparePriority(priority, known.priority) < 0
    const sameButMore = known?.priority === priority && weight[state] < weight[known.state]
    found.set(device, { ...(known && !first && !sameButMore ? known : { priority, state }), count: (known?.count ?? 0) + 1 })
  }
  return found
}

const weight: Record<AlarmState, number> = {
  unacknowledged: 0,
  latchedUnacknowledged: 1,
  acknowledged: 2,
  latchedAcknowledged: 3,
  returned: 4,
  shelved: 5,
  suppressed: 5,
  outOfService: 5,
  normal: 6,
}

/** The same from one question for the whole screen; empty as long as nothing is known. */
export function useOpenByDevice(): OpenByDevice {
  const { data } = useCall('alarms.list', { view: 'open' })
  return useMemo(() => (data ? byDevice(data.rows) : none), [data])
}
